/** The page's module is five files. Each shows and does what it can; what it lacks waits, and is never lost. */
import type { Page } from '@playwright/test';
import { Carnival, DEMO_CAMPAIGN } from './fixtures/carnival.ts';
import { expect, isReady, open, openOnly, roundWithTimeLeft, shownMs, test, touch } from './fixtures/journey.ts';

const FIRST = /^GET \/carnival-page-\w+\.wasm /;
const REST = /^GET \/carnival-page-\w+\.rest\.wasm /;
const LATER = /^GET \/carnival-page-\w+\.later\.wasm /;

/** What is fetched by itself and untouched, heads of answers and pictures included, bytes; a frame of the stream, of 1,300, on top of
 * 86,200 and 97,600. */
const UNTOUCHED_BUDGETS = { '/': 89_000, '/stars': 100_000 };

const restIsThere = (page: Page) => page.evaluate(() => window.__carnival.marks.rest !== undefined);

test('the first screen lives before the rest is there, and the rest comes by itself; below it, all comes with a touch', async ({ network, shopper }) => {
  network.inject({ request: REST, kind: 'hold', times: Infinity });
  const page = await shopper({ baseURL: network.url });
  await openOnly(page, '/');
  await expect(page.getByTestId('participants')).toContainText('2 人');
  const shown = await shownMs(page);
  await expect.poll(() => shownMs(page), { intervals: [50] }).not.toBe(shown);
  await expect(page.locator('main [data-testid=leaderboard]')).toHaveCount(0);
  await expect(page.locator('main .skeleton').first()).toBeAttached();
  expect(await restIsThere(page)).toBe(false);

  network.release();
  await expect.poll(() => restIsThere(page)).toBe(true);
  await expect(page.locator('main .skeleton').first()).toBeAttached();
  await touch(page);
  await expect(page.locator('main [data-testid=leaderboard]')).toBeVisible();
  await expect(page.locator('main .skeleton')).toHaveCount(0);
});

test('a tab tapped before the rest is there shows its frame, and then its page', async ({ network, shopper }) => {
  network.inject({ request: REST, kind: 'hold', times: Infinity });
  const page = await shopper({ baseURL: network.url });
  await open(page, '/');
  for (const [tab, title] of [['coupons', '领券中心'], ['goods', '明星好物'], ['stars', '星战618'], ['mine', '我的']] as const) {
    await page.getByTestId(`tab-${tab}`).tap();
    await expect(page).toHaveURL(new RegExp(`/${tab}$`));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
    await expect(page.locator('main [aria-busy=true] .skeleton').first()).toBeVisible();
  }

  network.release();
  await expect(page.locator('main [aria-busy=true]')).toHaveCount(0);
  await expect(page.locator('.tally')).toBeVisible();
});

test('an entry tapped before the rest is there is on its way at once, and is sent once', async ({ carnival, network, shopper }) => {
  await roundWithTimeLeft(carnival, 5_000);
  network.inject({ request: REST, kind: 'hold', times: Infinity });
  const page = await shopper({ baseURL: network.url });
  const entries: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/entries')) entries.push(request.url());
  });
  await open(page, '/');
  const join = page.getByTestId('join');
  await join.tap();
  await expect(join).toHaveAttribute('data-state', 'sending');
  await join.tap({ force: true });
  expect(entries).toEqual([]);

  network.release();
  await expect(join).toHaveAttribute('data-state', 'in');
  expect(entries).toHaveLength(1);
});

test('a rest that does not come is told of, asked for again, and then there', async ({ network, shopper }) => {
  network.inject({ request: REST, kind: 'lose-request', times: Infinity });
  const page = await shopper({ baseURL: network.url });
  await open(page, '/');
  await page.getByTestId('tab-mine').tap();
  await expect(page.locator('.offline')).toBeVisible();
  await expect(page.locator('#rescue')).toBeHidden();
  const struck = network.struck;
  expect(struck).toBeGreaterThanOrEqual(3);

  network.up();
  await expect(page.locator('.tally')).toBeVisible();
  await expect(page.locator('.offline')).toHaveCount(0);
});

test('a rest that breaks off in the middle is asked for again', async ({ network, shopper }) => {
  network.inject({ request: REST, kind: 'cut-answer', times: 2 });
  const page = await shopper({ baseURL: network.url });
  await open(page, '/');
  await expect(page.locator('main [data-testid=leaderboard]')).toBeVisible();
  expect(network.struck).toBe(2);
});

/** Bodies and heads of everything that was asked for without a touch, bytes; the stream's first frames among them. */
async function untouched(page: Page, path: string) {
  const session = await page.context().newCDPSession(page);
  const bytes = new Map<string, number>();
  const gets = new Map<string, string>();
  await session.send('Network.enable');
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (request.method === 'GET') gets.set(requestId, new URL(request.url).pathname);
  });
  const add = (id: string, length: number) => bytes.set(id, (bytes.get(id) ?? 0) + length);
  session.on('Network.responseReceived', ({ requestId, response }) => add(requestId, response.encodedDataLength));
  session.on('Network.dataReceived', ({ requestId, encodedDataLength }) => add(requestId, encodedDataLength));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => bytes.set(requestId, encodedDataLength));
  await openOnly(page, path);
  // Longer than anything that the page does by itself after a while.
  await page.waitForTimeout(8_000);
  const all = [...gets].map(([id, path]) => ({ path, bytes: bytes.get(id) ?? 0 }));
  // Where a round happens to end meanwhile, whoever looks is told so, and the campaign anew.
  const news = ['/api/v1/campaign', '/api/v1/live'];
  const hasNews = all.some(({ path }) => path === news[0]);
  const list = all.filter(({ path }) => !hasNews || !news.includes(path));
  return { list, sum: list.reduce((sum, { bytes }) => sum + bytes, 0) };
}

