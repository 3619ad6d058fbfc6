/** Whatever happens to the phone's clock or to the page, the countdown is the server's. */
import { chromium, type Page } from '@playwright/test';
import { browsers } from './engines/launch.ts';
import { type Carnival } from './fixtures/carnival.ts';
import { expect, open, roundWithTimeLeft, shownMs, test } from './fixtures/journey.ts';

/** A tenth is shown, a tenth is a tick, and a busy machine takes its time to look. */
const TOLERANCE_MS = 300;
const HOUR_MS = 3_600_000;

/** How far the countdown is from the truth. Server and test read the same machine's clock. */
async function lieMs(carnival: Carnival, page: Page): Promise<number> {
  const { live } = await carnival.get('/api/v1/campaign');
  const began = Date.now();
  const shown = await shownMs(page);
  const looked = (began + Date.now()) / 2;
  return Math.abs(Date.parse(live.round.closes_at) - looked - shown);
}

/** It may take a moment after a wake-up, but then it has to be right; around the bell two rounds meet. */
async function expectTruth(carnival: Carnival, page: Page) {
  await expect.poll(() => lieMs(carnival, page), { intervals: [100], timeout: 8_000 }).toBeLessThan(TOLERANCE_MS);
}

/** A clock that the owner of the phone can set, and a monotonic one that can stand still as in a nap. */
async function tamperable(page: Page, startMs = 0) {
  await page.addInitScript((startMs) => {
    const realNow = Date.now.bind(Date);
    const realTick = performance.now.bind(performance);
    let offset = startMs;
    let frozenAt: number | undefined;
    let lag = 0;
    Date.now = () => realNow() + offset;
    performance.now = () => frozenAt ?? realTick() - lag;
    Object.assign(window, {
      setClock: (ms: number) => (offset = ms),
      nap: () => (frozenAt = performance.now()),
      wake: () => {
        lag = realTick() - (frozenAt ?? 0);
        frozenAt = undefined;
      },
    });
  }, startMs);
}

async function setHidden(page: Page, hidden: boolean) {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => (hidden ? 'hidden' : 'visible') });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
}

test('it is the server’s from the first moment', async ({ carnival, shopper }) => {
  const page = await shopper();
  await open(page, '/');
  await expectTruth(carnival, page);
});

for (const hours of [-5, 7]) {
  test(`a phone whose clock is off by ${hours} hours shows the same`, async ({ carnival, shopper }) => {
    const page = await shopper();
    await tamperable(page, hours * HOUR_MS);
    await open(page, '/');
    await expectTruth(carnival, page);
  });
}

test('a clock that is set while the page is open moves nothing', async ({ carnival, shopper }) => {
  const page = await shopper();
  await tamperable(page);
  await open(page, '/');
  await expectTruth(carnival, page);
  for (const jump of [3 * HOUR_MS, -24 * HOUR_MS, 0]) {
    await page.evaluate((ms) => (window as any).setClock(ms), jump);
    expect(await lieMs(carnival, page)).toBeLessThan(TOLERANCE_MS + 100);
    await expectTruth(carnival, page);
  }
});

test('after a nap in which even the monotonic clock stood still, it is right again', async ({ carnival, shopper }) => {
  const page = await shopper();
  await tamperable(page);
  await open(page, '/');
  await expectTruth(carnival, page);
  await setHidden(page, true);
  await page.evaluate(() => (window as any).nap());
  const asleep = Date.now();
  await expect.poll(() => Date.now() - asleep, { intervals: [500] }).toBeGreaterThan(4_000); // the nap itself
  await page.evaluate(() => (window as any).wake());
  await setHidden(page, false);
  await expectTruth(carnival, page);
});

test('out of sight the page lets go of the stream, and back in sight it is right at once', async ({ carnival, shopper }) => {
  const page = await shopper();
  const streams: string[] = [];
  const ended: string[] = [];
  const isStream = (request: { url: () => string }) => request.url().endsWith('/api/v1/live');
  page.on('request', (request) => isStream(request) && streams.push(request.url()));
  page.on('requestfailed', (request) => isStream(request) && ended.push(request.url()));
  page.on('requestfinished', (request) => isStream(request) && ended.push(request.url()));
  await open(page, '/');
  await expect.poll(() => streams.length).toBe(1);
  await setHidden(page, true);
  await expect.poll(() => ended.length, { message: 'the stream is closed' }).toBe(1);
  const still = await shownMs(page);
  await setHidden(page, false);
  await expect.poll(() => streams.length).toBe(2);
  await expectTruth(carnival, page);
  await expect.poll(() => shownMs(page), { message: 'it goes on' }).not.toBe(still);
});

