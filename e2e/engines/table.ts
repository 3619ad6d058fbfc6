/**
 * Writes the table of engines: one line for each, one tick for each journey that it went to the end.
 * Only where `CARNIVAL_ENGINES_TABLE` names a file, which `cargo xtask engines` does.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';

interface Line {
  version: string;
  ready: string;
  journeys: Map<string, string>;
}

const MARKS: Record<string, string> = { passed: '✓', skipped: '–' };
const PAGES: Record<string, string> = {
  rush: 'The draw',
  stars: 'The stars',
  coupons: 'The coupons',
  poster: 'The poster',
  notice: 'Before signing in',
  account: 'Signed in',
};

export default class Table implements Reporter {
  #lines = new Map<string, Line>();
  #file = process.env.CARNIVAL_ENGINES_TABLE;

  onTestEnd(test: TestCase, result: TestResult) {
    const [, project, file, engine] = test.titlePath();
    if (project !== 'engines' || !engine || !file) return;
    const line = this.#lines.get(engine) ?? { version: '', ready: '', journeys: new Map() };
    this.#lines.set(engine, line);
    line.journeys.set(test.title.split(':')[0] ?? test.title, MARKS[result.status] ?? '✗');
    const noted = (type: string) => test.annotations.find((it) => it.type === type)?.description;
    line.version ||= noted('version') ?? '';
    line.ready ||= noted('ready') ?? '';
  }

  onEnd() {
    if (this.#file) writeFileSync(this.#file, this.#text(dirname(this.#file)));
  }

  printsToStdio() {
    return false;
  }

  #text(folder: string): string {
    const journeys = [...new Set([...this.#lines.values()].flatMap((line) => [...line.journeys.keys()]))];
    const row = (cells: string[]) => `| ${cells.join(' | ')} |`;
    const table = [
      row(['engine', 'version', ...journeys, 'ready, ms']),
      row(['---', '---', ...journeys.map(() => ':-:'), '--:']),
      ...[...this.#lines].map(([engine, line]) =>
        row([engine, line.version, ...journeys.map((it) => line.journeys.get(it) ?? '–'), line.ready]),
      ),
    ];
    return `${HEAD}\n${table.join('\n')}\n${this.#pictures(folder)}`;
  }

  #pictures(folder: string): string {
    const there = readdirSync(join(folder, 'engines'));
    const pages = Object.keys(PAGES).filter((page) => there.includes(`64-${page}.jpg`) && there.includes(`today-${page}.jpg`));
    if (!pages.length) return '';
    const line = (page: string) =>
      `| ${PAGES[page]} | <img src="engines/64-${page}.jpg" width="260"> | <img src="engines/today-${page}.jpg" width="260"> |`;
    return `\n## Eight years apart\n\n| | Chromium 64 | today's Chromium |\n| --- | --- | --- |\n${pages.map(line).join('\n')}\n`;
  }
}

const HEAD = `# Engines

Made by \`cargo xtask engines\`: each tick is a journey that a real browser of that version went to the end, by real taps,
on the production build and the real server. Those from *share* on were gone as inside WeChat, by its User-Agent.
*Ready* is the time from navigation to a page that answers, on a loopback network and two busy cores: good for comparing
lines, and for nothing else.

*Without WebAssembly* the engine's own object is switched off (\`--js-flags=--noexpose-wasm\`; in today's \`--jitless\`,
which leaves an interpreter alone), and the page runs its module translated to JavaScript.
`;
