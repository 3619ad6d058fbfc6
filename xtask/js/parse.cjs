// Parses a script as an old engine would: node parse.cjs ACORN_DIRECTORY ECMASCRIPT_YEAR FILE
// A classic script of 2017 can have neither `import` nor a top-level `await`, so parsing it proves their absence.
'use strict';

const fs = require('node:fs');

const [acorn, year, file] = process.argv.slice(2);
try {
  require(acorn).parse(fs.readFileSync(file, 'utf8'), { ecmaVersion: Number(year), sourceType: 'script' });
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
