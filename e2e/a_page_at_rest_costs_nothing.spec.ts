/**
 * While nobody touches it and nothing happens, the page draws nothing by the main thread: its clocks are moved by the
 * compositor. What is done for the picture is counted, not timed: a count is the same on a busy machine.
 */
import type { Page } from '@playwright/test';
import { requestsAtTicks } from './bench/looked_at.mjs';
import { Carnival, COUNTING_SITE, DEMO_CAMPAIGN } from './fixtures/carnival.ts';
import { expect, open, openOnly, roundWithTimeLeft, shownMs, test } from './fixtures/journey.ts';

/** What comes behind the first screen has come, and what was said to begin with is read. */
const SETTLED_MS = 7_000;
const LOOKING_MS = 4_000;
/** More than ten seconds, so that once the line is said anew. */
const COUNTED_TICKS = 11;
/** A line that changes once in ten seconds, and a frame of the stream. A clock that the page draws takes ten a second. */
const MOST_LAYOUTS = 2;
/** A tick asks for styles twice a second. An animation that the compositor can't take over asks sixty times. */
const MOST_STYLES = (2 * LOOKING_MS) / 1000 + 8;

/** What the main thread did for the picture while somebody looked. */
async function atRest(page: Page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  const counts = async () => {
    const { metrics } = await cdp.send('Performance.getMetrics');
    const count = (of: string) => metrics.find(({ name }) => name === of)!.value;
    return { styles: count('RecalcStyleCount'), layouts: count('LayoutCount') };
  };
  const before = await counts();
  await page.waitForTimeout(LOOKING_MS);
  const after = await counts();
  return { styles: after.styles - before.styles, layouts: after.layouts - before.layouts };
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
    const { styles, layouts } = await atRest(page);
    expect(styles, 'looks at styles').toBeLessThanOrEqual(MOST_STYLES);
    expect(layouts, 'layouts').toBeLessThanOrEqual(MOST_LAYOUTS);
    if (path === '/') expect(before - (await shownMs(page))).toBeGreaterThanOrEqual(LOOKING_MS - 300);
  });
}

test('a tick asks for no memory', async ({ browser }) => {
  // Rounds of six minutes: nothing begins or ends meanwhile.
  const carnival = await Carnival.start(DEMO_CAMPAIGN, {}, ['--site', COUNTING_SITE]);
  try {
    const page = await browser.newPage({ baseURL: carnival.url });
    await openOnly(page, '/');
    await page.waitForTimeout(SETTLED_MS);
    const requests = await requestsAtTicks(page, COUNTED_TICKS);
    // A frame of the stream asks for some, and the guide's line each ten seconds.
    const none = requests.filter((asked) => asked === 0);
    expect(none.length, `requests for memory: ${requests}`).toBeGreaterThanOrEqual(COUNTED_TICKS - 2);
    expect(Math.max(...requests), 'it can count').toBeGreaterThan(0);
    await page.close();
  } finally {
    await carnival.stop();
  }
});

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
