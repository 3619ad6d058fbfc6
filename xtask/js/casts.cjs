// Runs the probe of casts: node casts.cjs STEM FORM BITS…
// FORM is `wasm`, or `nowasm.js` for the translation. Numbers come as the bits of a float, for no text says NaN's.
'use strict';

const fs = require('node:fs');
const vm = require('node:vm');

const [stem, form, ...numbers] = process.argv.slice(2);

(async () => {
  // All that glue and translation want of a page.
  globalThis.window = globalThis;
  globalThis.__carnival = { glue: {} };
  // The glue looks for these, and Node's own would want a WebAssembly for themselves.
  for (const name of ['Request', 'Response']) Object.defineProperty(globalThis, name, { value: undefined });
  const run = (ending) => vm.runInThisContext(fs.readFileSync(`${stem}.${ending}`, 'utf8'));
  run('js');
  const init = __carnival.glue.probe;
  if (form === 'wasm') await init({ module_or_path: fs.readFileSync(`${stem}.wasm`) });
  else {
    delete globalThis.WebAssembly;
    run(form);
    await init({ module_or_path: __carnival.nowasm.probe });
  }
  for (const bits of numbers) {
    const number = new Float64Array(new BigUint64Array([BigInt(bits)]).buffer)[0];
    console.log(init.casts(number));
  }
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
