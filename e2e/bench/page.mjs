/**
 * How fast the page loads and changes, beside one that is written by hand, and what it costs while it is looked at. Called
 * by `cargo xtask bench page`; docs/performance.md says what the lines mean.
 *
 *   node page.mjs RUNS OUT.json OURS_URL VANILLA_URL COUNTING_URL MOCK_DIR
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { chromium } from '@playwright/test';
import { frames, holdStream, HOUR_OF_FRAMES, memory, noteMemories, requestsAtTicks, WARM_UP_FRAMES } from './looked_at.mjs';
import { inEngine } from './old_engines.mjs';
const [runs, out, ...urls] = process.argv.slice(2);
const [, , countingUrl, mockDir] = urls;
const sites = { ours: urls[0], vanilla: urls[1] };
const browsers = JSON.parse(readFileSync(process.env.CARNIVAL_BROWSERS, 'utf8'));
const CPU_SLOWDOWN = 4;
const mbit = (n) => n * 1e6 / 8;
const NETS = {
  'slow 4G (150 ms, 1.6 Mbit/s)': { latency: 150, downloadThroughput: mbit(1.6), uploadThroughput: mbit(0.75) },
  '4G in chat (60 ms, 9 Mbit/s)': { latency: 60, downloadThroughput: mbit(9), uploadThroughput: mbit(4) }
};
const COUNTDOWN_MS = 10_000;
/** So often, for the median: a busy neighbour takes a half more. */
const WINDOWS = 5;
/** So many ticks are looked at for what they make. A frame of the stream makes something too, and comes with few of them. */
const COUNTED_TICKS = 9;
/** So long does the board move, with a star that comes up from below each second. */
const MOVING_S = 8;
/** What comes behind the first screen has come by then, and is no part of looking at it. */
const AT_REST_MS = 8_000;
/** The board whose changes are timed, and how often it changes. */
const STARS = 1000;
const TICKS = 15;
const WARM_UP_TICKS = 3;
const SETTLE_MS = 1500;
const FONTS = '-apple-system, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", system-ui, sans-serif';
const BLANK = `<!doctype html><body>${[400, 600, 700, 800].map((weight) => `<p style='font: ${weight} 16px ${FONTS}'>每天投票，¥618 Aa <i>06:18</i>`).join('')}`;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Runs in the page before anything else: paint, long tasks, the first tap that changes a row. */
function probe() {
  const seen = window.__seen = { fcp: 0, interactive: 0, long: [] };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.name === 'first-contentful-paint') seen.fcp = entry.startTime;
  }).observe({ type: 'paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.long.push([entry.startTime, entry.duration]);
  }).observe({ type: 'longtask', buffered: true });
  let settled;
  window.__settled = new Promise((done) => { settled = done; });
  let was;
  const look = () => {
    const votes = document.querySelector('[data-testid=star-votes]')?.textContent ?? undefined;
    const button = document.querySelector('[data-testid=vote]');
    if (votes !== undefined && was !== undefined && votes !== was) {
      seen.interactive = performance.now();
      setTimeout(settled, 2000);
      return;
    }
    if (votes !== undefined && button) {
      was ??= votes;
      button.click();
    }
    requestAnimationFrame(look);
  };
  // A vote is cast once; every other page leaves this alone.
  if (location.pathname === '/stars') requestAnimationFrame(look);
}

/** A tab of a phone at a quarter of this machine's speed. It has shown text of the same site before, as a chat app has that opens a
 * page: waking a font takes longer than all of the page's own layout. */
async function phone(browser, origin) {
  const [context] = browser.contexts();
  const page = await context.newPage();
  const cdp = await page.context().newCDPSession(page);
  if (origin) {
    await page.route('**/__blank', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: BLANK }));
    await page.goto(`${origin}/__blank`);
    await page.unrouteAll();
    await pause(SETTLE_MS);
  }
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
  await page.addInitScript(noteMemories);
  await page.addInitScript(probe);
  return [page, cdp];
}

/** Opens the page as a shopper does and taps until a row changes. */
async function load(browser, url, net, prefix) {
  const [page, cdp] = await phone(browser, new URL(url).origin);
  let bytes = 0;
  const gets = /* @__PURE__ */ new Set();
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', { offline: false, ...net });
  cdp.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (request.method === 'GET') gets.add(requestId);
  });
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (gets.has(requestId)) bytes += encodedDataLength;
  });
  await page.goto(url, { waitUntil: 'commit' });
  // Not Playwright's own waiting: its scripts are parsed in the page, in the middle of what is measured.
  await cdp.send('Runtime.evaluate', { expression: 'window.__settled', awaitPromise: true });
  const seen = await page.evaluate(() => {
    const { fcp, interactive, long } = window.__seen;
    const until = interactive + 2e3;
    const blocking = long.filter(([at]) => at < until).reduce((sum, [, ms]) => sum + ms - 50, 0);
    return { fcp, interactive, blocking, alive: window.__carnival?.marks.ready };
  });
  const used = await memory(page, cdp);
  await page.close();
  const figures = {
    'first contentful paint, ms': seen.fcp,
    'interactive, ms': seen.interactive,
    'blocking time, ms': seen.blocking
  };
  // A page written by hand has no moment at which something takes the place of what was first shown.
  if (seen.alive) figures['module in place, ms'] = seen.alive;
  if (!prefix) Object.assign(figures, { 'bytes, KB': bytes / 1024, 'JS heap and module memory, MB': used / 2 ** 20 });
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [prefix + name, value]));
}

