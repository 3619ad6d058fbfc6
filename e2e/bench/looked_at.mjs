/** What the benchmark and the browser tests ask of a page that is only looked at. */
/** @import { CDPSession, Page } from '@playwright/test' */

/** Frames of an hour, at the pace of the live stream. */
export const HOUR_OF_FRAMES = 4500;
/** What is allocated once, at first use, has been by then. */
export const WARM_UP_FRAMES = 500;

/** Runs in the page before anything else: keeps the memory of each module. */
export function noteMemories() {
  const memories = window.__memories = [];
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const real = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const result = await real.apply(WebAssembly, given);
      const { exports } = result.instance ?? result;
      if (exports.memory) memories.push(exports.memory);
      return result;
    };
  }
}

/** The same: a stream that says what `frames` says and nothing else. */
export function holdStream() {
  window.EventSource = class extends EventTarget {
    static CONNECTING = 0;
    static OPEN = 1;
    static CLOSED = 2;
    readyState = 1;
    constructor() {
      super();
      window.__stream = this;
    }
    close() {}
  };
}

/**
 * Frames as the server makes them, each with other votes.
 * @param {Page} page @param {number} from @param {number} to
 */
export function frames(page, from, to) {
  return page.evaluate(
    async ([from, to]) => {
      const live = (await (await fetch('/api/v1/campaign')).json()).live;
      const [epoch] = live.id.split('-');
      for (let n = from; n < to; n++) {
        live.id = `${epoch}-${1000 + n}`;
        live.at = new Date(Date.parse(live.at) + 1).toISOString();
        for (const [place, tally] of live.tallies.entries()) {
          tally.vote_count += (n * 7 + place * 13) % 23;
          tally.reached = n * 100 + place;
        }
        window.__stream.dispatchEvent(new MessageEvent('frame', { data: JSON.stringify(live), lastEventId: live.id }));
        // Drawn every now and then; the state and the elements change with every one.
        await new Promise(n % 5 ? setTimeout : requestAnimationFrame);
      }
    },
    [from, to]
  );
}

/**
 * What is in use after a collection, and the modules' own memory; bytes. `noteMemories` has run.
 * @param {Page} page @param {CDPSession} cdp @returns {Promise<number>}
 */
export async function memory(page, cdp) {
  await cdp.send('HeapProfiler.collectGarbage');
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  return usedSize + await page.evaluate(() => window.__memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0));
}

/**
 * How often the module of the counting page asks for memory from one second of the countdown to the next.
 * @param {Page} page @param {number} ticks @returns {Promise<number[]>}
 */
export function requestsAtTicks(page, ticks) {
  return page.evaluate(async (ticks) => {
    const said = () => document.querySelector('[data-testid=countdown]').getAttribute('aria-label');
    const found = [];
    for (let was, before, n = -1; n < ticks; ) {
      if (said() === was) {
        await new Promise(requestAnimationFrame);
        continue;
      }
      was = said();
      if (n >= 0) found.push(window.__bench_allocations() - before);
      before = window.__bench_allocations();
      n++;
    }
    return found;
  }, ticks);
}
