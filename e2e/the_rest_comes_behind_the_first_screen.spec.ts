/** The page's module is three files. Each shows and does what it can; what it lacks waits, and is never lost. */
import type { Page } from '@playwright/test';
import { expect, isReady, open, roundWithTimeLeft, shownMs, test } from './fixtures/journey.ts';

const FIRST = /^GET \/carnival-page-\w+\.wasm /;
const REST = /^GET \/carnival-page-\w+\.rest\.wasm /;
const LATER = /^GET \/carnival-page-\w+\.later\.wasm /;

const restIsThere = (page: Page) => page.evaluate(() => window.__carnival.marks.rest !== undefined);

test('the first screen lives before the rest is there, and the rest comes by itself', async ({ network, shopper }) => {
  network.inject({ request: REST, kind: 'hold', times: Infinity });
  const page = await shopper({ baseURL: network.url });
  await open(page, '/');
  await expect(page.getByTestId('participants')).toContainText('2 人');
  const shown = await shownMs(page);
  await expect.poll(() => shownMs(page), { intervals: [50] }).not.toBe(shown);
  await expect(page.locator('main [data-testid=leaderboard]')).toHaveCount(0);
  await expect(page.locator('main .skeleton').first()).toBeAttached();
  expect(await restIsThere(page)).toBe(false);

  network.release();
  await expect(page.locator('main [data-testid=leaderboard]')).toBeVisible();
  await expect(page.locator('main .skeleton')).toHaveCount(0);
  expect(await restIsThere(page)).toBe(true);
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

test('a page that few open is fetched when it is asked for, and the others do without it', async ({ network, shopper }) => {
  network.inject({ request: LATER, kind: 'hold', times: Infinity });
  const page = await shopper({ baseURL: network.url });
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('.later.wasm')) asked.push(request.url());
  });
  await open(page, '/');
  await expect(page.locator('main [data-testid=leaderboard]')).toBeVisible();
  for (const tab of ['stars', 'coupons', 'rush']) await page.getByTestId(`tab-${tab}`).tap();
  expect(asked).toEqual([]);
  await page.getByTestId('tab-goods').tap();
  await expect(page.locator('main [aria-busy=true] .skeleton').first()).toBeVisible();
  await page.getByTestId('tab-stars').tap();
  await expect(page.getByTestId('star-row').first()).toBeVisible();

  await page.getByTestId('tab-mine').tap();
  network.release();
  await expect(page.locator('.tally')).toBeVisible();
  expect(asked).toHaveLength(1);
});

test('who stays a while has all of the page without asking, and who saves data has not', async ({ shopper }) => {
  const saves = await shopper();
  await saves.addInitScript(() => {
    Object.defineProperty(navigator, 'connection', { value: { saveData: true } });
  });
  const page = await shopper();
  await Promise.all([open(page, '/'), open(saves, '/')]);
  const isAllThere = (page: Page) => page.evaluate(() => window.__carnival.marks.later !== undefined);
  await expect.poll(() => isAllThere(page), { timeout: 15_000 }).toBe(true);
  expect(await isAllThere(saves)).toBe(false);
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