/** A browser with an empty profile: first load, then the second. */
async function once(url, net) {
  const browser = await chromium.launch({ executablePath: browsers.chromium, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  try {
    await browser.newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true, locale: 'zh-CN' });
    const first = await load(browser, url, net, '');
    // The vote of the first load is cast; somebody new sees the page for the second time.
    await browser.contexts()[0].clearCookies();
    return { ...first, ...await load(browser, url, net, 'second load: ') };
  } finally {
    await browser.close();
  }
}

/** What an hour of live frames leaves in memory, and what share of the main thread a page takes that is looked at. */
async function looking(url) {
  const browser = await chromium.launch({
    executablePath: browsers.chromium,
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--enable-precise-memory-info']
  });
  try {
    await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' });
    const shares = {};
    for (const [name, path] of [['countdown', '/'], ['board at rest', '/stars']]) {
      const [page, cdp] = await phone(browser);
      await page.goto(new URL(path, url).href);
      await page.waitForFunction(() => window.__carnival.marks.ready);
      await pause(AT_REST_MS);
      const windows = [];
      for (let n = 0; n < WINDOWS; n++) windows.push(await mainThread(cdp));
      shares[`${name}, share of the main thread, %`] = windows.sort((one, other) => one - other)[(WINDOWS - 1) / 2];
      await page.close();
    }
    shares['countdown, requests for memory at a tick'] = await requestsForMemory(browser, new URL('/', countingUrl).href);
    shares['countdown, bytes of JavaScript made in a second'] = await garbage(browser, new URL('/', countingUrl).href);
    const [page, cdp] = await phone(browser);
    await page.addInitScript(holdStream);
    await page.goto(url);
    await page.waitForFunction(() => window.__stream && document.querySelector('[data-testid=star-row]'));
    await pause(AT_REST_MS);
    shares['frames a second while the board moves'] = await moving(page);
    // An hour is long enough at full speed.
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    await frames(page, 0, WARM_UP_FRAMES);
    const before = await memory(page, cdp);
    await frames(page, WARM_UP_FRAMES, HOUR_OF_FRAMES);
    const after = await memory(page, cdp);
    return { 'memory after an hour of frames, ×': after / before, ...shares };
  } finally {
    await browser.close();
  }
}

/** The static page, whose back end is in it, with a board of any size. */
function mockSite() {
  const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.wasm': 'application/wasm', '.svg': 'image/svg+xml' };
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://host').pathname;
    const file = extname(path) ? path : '/index.html';
    try {
      const body = readFileSync(join(mockDir, file));
      response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

/** How long 50 votes take on a board of a thousand: until the rows are changed, and until they are laid out. */
async function ticks(url) {
  const browser = await chromium.launch({ executablePath: browsers.chromium, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  try {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true, locale: 'zh-CN' });
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await page.goto(url);
    await page.waitForFunction((n) => document.querySelectorAll('[data-testid=star-row]').length === n, STARS);
    await pause(SETTLE_MS);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
    return await page.evaluate(async ([n, warmUp, reps]) => {
      const row = document.querySelectorAll('[data-testid=star-row]')[n - 1];
      let seed = 618; // every page gets the same "random" votes
      Math.random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
      const [script, total] = [[], []];
      for (let i = -warmUp; i < reps; i++) {
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20)));
        const start = performance.now();
        await window.__bench_tick(50);
        const ticked = performance.now();
        row.getBoundingClientRect();
        const end = performance.now();
        if (i >= 0) script.push(ticked - start) && total.push(end - start);
      }
      const votes = [...document.querySelectorAll('[data-testid=star-votes]')].map((it) => Number(it.textContent.replace(/\D/g, '')));
      if (votes.some((count, place) => count > votes[place - 1])) throw new Error('a tick left rows in the wrong order');
      const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];
      return { 'script, ms': median(script), 'with layout, ms': median(total) };
    }, [STARS, WARM_UP_TICKS, TICKS]);
  } finally {
    await browser.close();
  }
}

async function mainThread(cdp) {
  await cdp.send('Performance.enable');
  const task = async () => {
    const { metrics } = await cdp.send('Performance.getMetrics');
    return metrics.find((metric) => metric.name === 'TaskDuration').value * 1000;
  };
  const before = await task();
  await pause(COUNTDOWN_MS);
  return (await task() - before) / COUNTDOWN_MS * 100;
}

/** How often the module asks for memory from one second to the next: the median, for some of them bring a frame of the stream. */
async function requestsForMemory(browser, url) {
  const [page] = await phone(browser);
  await page.goto(url);
  await page.waitForFunction(() => window.__carnival.marks.ready);
  await pause(AT_REST_MS);
  const requests = await requestsAtTicks(page, COUNTED_TICKS);
  await page.close();
  return requests.sort((one, other) => one - other)[(COUNTED_TICKS - 1) / 2];
}

