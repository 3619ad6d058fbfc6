// Takes out of a module and its glue what neither needs of the other, and gives what is left one-letter names.
//
//   node slim.cjs ACORN_DIRECTORY cut GLUE MODULE     before wasm-opt: exports that nobody calls are exports no more
//   node slim.cjs ACORN_DIRECTORY name GLUE MODULE    after it: glue for imports that are gone goes, short names
//
// Both files are rewritten in place. A name as wasm-bindgen makes it ends in sixteen hex digits that no compression
// helps, and it is sent twice.
'use strict';

const fs = require('node:fs');
const binary = require('./binary.cjs');

const [acornDirectory, step, gluePath, modulePath] = process.argv.slice(2);
const acorn = require(acornDirectory);
try {
  ({ cut, name })[step]();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

function cut() {
  const glue = readGlue();
  // gloo-net can turn Rust streams into the browser's; we never do. wasm-bindgen exports the classes for it anyway,
  // and with them the machinery of streams.
  const unused = statements(glue).filter((it) => /^(class |if \(Symbol\.dispose\) |exports\.|const )IntoUnderlying/.test(textOf(glue, it)));
  edit(glue, unused.map((it) => ({ ...it, text: '' })));
  if (glue.text.includes('IntoUnderlying')) throw new Error('somebody uses streams now: xtask/js/slim.cjs must leave them');
  dropWhatTheLoaderNeverAsks(glue);
  const called = new Set(exportUses(glue).map((use) => use.name));
  const module = readModule();
  binary.forgetLinking(module);
  module.exports = module.exports.filter((it) => called.has(it.name));
  write(glue, module);
}

function name() {
  const glue = readGlue();
  const module = readModule();
  const shortExport = shorten(module.exports.map((it) => it.name));
  const shortImport = shorten(module.imports.map((it) => it.name));
  const edits = exportUses(glue).map((use) => ({ ...use, text: shortExport(use.name) }));
  const found = new Set();
  walk(glue.tree, (node) => {
    if (node.type === 'VariableDeclarator' && /^import\d+$/.test(node.id.name)) {
      const properties = node.init.properties;
      properties.forEach((property, index) => {
        const key = property.key.name;
        if (key === '__proto__') return;
        const short = shortImport(key);
        found.add(key);
        if (short) return edits.push({ start: property.key.start, end: property.key.end, text: short });
        // With the comma behind it; the last one's comma is optional.
        const end = index + 1 < properties.length ? properties[index + 1].start : property.end;
        // Its inside may use exports: those uses go with it.
        for (let i = edits.length; i--; ) if (edits[i].start >= property.start && edits[i].end <= property.end) edits.splice(i, 1);
        edits.push({ start: property.start, end, text: '' });
      });
    }
    if (node.type === 'Property' && node.value.type === 'Identifier' && /^import\d+$/.test(node.value.name)) {
      edits.push({ start: node.key.start, end: node.key.end, text: '"a"' });
    }
  });
  const missing = module.imports.filter((it) => !found.has(it.name));
  if (missing.length) throw new Error(`the glue has no import ${missing.map((it) => it.name)}`);
  if (new Set(module.imports.map((it) => it.from)).size > 1) throw new Error('the module imports from more than one place');
  edit(glue, edits);
  dropUnusedFunctions(glue);
  for (const it of module.imports) Object.assign(it, { from: 'a', name: shortImport(it.name) });
  for (const it of module.exports) it.name = shortExport(it.name);
  write(glue, module);
}

function readGlue() {
  return parse({ text: fs.readFileSync(gluePath, 'utf8') });
}

function parse(glue) {
  glue.tree = acorn.parse(glue.text, { ecmaVersion: 2022, sourceType: 'script' });
  return glue;
}

function textOf(glue, node) {
  return glue.text.slice(node.start, node.end);
}

/** Everything that stands in the glue's one function. */
function statements(glue) {
  let body;
  walk(glue.tree, (node) => {
    if (!body && node.type === 'FunctionExpression' && node.params[0]?.name === 'exports') body = node.body.body;
  });
  if (!body) throw new Error('the glue is no longer one function of `exports`');
  return body;
}

/** Where the glue says `wasm.something`. */
function exportUses(glue) {
  const uses = [];
  walk(glue.tree, (node) => {
    if (node.type !== 'MemberExpression' || node.object.name !== 'wasm') return;
    if (node.computed) throw new Error('the glue calls an export by a computed name');
    uses.push({ name: node.property.name, start: node.property.start, end: node.property.end });
  });
  return uses;
}

/** The loader starts a module in one way, and would have nobody read a warning about others. */
function dropWhatTheLoaderNeverAsks(glue) {
  const isWarning = (node) => node.type === 'ExpressionStatement' && textOf(glue, node).startsWith('console.warn(');
  const isStart = (node) => (node.type === 'FunctionDeclaration' && node.id.name === 'initSync') || (node.type === 'ObjectExpression' && textOf(glue, node) === '{ initSync }');
  const edits = [];
  walk(glue.tree, (node) => {
    if (isWarning(node)) edits.push({ ...node, text: ';' });
    if (isStart(node)) edits.push({ ...node, text: node.type === 'ObjectExpression' ? '{}' : '' });
  });
  if (edits.length < 4) throw new Error('the glue starts in another way now: see xtask/js/slim.cjs');
  // What stands inside of a function that goes, goes with it.
  edit(glue, edits.filter((it) => !edits.some((other) => other !== it && other.start <= it.start && it.end <= other.end)));
}

/** Functions and tables that only served imports now gone; one may have been the other's last use. */
function dropUnusedFunctions(glue) {
  for (;;) {
    const counts = new Map();
    walk(glue.tree, (node) => {
      if (node.type === 'Identifier') counts.set(node.name, (counts.get(node.name) ?? 0) + 1);
    });
    const unused = statements(glue).filter((it) => {
      const isTable = it.type === 'VariableDeclaration' && it.kind === 'const' && it.declarations[0].init?.type === 'ArrayExpression';
      if (it.type !== 'FunctionDeclaration' && !isTable) return false;
      const own = isTable ? it.declarations[0].id.name : it.id.name;
      let inside = 0;
      walk(it, (node) => (inside += node.type === 'Identifier' && node.name === own));
      return counts.get(own) === inside;
    });
    if (!unused.length) return;
    edit(glue, unused.map((it) => ({ ...it, text: '' })));
  }
}

/** Applies edits that do not overlap. */
function edit(glue, edits) {
  for (const { start, end, text } of edits.sort((a, b) => b.start - a.start)) {
    glue.text = glue.text.slice(0, start) + text + glue.text.slice(end);
  }
  parse(glue);
}

function walk(node, visit) {
  if (Array.isArray(node)) return node.forEach((each) => walk(each, visit));
  if (!node || typeof node.type !== 'string') return;
  visit(node);
  for (const key of Object.keys(node)) if (node[key] && typeof node[key] === 'object') walk(node[key], visit);
}

/** a, b, … z, A, … Z, aa, …: by the order of first mention. */
function shorten(names) {
  const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const short = new Map();
  for (const each of names) {
    let text = '';
    for (let rest = short.size + 1; rest > 0; rest = Math.floor((rest - 1) / 52)) text = letters[(rest - 1) % 52] + text;
    if (!short.has(each)) short.set(each, text);
  }
  return (each) => short.get(each);
}

function readModule() {
  return binary.read(fs.readFileSync(modulePath));
}

function write(glue, module) {
  fs.writeFileSync(gluePath, glue.text);
  fs.writeFileSync(modulePath, binary.bytes(module));
}
