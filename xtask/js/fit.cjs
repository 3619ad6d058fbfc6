// Finds what Chromium 64 would trip over in a style sheet: node fit.cjs CSS_TREE_DIRECTORY FILE
// Prints one line for each mistake, and fails if there is any.
//
// An old engine drops what it can't parse: one declaration, one rule with all of its selectors, one @-block with all
// that is in it. That is fine where something older stands before it, or where @supports asks first. It is silent
// everywhere else, so it is looked for here. A custom property is never dropped: what is new in it lives on to break
// the property that uses it. So is what stands beside var().
'use strict';

const fs = require('node:fs');

const { FLOOR, PROPERTIES, FUNCTIONS, UNITS, WORDS, PSEUDO_CLASSES, PSEUDO_ELEMENTS, REFINES, AT_RULES } = require('./newer.cjs');

const [directory, file] = process.argv.slice(2);
const csstree = require(directory);
const mistakes = [];
const complain = (node, text) => mistakes.push(`${node.loc ? `line ${node.loc.start.line}: ` : ''}${text}`);

const sheet = csstree.parse(fs.readFileSync(file, 'utf8'), {
  positions: true,
  parseCustomProperty: true,
  onParseError: (error) => mistakes.push(`line ${error.line}: ${error.message}`),
});
block(sheet.children, FLOOR, false);
mistakes.forEach((mistake) => console.error(mistake));
process.exit(mistakes.length ? 1 : 0);

/** Rules and @-rules that an engine from `known` on reads. */
function block(children, known, insideRule) {
  children.forEach((node) => {
    if (node.type === 'Atrule') atRule(node, known, insideRule);
    else if (node.type === 'Rule') rule(node, known, insideRule);
  });
}

function atRule(node, known, insideRule) {
  const name = csstree.keyword(node.name).basename;
  if (insideRule) return complain(node, `@${name} inside a rule came with nesting, in Chromium 120`);
  if (name === 'supports') return block(node.block.children, Math.max(known, asked(node.prelude)), false);
  if (AT_RULES[name] > known) return complain(node, `@${name} came in Chromium ${AT_RULES[name]}: all inside it is lost before`);
  if (name === 'media' && node.prelude && /[<>]/.test(csstree.generate(node.prelude)) && known < 104) {
    return complain(node, 'a media query with < or > came in Chromium 104');
  }
  if (name === 'keyframes') return node.block.children.forEach((step) => step.block && declarations(step.block.children, known, '@keyframes'));
  if (name === 'font-face' || !node.block) return;
  block(node.block.children, known, false);
}

/** The newest Chromium that a condition asks for; a negated one asks for nothing. */
function asked(condition) {
  const text = csstree.generate(condition);
  if (/^\s*not\b|[\s(]not\s*\(/.test(text)) return FLOOR;
  let newest = /selector\(/.test(text) ? 83 : FLOOR;
  const see = (since) => (newest = Math.max(newest, since ?? FLOOR));
  csstree.walk(condition, (node) => {
    if (node.type === 'Declaration') see(newestIn(node).since);
    if (node.type === 'Function') see(FUNCTIONS[node.name]);
  });
  for (const name of Object.keys(PSEUDO_CLASSES)) if (text.includes(`:${name}`)) see(PSEUDO_CLASSES[name]);
  return newest;
}

function rule(node, known, insideRule) {
  const selector = csstree.generate(node.prelude);
  if (insideRule && known < 120) complain(node, `${selector}: a rule inside a rule came in Chromium 120`);
  selectors(node, known);
  declarations(node.block.children, known, selector);
  block(node.block.children, known, true);
}

function selectors(node, known) {
  const list = node.prelude.children ? node.prelude.children.toArray() : [];
  for (const one of list) {
    const text = csstree.generate(one);
    csstree.walk(one, (part) => {
      if (part.type === 'NestingSelector' && known < 120) complain(part, `${text}: & came in Chromium 120`);
      const table = { PseudoClassSelector: PSEUDO_CLASSES, PseudoElementSelector: PSEUDO_ELEMENTS }[part.type];
      if (!table) return;
      const isList = part.name === 'not' && part.children?.first?.children?.size > 1;
      const since = isList ? 88 : table[part.name];
      if (!(since > known)) return;
      if (REFINES.has(part.name) && list.length === 1) return;
      const why = list.length > 1 ? `the whole list "${csstree.generate(node.prelude)}" is lost before` : 'the rule is lost before';
      complain(part, `${text}: :${part.name}${isList ? '() of a list' : ''} came in Chromium ${since}: ${why}`);
    });
  }
}

function declarations(children, known, selector) {
  const before = [];
  children.forEach((node) => {
    if (node.type === 'Raw') return complain(node, `${selector}: "${csstree.generate(node)}" is not understood`);
    if (node.type !== 'Declaration') return;
    const { since, what, isProperty } = newestIn(node);
    const text = `${selector} { ${csstree.generate(node)} }`;
    if (since > known) {
      const isVague = node.property.startsWith('--') || (!isProperty && uses(node, (it) => it.type === 'Function' && it.name === 'var'));
      const allowed = isProperty ? PROPERTIES[node.property].instead : [node.property];
      if (isVague) complain(node, `${text}: ${what} came in Chromium ${since}, and in or beside a custom property only @supports can ask for it`);
      else if (!before.some((it) => allowed.includes(it.property) && it.since <= known)) {
        complain(node, `${text}: ${what} came in Chromium ${since}, and no ${allowed.join(' or ') || 'older way'} stands before it`);
      }
    }
    before.push({ property: node.property, since });
  });
}

/** The youngest thing in a declaration. */
function newestIn(node) {
  let newest = { since: PROPERTIES[node.property]?.since ?? FLOOR, what: node.property, isProperty: true };
  const see = (since, what) => {
    if (since > newest.since) newest = { since, what, isProperty: false };
  };
  csstree.walk(node.value, (part) => {
    if (part.type === 'Function') {
      const name = part.name.toLowerCase();
      see(FUNCTIONS[name], `${name}()`);
      // `rgb(0 0 0 / 50%)`
      const isColor = ['rgb', 'rgba', 'hsl', 'hsla'].includes(name);
      if (isColor && !uses(part, (it) => it.type === 'Operator' && it.value === ',') && !uses(part, (it) => it.name === 'var')) see(65, `${name}() without commas`);
      if (name.endsWith('gradient') && twoPositions(part)) see(71, 'a colour stop with two positions');
    }
    if (part.type === 'Dimension') see(UNITS[part.unit.toLowerCase()], part.unit);
    if (part.type === 'Identifier') see(WORDS[node.property]?.[part.name], part.name);
  });
  return newest;
}

/** Whether a colour stop says both where it begins and where it ends: `red 0 50%`. */
function twoPositions(gradient) {
  const isComma = (it) => it.type === 'Operator' && it.value === ',';
  const stops = [[]];
  gradient.children.forEach((it) => (isComma(it) ? stops.push([]) : stops[stops.length - 1].push(it)));
  // `circle at 50% 20%` comes first and is none.
  if (stops[0].some((it) => /^(at|circle|ellipse|closest-.*|farthest-.*|from|to)$/.test(it.name))) stops.shift();
  const positions = (stop) => stop.filter((it) => ['Percentage', 'Dimension', 'Number'].includes(it.type)).length;
  return stops.some((stop) => positions(stop) > 1 && positions(stop) < stop.length);
}

function uses(node, test) {
  let found = false;
  csstree.walk(node, (it) => (found = found || test(it)));
  return found;
}