/** What JavaScript's heap is asked for by a page that is looked at, each byte sampled: the median of some seconds. */
async function garbage(browser, url) {
  const [page, cdp] = await phone(browser);
  await page.goto(url);
  await page.waitForFunction(() => window.__carnival.marks.ready);
  await pause(AT_REST_MS);
  await cdp.send('HeapProfiler.enable');
  const sampled = { samplingInterval: 1, includeObjectsCollectedByMajorGC: true, includeObjectsCollectedByMinorGC: true };
  const made = [];
  // To begin with, V8 makes what it keeps of code that it now compiles again, with samples in it.
  for (let n = -2; n < COUNTED_TICKS; n++) {
    await cdp.send('HeapProfiler.startSampling', sampled);
    await pause(1000);
    const { profile } = await cdp.send('HeapProfiler.stopSampling');
    const sum = (node) => node.children.reduce((bytes, child) => bytes + sum(child), node.selfSize);
    if (n >= 0) made.push(sum(profile.head));
  }
  await page.close();
  return made.sort((one, other) => one - other)[(COUNTED_TICKS - 1) / 2];
}

/** How many frames are drawn in a second while a star of the second half comes up to the top with each frame of the stream: the median. */
function moving(page) {
  return page.evaluate(async (seconds) => {
    const live = (await (await fetch('/api/v1/campaign')).json()).live;
    const [epoch] = live.id.split('-');
    const first = () => document.querySelector('[data-testid=star-row] .star-row__name').textContent;
    const drawn = [];
    for (let n = 1; n <= seconds; n++) {
      live.id = `${epoch}-${100 + n}`;
      live.at = new Date(Date.parse(live.at) + 1).toISOString();
      const most = Math.max(...live.tallies.map((tally) => tally.vote_count));
      const risen = live.tallies.sort((one, other) => other.vote_count - one.vote_count)[(live.tallies.length >> 1) + (n % 3)];
      risen.vote_count = most + 1;
      const before = first();
      window.__stream.dispatchEvent(new MessageEvent('frame', { data: JSON.stringify(live), lastEventId: live.id }));
      let frames = 0;
      for (const begun = performance.now(); performance.now() - begun < 1000; frames++) await new Promise(requestAnimationFrame);
      if (first() === before) throw new Error('the board did not move');
      drawn.push(frames);
    }
    return drawn.sort((one, other) => one - other)[seconds >> 1];
  }, MOVING_S);
}

const results = {};
for (let run = 0; run < Number(runs); run++) {
  for (const [net, conditions] of Object.entries(NETS)) {
    // Another one begins each round.
    const names = Object.keys(sites);
    for (const name of run % 2 ? names.reverse() : names) {
      const figures = await once(sites[name], conditions);
      ((results[net] ??= {})[name] ??= []).push(figures);
      console.error(`  ${run + 1}/${runs} ${net} ${name}: interactive ${figures['interactive, ms'].toFixed(0)} ms`);
    }
  }
}
const flat = await looking(sites.ours);
const mock = await mockSite();
const boards = { ours: `http://localhost:${mock.address().port}/?n=${STARS}`, vanilla: `${sites.vanilla}?n=${STARS}` };
for (let run = 0; run < Number(runs); run++) {
  const names = Object.keys(boards);
  for (const name of run % 2 ? names.reverse() : names) {
    const figures = await ticks(boards[name]);
    ((results['50 votes on 1,000 stars'] ??= {})[name] ??= []).push(figures);
    console.error(`  ${run + 1}/${runs} 50 votes ${name}: ${figures['script, ms'].toFixed(1)} ms, with layout ${figures['with layout, ms'].toFixed(1)} ms`);
  }
}
mock.close();
const engines = { "today's": browsers.chromium };
for (const version of ['64', '78']) if (browsers.old?.[version]) engines[`Chromium ${version}`] = browsers.old[version];
for (let run = 0; run < Number(runs); run++) {
  for (const [name, path] of Object.entries(engines)) {
    const figures = await inEngine(path, sites.ours, NETS['4G in chat (60 ms, 9 Mbit/s)'], CPU_SLOWDOWN);
    ((results['old engines, 4G in chat'] ??= {})[name] ??= []).push(figures);
    console.error(`  ${run + 1}/${runs} ${name}: interactive ${figures['interactive, ms'].toFixed(0)} ms`);
  }
}
writeFileSync(out, JSON.stringify({ date: (/* @__PURE__ */ new Date()).toISOString(), runs: Number(runs), cpuSlowdown: CPU_SLOWDOWN, results, looking: flat }, null, 1));
const growth = flat['memory after an hour of frames, ×'];
console.error(`  memory after an hour of frames: ${growth.toFixed(3)} ×; countdown: ${flat['countdown, share of the main thread, %'].toFixed(1)} %`);
if (growth > 1.02) {
  console.error('error: an hour of frames must not add more than 2 % of memory');
  process.exitCode = 1;
}
