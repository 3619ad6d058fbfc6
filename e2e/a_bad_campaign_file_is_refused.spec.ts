/** The operator hears of every mistake at once and in words, before anything is touched. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import { freePort } from './engines/process.ts';
import { BROKEN_CAMPAIGN, Carnival, DEMO_CAMPAIGN, FAST_CAMPAIGN, runCarnival } from './fixtures/carnival.ts';

const test = base.extend<{ scratch: string }>({
  scratch: async ({}, use) => {
    const scratch = mkdtempSync(join(tmpdir(), 'carnival-operator-'));
    await use(scratch);
    rmSync(scratch, { recursive: true, force: true });
  },
});

/** Where the file says of itself that it is wrong: line, and column of the key or of the value. */
const MISTAKES = readFileSync(BROKEN_CAMPAIGN, 'utf8')
  .split('\n')
  .flatMap((text, index) => {
    if (!text.includes('# mistake')) return [];
    const isUnknownKey = text.includes('no such key');
    return [`${index + 1}:${isUnknownKey ? 1 : text.indexOf('= ') + 3}:`];
  });

for (const command of ['check', 'serve'] as const) {
  test(`carnival ${command} names every mistake with its line and column`, async ({ scratch }) => {
    const data = join(scratch, 'data');
    const { code, output } = await (command === 'check'
      ? runCarnival('check', BROKEN_CAMPAIGN)
      : runCarnival('serve', '--campaign', BROKEN_CAMPAIGN, '--data-dir', data, '--port', String(await freePort())));
    expect(code).toBe(1);
    expect(MISTAKES).toHaveLength(3);
    for (const place of MISTAKES) expect(output).toContain(`${BROKEN_CAMPAIGN}:${place}`);
    expect(output, 'what was meant').toContain('reveals_on_day');
    expect(output).not.toMatch(/panicked|RUST_BACKTRACE/);
    expect(existsSync(data), 'nothing was started').toBe(false);
  });
}

test('a file that is right is said to be right', async () => {
  for (const file of [FAST_CAMPAIGN, DEMO_CAMPAIGN]) {
    const { code, output } = await runCarnival('check', file);
    expect(output).toContain('is right');
    expect(code).toBe(0);
  }
});

test('a file that is not there, or no campaign at all, is said in one sentence', async ({ scratch }) => {
  const missing = await runCarnival('check', join(scratch, 'none.toml'));
  expect(missing).toMatchObject({ code: 1, output: expect.stringContaining('There is no campaign file') });
  const nonsense = join(scratch, 'nonsense.toml');
  writeFileSync(nonsense, 'not = [toml');
  const broken = await runCarnival('check', nonsense);
  expect(broken).toMatchObject({ code: 1, output: expect.stringMatching(/nonsense\.toml:1:\d+: /) });
});

test('a port in use, a taken or unwritable data directory: one clear sentence each', async ({ scratch }) => {
  const carnival = await Carnival.start();
  try {
    const serve = (port: number, data: string) =>
      runCarnival('serve', '--campaign', FAST_CAMPAIGN, '--port', String(port), '--data-dir', data);
    const samePort = await serve(carnival.port, join(scratch, 'data'));
    expect(samePort.code).toBe(1);
    expect(samePort.output).toContain(`Port ${carnival.port} is in use`);
    const sameData = await serve(await freePort(), carnival.dataDir);
    expect(sameData.code).toBe(1);
    expect(sameData.output).toContain('Another server is running on');
    const file = join(scratch, 'a-file');
    writeFileSync(file, '');
    const noDirectory = await serve(await freePort(), join(file, 'data'));
    expect(noDirectory.code).toBe(1);
    expect(noDirectory.output).toContain("can't be written");
  } finally {
    await carnival.stop();
  }
});