for (const [path, budget] of Object.entries(UNTOUCHED_BUDGETS)) {
  test(`who only looks at ${path} of the demo fetches no more than its budget`, async ({ shopper }, info) => {
    const demo = await Carnival.start(DEMO_CAMPAIGN);
    const { list, sum } = await untouched(await shopper({ baseURL: demo.url }), path);
    await demo.stop();
    await info.attach('bytes', { body: JSON.stringify(list, null, 2) });
    expect(list.find((each) => each.path.endsWith('.rest.wasm'))).toBeDefined();
    // The first page has no board, and the board no round.
    const others = ['.later.wasm', path === '/' ? '.board.wasm' : '.rush.wasm'];
    expect(list.filter((each) => others.some((other) => each.path.endsWith(other)))).toEqual([]);
    expect(sum, JSON.stringify(list)).toBeLessThanOrEqual(budget);
  });
}

test('a finger that comes down has the other pages fetched, once', async ({ network, shopper }) => {
  network.inject({ request: LATER, kind: 'hold', times: Infinity });
  const page = await shopper({ baseURL: network.url });
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('.later.wasm')) asked.push(request.url());
  });
  await openOnly(page, '/');
  await expect.poll(() => restIsThere(page)).toBe(true);
  expect(asked).toEqual([]);
  await page.getByTestId('tab-stars').tap();
  await expect(page.getByTestId('star-row').first()).toBeVisible();
  await expect.poll(() => asked.length).toBe(1);
  await page.getByTestId('tab-goods').tap();
  await expect(page.locator('main [aria-busy=true] .skeleton').first()).toBeVisible();
  await page.goBack();
  await expect(page.getByTestId('star-row').first()).toBeVisible();
  await page.goForward();
  await expect(page.locator('main [aria-busy=true] .skeleton').first()).toBeVisible();

  await page.getByTestId('tab-mine').tap();
  network.release();
  await expect(page.locator('.tally')).toBeVisible();
  expect(asked).toHaveLength(1);
});

test('who saves data has the other pages fetched when they go there, not by a touch', async ({ shopper }) => {
  const page = await shopper();
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'connection', { value: { saveData: true } });
  });
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('.later.wasm')) asked.push(request.url());
  });
  await open(page, '/stars');
  await page.getByTestId('vote').first().tap();
  await expect(page.getByTestId('vote').first()).toHaveAttribute('data-state', 'voted');
  expect(asked).toEqual([]);
  await page.getByTestId('tab-coupons').tap();
  await expect(page.getByTestId('coupon').first()).toBeVisible();
  expect(asked).toHaveLength(1);
});

test('a vote and an entry need none of the other pages, and what comes later knows of both', async ({ carnival, network, shopper }) => {
  await roundWithTimeLeft(carnival, 5_000);
  network.inject({ request: LATER, kind: 'hold', times: Infinity });
  const page = await shopper({ baseURL: network.url });
  await openOnly(page, '/');
  const join = page.getByTestId('join');
  await join.tap();
  await expect(join).toHaveAttribute('data-state', 'in');
  await page.getByTestId('tab-stars').tap();
  const vote = page.getByTestId('vote').first();
  await vote.tap();
  await expect(vote).toHaveAttribute('data-state', 'voted');
  await page.getByTestId('tab-mine').tap();

  network.release();
  await expect(page.locator('.tally')).toContainText('1');
  await expect(page.getByTestId('my-entry').or(page.locator('.list__row').first()).first()).toBeVisible();
});

test('sharing and a poster that are tapped before their file is there wait for it, and are done once', async ({ network, shopper }) => {
  network.inject({ request: LATER, kind: 'hold', times: Infinity });
  const page = await shopper({ baseURL: network.url });
  await openOnly(page, '/');
  const poster = page.getByTestId('poster-button');
  await poster.tap();
  await expect(poster).toHaveAttribute('data-state', 'sending');
  network.release();
  await expect(page.locator('#poster-frame')).toHaveCount(1);
  await expect(poster).not.toHaveAttribute('data-state', 'sending');
});

test('another page that can’t be had is told of, asked for again, and then there', async ({ network, shopper }) => {
  network.inject({ request: LATER, kind: 'lose-request', times: Infinity });
  const page = await shopper({ baseURL: network.url });
  await openOnly(page, '/');
  await page.getByTestId('tab-coupons').tap();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('领券中心');
  await expect(page.locator('.offline')).toBeVisible();
  network.up();
  await expect(page.getByTestId('coupon').first()).toBeVisible();
  await expect(page.locator('.offline')).toHaveCount(0);
});

test('a page opened by its own address waits behind the frame, and asks for all of its files at once', async ({ network, shopper }) => {
  network.inject({ request: FIRST, kind: 'hold', times: Infinity });
  const page = await shopper({ baseURL: network.url });
  const others = Promise.all([page.waitForRequest(/\.rest\.wasm$/), page.waitForRequest(/\.later\.wasm$/)]);
  await page.goto('/mine');
  await others;
  network.release();
  await isReady(page);
  // It was whole when it took the frame's place.
  expect(await page.locator('.tally').count()).toBe(1);
});

test('a page opened by its own address stands, and says why it waits, while the rest can’t be had', async ({ network, shopper }) => {
  network.inject({ request: REST, kind: 'lose-request', times: Infinity });
  const page = await shopper({ baseURL: network.url });
  await open(page, '/coupons');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('领券中心');
  await expect(page.locator('.offline')).toBeVisible();
  network.up();
  await expect(page.getByTestId('coupon').first()).toBeVisible();
});
