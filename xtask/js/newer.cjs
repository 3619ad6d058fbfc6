// What CSS has learnt since the floor, each with the Chromium that learnt it (from MDN's compatibility data).
// 1000 stands for what none has, or none under that name.
'use strict';

const FLOOR = 64;

// The Chromium that learnt it. A property with `instead` is replaced by any of those before it in the same rule.
const PROPERTIES = {
  gap: { since: 84, instead: ['grid-gap'] },
  'row-gap': { since: 84, instead: ['grid-row-gap', 'grid-gap'] },
  'aspect-ratio': { since: 88, instead: ['height', 'min-height', 'padding-top', 'padding-bottom'] },
  inset: { since: 87, instead: ['top', 'left'] },
  'inset-block': { since: 87, instead: ['top'] },
  'inset-inline': { since: 87, instead: ['left'] },
  'margin-block': { since: 87, instead: ['margin', 'margin-top'] },
  'margin-inline': { since: 87, instead: ['margin', 'margin-left'] },
  'padding-block': { since: 87, instead: ['padding', 'padding-top'] },
  'padding-inline': { since: 87, instead: ['padding', 'padding-left'] },
  'margin-inline-start': { since: 69, instead: ['margin', 'margin-left'] },
  'margin-inline-end': { since: 69, instead: ['margin', 'margin-right'] },
  'padding-inline-start': { since: 69, instead: ['padding', 'padding-left'] },
  'padding-inline-end': { since: 69, instead: ['padding', 'padding-right'] },
  translate: { since: 104, instead: ['transform'] },
  rotate: { since: 104, instead: ['transform'] },
  scale: { since: 104, instead: ['transform'] },
  appearance: { since: 84, instead: ['-webkit-appearance'] },
  mask: { since: 120, instead: ['-webkit-mask'] },
  'mask-image': { since: 120, instead: ['-webkit-mask-image'] },
  'line-clamp': { since: 1000, instead: ['-webkit-line-clamp', 'max-height'] },
  'backdrop-filter': { since: 76, instead: ['background', 'background-color'] },
  'container-type': { since: 105, instead: [] },
  container: { since: 105, instead: [] },
};

const FUNCTIONS = {
  min: 79, max: 79, clamp: 79, env: 69, constant: 1000,
  lab: 111, lch: 111, oklab: 111, oklch: 111, color: 111, 'color-mix': 111, 'light-dark': 123, hwb: 101,
  round: 125, mod: 125, rem: 125, abs: 138, sign: 138, sin: 111, cos: 111, tan: 111, pow: 120, sqrt: 120, hypot: 120,
  'conic-gradient': 69, 'repeating-conic-gradient': 69, 'image-set': 113, 'fit-content': 1000, anchor: 125,
};

const UNITS = {
  dvh: 108, dvw: 108, dvmin: 108, dvmax: 108, svh: 108, svw: 108, lvh: 108, lvw: 108, vi: 108, vb: 108,
  cqw: 105, cqh: 105, cqi: 105, cqb: 105, cqmin: 105, cqmax: 105, lh: 109, rlh: 111, cap: 118, ic: 106,
};

// `property: value` where the property is old and the word is not.
const WORDS = {
  overflow: { clip: 90 }, 'overflow-x': { clip: 90 }, 'overflow-y': { clip: 90 },
  'grid-template-columns': { subgrid: 117 }, 'grid-template-rows': { subgrid: 117 },
  'justify-content': { start: 93, end: 93 }, 'align-items': { start: 93, end: 93 }, 'align-self': { start: 93, end: 93 },
  width: { stretch: 138 }, height: { stretch: 138 }, 'text-align': { 'match-parent': 16 },
};

// A selector list with one of these is dropped whole.
const PSEUDO_CLASSES = {
  is: 88, where: 88, has: 105, 'focus-visible': 86, 'any-link': 65, dir: 120, modal: 105, 'popover-open': 114, open: 133,
  'user-valid': 119, 'user-invalid': 119, autofill: 110, defined: 54, state: 125,
};
const PSEUDO_ELEMENTS = { marker: 86, part: 73, 'file-selector-button': 89, 'target-text': 89, 'grammar-error': 121 };
// These only refine: a whole rule of theirs may go unheard, if nothing else hangs on it.
const REFINES = new Set(['focus-visible', 'marker', 'file-selector-button', 'autofill']);

const AT_RULES = { layer: 99, container: 105, scope: 118, property: 85, 'starting-style': 117, 'view-transition': 126 };

module.exports = { FLOOR, PROPERTIES, FUNCTIONS, UNITS, WORDS, PSEUDO_CLASSES, PSEUDO_ELEMENTS, REFINES, AT_RULES };
