// A WebAssembly module's imports and exports, read and written; every other section passes through as it is.
'use strict';

const CUSTOM = 0;
const IMPORTS = 2;
const EXPORTS = 7;

/** The sections of a module, with its imports and exports spelt out. */
function read(bytes) {
  const module = { header: bytes.subarray(0, 8), sections: [], imports: [], exports: [] };
  const at = { bytes, offset: 8 };
  while (at.offset < bytes.length) {
    const id = bytes[at.offset++];
    const length = number(at);
    const body = bytes.subarray(at.offset, at.offset + length);
    at.offset += length;
    module.sections.push({ id, body });
    if (id === IMPORTS) module.imports = list(body, importEntry);
    if (id === EXPORTS) module.exports = list(body, (it) => ({ name: string(it), what: take(it, () => { it.offset += 1; number(it); }) }));
  }
  return module;
}

/** Takes out what the linker wrote for other linkers: after the next change of the module it would be wrong. */
function forgetLinking(module) {
  const isLinking = ({ id, body }) => id === CUSTOM && /^(linking$|reloc\.)/.test(string({ bytes: body, offset: 0 }));
  module.sections = module.sections.filter((section) => !isLinking(section));
}

function importEntry(at) {
  const from = string(at);
  const name = string(at);
  if (at.bytes[at.offset] !== 0) throw new Error(`${name} is imported and no function`);
  return { from, name, what: take(at, () => { at.offset += 1; number(at); }) };
}

function list(bytes, entry) {
  const at = { bytes, offset: 0 };
  return Array.from({ length: number(at) }, () => entry(at));
}

function take(at, skip) {
  const start = at.offset;
  skip();
  return at.bytes.subarray(start, at.offset);
}

function string(at) {
  const length = number(at);
  at.offset += length;
  return at.bytes.toString('utf8', at.offset - length, at.offset);
}

/** An unsigned LEB128. */
function number(at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = at.bytes[at.offset++];
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return value;
  }
}

function leb(value) {
  const bytes = [];
  for (; value > 0x7f; value >>>= 7) bytes.push((value & 0x7f) | 0x80);
  return Buffer.from([...bytes, value]);
}

function text(it) {
  const bytes = Buffer.from(it, 'utf8');
  return Buffer.concat([leb(bytes.length), bytes]);
}

/** The module with its imports and exports as they are now. */
function bytes(module) {
  const entries = {
    [IMPORTS]: () => [leb(module.imports.length), ...module.imports.flatMap((it) => [text(it.from), text(it.name), it.what])],
    [EXPORTS]: () => [leb(module.exports.length), ...module.exports.flatMap((it) => [text(it.name), it.what])],
  };
  const sections = module.sections.flatMap(({ id, body }) => {
    const now = entries[id] ? Buffer.concat(entries[id]()) : body;
    return [Buffer.from([id]), leb(now.length), now];
  });
  return Buffer.concat([module.header, ...sections]);
}

module.exports = { read, bytes, forgetLinking };
