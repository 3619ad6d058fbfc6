/** Pictures of the page's states, and the document that shows them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';

const HEAD = `# Every state of every section

What a shopper sees, and when. Made by \`cargo xtask states\` on the production build, 390 × 844, in today's Chromium; on a
campaign whose rounds take seconds, and on rehearsals.
`;
const ACROSS = 4;

/** Where the document goes, if it is wanted. */
const folder = process.env.CARNIVAL_STATES;

const sections = new Map<string, { name: string; caption: string }[]>();

/** Takes a picture of what is on the screen. */
export async function picture(page: Page, section: string, name: string, caption: string) {
  if (!folder) throw new Error('CARNIVAL_STATES names no folder: this is run by `cargo xtask states`');
  // Whatever moves has come to rest, but for what is meant to be seen moving.
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(400);
  const pictures = join(folder, 'states');
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.jpg`), type: 'jpeg', quality: 62, scale: 'css' });
  const known = sections.get(section) ?? [];
  sections.set(section, [...known, { name, caption }]);
}

/** Writes the document of all pictures so far. */
export function writeAlbum() {
  if (!folder) return;
  const row = (cells: string[]) => `| ${cells.join(' | ')} |`;
  const parts = [...sections].map(([section, pictures]) => {
    const lines = [`\n## ${section}\n`];
    for (let from = 0; from < pictures.length; from += ACROSS) {
      const some = pictures.slice(from, from + ACROSS);
      lines.push(row(some.map(({ caption }) => caption)), row(some.map(() => '---')));
      lines.push(row(some.map(({ name, caption }) => `![${caption}](states/${name}.jpg)`)), '');
    }
    return lines.join('\n');
  });
  writeFileSync(join(folder, 'states.md'), [HEAD, ...parts].join('').trimEnd() + '\n');
}
