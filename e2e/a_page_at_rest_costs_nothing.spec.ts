/**
 * While nobody touches it and nothing happens, the page draws nothing by the main thread: its clocks are moved by the
 * compositor. Frames and layouts are counted, not timed: a count is the same on a busy machine.
 */
import type { Page } from '@playwright/test';
import { expect, open, roundWithTimeLeft, shownMs, test } from './fixtures/journey.ts';

/** What comes behind the first screen has come, and what was said to begin with is read. */
const SETTLED_MS = 7_000;
const LOOKING_MS = 4_000;
/** A line that changes once in ten seconds, and a frame of the stream. A clock that the page draws takes a frame a second,
    and with tenths ten. */
const MOST = 2;

/** How many frames the main thread made, and what they did, while somebody looked. */
async function atRest(page: Page) {
  const cdp = await page.context().newCDPSession(page);
  const counts = { frames: 0, layouts: 0 };
  cdp.on('Tracing.dataCollected', ({ value }) => {
    for (const { name } of value as { name?: string }[]) {
      if (name === 'BeginMainThreadFrame') counts.frames += 1;
      if (name === 'Layout') counts.layouts += 1;
    }
  });
  const traced = new Promise((done) => cdp.once('Tracing.tracingComplete', done));
  await cdp.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'devtools.timeline.frame'] },
  });
  await page.waitForTimeout(LOOKING_MS);
  await cdp.send('Tracing.end');
  await traced;
  return counts;
}

for (const path of ['/', '/stars']) {
  test(`on ${path} the main thread draws nothing, and the time goes on`, async ({ carnival, shopper }) => {
    const page = await shopper();
    await open(page, path);
    await page.waitForTimeout(SETTLED_MS);
    await roundWithTimeLeft(carnival, LOOKING_MS + 3_000);
    // The board of a new round is set, once.
    await page.waitForTimeout(500);
    const before = path === '/' ? await shownMs(page) : LOOKING_MS;
    const { frames, layouts } = await atRest(page);
    expect(frames, 'frames of the main thread').toBeLessThanOrEqual(MOST);
    expect(layouts, 'layouts').toBeLessThanOrEqual(MOST);
    if (path === '/') expect(before - (await shownMs(page))).toBeGreaterThanOrEqual(LOOKING_MS - 300);
  });
}

test('however busy the main thread is, the board goes on', async ({ carnival, shopper }) => {
  const page = await shopper();
  await open(page, '/');
  await roundWithTimeLeft(carnival, 6_000);
  const moving = await page.evaluate(() => {
    const strips = [...document.querySelectorAll('[data-testid=countdown] .digits__strip')];
    return strips.map((strip) => strip.getAnimations().map(({ playState }) => playState));
  });
  expect(moving, 'each digit is a strip that moves by itself').toEqual(Array(5).fill(['running']));
  const before = await shownMs(page);
  const after = await page.evaluate<string>(`(function () {
    for (var until = performance.now() + 1500; performance.now() < until; );
    return document.querySelector('[data-testid=countdown]').textContent;
  })()`);
  expect(after, 'while no tick could be').toMatch(/\d\d:\d\d\.\d/);
  expect(before - (await shownMs(page))).toBeGreaterThanOrEqual(1_400);
});