test('however often it goes out of sight and comes back, it ticks once a second', async ({ carnival, shopper }) => {
  const page = await shopper();
  await page.addInitScript(() => {
    const real = window.setTimeout;
    const seen = Object.assign(window, { __waits: 0 });
    window.setTimeout = ((then: () => void, ms?: number, ...given: unknown[]) => {
      // The ticks' own: what the page waits for otherwise is shorter or longer.
      if (then instanceof Function && ms !== undefined && ms > 500 && ms <= 1000) seen.__waits++;
      return real(then, ms, ...given);
    }) as typeof setTimeout;
  });
  await open(page, '/');
  await page.waitForTimeout(3_000);
  for (let n = 0; n < 8; n++) {
    await setHidden(page, true);
    await setHidden(page, false);
  }
  await roundWithTimeLeft(carnival, 6_000);
  await page.waitForTimeout(1_500);
  const waits = () => page.evaluate(() => (window as unknown as { __waits: number }).__waits);
  const before = await waits();
  await page.waitForTimeout(4_000);
  const ticks = (await waits()) - before;
  expect(ticks, 'it ticks').toBeGreaterThanOrEqual(3);
  expect(ticks, 'and once').toBeLessThanOrEqual(5);
});

test('a page that comes out of the back/forward cache is right', async ({ carnival }) => {
  // Playwright switches the cache off: it would confuse its own record of pages.
  const browser = await chromium.launch({
    executablePath: browsers.chromium,
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
  try {
    const page = await browser.newPage({ baseURL: carnival.url });
    await page.addInitScript(() => {
      addEventListener('pageshow', (event) => Object.assign(window, { wasCached: event.persisted }));
    });
    await open(page, '/');
    await page.goto('about:blank');
    const left = Date.now();
    await expect.poll(() => Date.now() - left, { intervals: [500] }).toBeGreaterThan(2_000);
    await page.goBack();
    await page.waitForFunction(() => window.__carnival?.marks.ready);
    await expectTruth(carnival, page);
    // Whether an engine keeps the page is its own affair (`no-store` forbids it to most); so the event alone is tried too.
    test.info().annotations.push({ type: 'came from the cache', description: `${await page.evaluate('wasCached')}` });
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
    await expectTruth(carnival, page);
  } finally {
    await browser.close();
  }
});

test('a slow network does not put it off', async ({ carnival, network, shopper }) => {
  network.delayMs = 150;
  const page = await shopper({ baseURL: network.url });
  await open(page, '/');
  await expectTruth(carnival, page);
});

test('less motion stops the rows from gliding, and never the clock', async ({ carnival, shopper }) => {
  const page = await shopper({ reducedMotion: 'reduce' });
  await open(page, '/');
  await expectTruth(carnival, page);
  await page.getByTestId('tab-stars').tap();
  await page.evaluate(() => {
    const list = document.querySelector('[data-testid=leaderboard]') as Element;
    Object.assign(window, { glides: 0 });
    new MutationObserver((changes) => ((window as any).glides += changes.length)).observe(list, {
      subtree: true,
      attributeFilter: ['data-gliding'],
    });
  });
  await page.getByTestId('star-row').nth(3).getByTestId('vote').tap();
  await expect(page.getByTestId('star-row').first().getByTestId('star-votes')).toHaveText('1');
  expect(await page.evaluate('glides')).toBe(0);
});

test('it is a timer to a screen reader, and says little', async ({ shopper }) => {
  const page = await shopper();
  await open(page, '/');
  const timer = page.getByRole('timer');
  await expect(timer).toHaveAccessibleName(/距本场结束 0 分 \d+ 秒/);
  await expect(timer.locator('.digits')).toHaveAttribute('aria-hidden', 'true');
  const spoken = page.locator('.board [aria-live]');
  const heard = new Set<string>();
  const began = Date.now();
  await expect
    .poll(async () => {
      heard.add(await spoken.innerText());
      return Date.now() - began;
    })
    .toBeGreaterThan(3_000);
  expect(heard.size, 'what is spoken changes at most once in three seconds').toBeLessThanOrEqual(2);
});
