/** Who leaves the page open for an hour has no more of it in memory than after its first minutes. */
import { frames, holdStream, HOUR_OF_FRAMES, memory, noteMemories, WARM_UP_FRAMES } from './bench/looked_at.mjs';
import { Carnival, DEMO_CAMPAIGN } from './fixtures/carnival.ts';
import { expect, test } from './fixtures/journey.ts';

/** A collector leaves a little, now here and now there. */
const MOST_GROWTH = 1.02;

test('an hour of live frames adds nothing to what the page has in memory', async ({ browser }) => {
  test.setTimeout(180_000);
  const carnival = await Carnival.start(DEMO_CAMPAIGN);
  try {
    const page = await browser.newPage({ baseURL: carnival.url, viewport: { width: 390, height: 844 } });
    const cdp = await page.context().newCDPSession(page);
    await page.addInitScript(noteMemories);
    await page.addInitScript(holdStream);
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
