// Writes file.br and file.gz next to every compressible file below a directory.
// With `--expand FROM TO` it unpacks one brotli file instead. Node has both codecs built in, and fast.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const stream = require('node:stream');
const zlib = require('node:zlib');

const COMPRESSIBLE = /\.(css|html|ico|js|json|map|svg|txt|wasm|webmanifest|xml)$/;

function compressBelow(directory) {
  for (const entry of fs.readdirSync(directory, { withFileTypes: true })) {
    const file = path.join(directory, entry.name);
    if (entry.isDirectory()) compressBelow(file);
    else if (COMPRESSIBLE.test(entry.name)) compress(file);
  }
}

function compress(file) {
  const bytes = fs.readFileSync(file);
  const brotli = zlib.brotliCompressSync(bytes, {
    params: {
      [zlib.constants.BROTLI_PARAM_QUALITY]: 11,
      [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      // The largest window that every decoder takes (the 24 bits of RFC 7932): the whole module is in sight at once.
      [zlib.constants.BROTLI_PARAM_LGWIN]: 24,
    },
  });
  fs.writeFileSync(`${file}.br`, brotli);
  fs.writeFileSync(`${file}.gz`, zlib.gzipSync(bytes, { level: 9 }));
}

function expand(from, to) {
  stream.pipeline(fs.createReadStream(from), zlib.createBrotliDecompress(), fs.createWriteStream(to), (error) => {
    if (error) throw error;
  });
}

const [first, from, to] = process.argv.slice(2);
if (first === '--expand') expand(from, to);
else compressBelow(first);
