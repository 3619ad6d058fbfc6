/** Who leaves the page open for an hour has no more of it in memory than after its first minutes. */
import type { CDPSession, Page } from '@playwright/test';
import { Carnival, DEMO_CAMPAIGN } from './fixtures/carnival.ts';
import { expect, test } from './fixtures/journey.ts';

/** At the pace of the live stream. */
const HOUR_OF_FRAMES = 4500;
/** What is made once, at first use, has been by then. */
const WARM_UP_FRAMES = 500;
/** A collector leaves a little, now here and now there. */
const MOST_GROWTH = 1.02;

/** A stream that says what the test says. */
async function holdStream(page: Page) {
  await page.addInitScript(() => {
    class Stream extends EventTarget {
      static CONNECTING = 0;
      static OPEN = 1;
      static CLOSED = 2;
      readyState = 1;
      constructor() {
        super();
        Object.assign(window, { __stream: this });
      }
      close() {}
    }
    Object.assign(window, { EventSource: Stream, __memories: [] });
    for (const name of ['instantiate', 'instantiateStreaming'] as const) {
      const real = WebAssembly[name] as (...given: unknown[]) => Promise<any>;
      WebAssembly[name] = async (...given: unknown[]) => {
        const made = await real.apply(WebAssembly, given);
        const { memory } = (made.instance ?? made).exports;
        if (memory) (window as any).__memories.push(memory);
        return made;
      };
    }
  });
}

/** Frames as the server makes them, each with other votes; every fifth is drawn. */
const frames = (page: Page, from: number, to: number) =>
  page.evaluate(
    async ([from, to]) => {
      const { live } = await (await fetch('/api/v1/campaign')).json();
      const [epoch] = live.id.split('-');
      for (let n = from; n < to; n++) {
        live.id = `${epoch}-${1000 + n}`;
        live.at = new Date(Date.parse(live.at) + 1).toISOString();
        for (const [place, tally] of live.tallies.entries()) {
          tally.vote_count += (n * 7 + place * 13) % 23;
          tally.reached = n * 100 + place;
        }
        (window as any).__stream.dispatchEvent(new MessageEvent('frame', { data: JSON.stringify(live), lastEventId: live.id }));
        await new Promise<unknown>((done) => (n % 5 ? setTimeout(done) : requestAnimationFrame(done)));
      }
    },
    [from, to] as const,
  );

/** What is in use after a collection, and the module's own memory; bytes. */
async function memory(page: Page, cdp: CDPSession): Promise<number> {
  for (let n = 0; n < 2; n++) await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  return usedSize + (await page.evaluate(() => (window as any).__memories.reduce((sum: number, it: WebAssembly.Memory) => sum + it.buffer.byteLength, 0)));
}

test('an hour of live frames adds nothing to what the page has in memory', async ({ browser }) => {
  test.setTimeout(180_000);
  const carnival = await Carnival.start(DEMO_CAMPAIGN);
  try {
    const page = await browser.newPage({ baseURL: carnival.url, viewport: { width: 390, height: 844 } });
    const cdp = await page.context().newCDPSession(page);
    await holdStream(page);
    await page.goto('/stars');
    await page.waitForFunction(() => (window as any).__stream && document.querySelector('[data-testid=star-row]'));
    await frames(page, 0, WARM_UP_FRAMES);
    const votes = () => page.getByTestId('star-votes').first().textContent();
    const said = await votes();
    const growth: number[] = [];
    // What leaks leaks in every hour; what the collector has left lying about in one is no leak.
    for (let hour = 0, before = await memory(page, cdp); hour < 2 && !growth.some((times) => times <= MOST_GROWTH); hour++) {
      const from = WARM_UP_FRAMES + hour * HOUR_OF_FRAMES;
      await frames(page, from, from + HOUR_OF_FRAMES);
      const after = await memory(page, cdp);
      growth.push(after / before);
      before = after;
    }
    expect(await votes(), 'the frames are shown').not.toBe(said);
    expect(Math.min(...growth), `of each hour: ${growth.map((times) => times.toFixed(3))}`).toBeLessThanOrEqual(MOST_GROWTH);
    await page.close();
  } finally {
    await carnival.stop();
  }
});
