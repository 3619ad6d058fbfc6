/** The frame is there before the module is: a tap on it is answered at once, kept, and carried out once. */
import { expect, isReady, roundWithTimeLeft, test } from './fixtures/journey.ts';

/** The page's first file; the rest has a name of its own. */
const MODULE = /^GET \/carnival-page-\w+\.wasm /;

test.beforeEach(({ network }) => network.inject({ request: MODULE, kind: 'hold', times: Infinity }));

test('a tap on the static frame joins once the module is there, and only once', async ({ carnival, network, shopper }) => {
  await roundWithTimeLeft(carnival, 6_000);
  const page = await shopper({ baseURL: network.url });
  const entries: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/entries')) entries.push(request.url());
  });
  await page.goto('/');
  const join = page.getByTestId('join');
  await expect(join).toHaveText(/参与抢大奖/);
  await join.tap();
  await expect(join).toHaveClass(/is-pressed/);
  await join.tap();
  expect(await page.evaluate(() => window.__carnival.marks.ready)).toBeUndefined();
  expect(entries).toEqual([]);

  network.release();
  await expect(join).toHaveAttribute('data-state', 'in');
  await expect(page.getByTestId('participants')).toContainText('1 / 2 人');
  expect(entries).toHaveLength(1);
});

test('a tab tapped on the static frame is opened without loading anew', async ({ network, shopper }) => {
  const page = await shopper({ baseURL: network.url });
  await page.goto('/');
  await page.evaluate(() => ((window as any).sameDocument = true));
  await page.getByTestId('tab-stars').tap();
  network.release();
  await isReady(page);
  await expect(page).toHaveURL(/\/stars$/);
  await expect(page.getByTestId('leaderboard')).toBeVisible();
  expect(await page.evaluate(() => (window as any).sameDocument)).toBe(true);
});

test('the frame already has the title, the clock, the buttons and the tabs', async ({ shopper, network }) => {
  const page = await shopper({ baseURL: network.url });
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByTestId('countdown')).toBeVisible();
  await expect(page.getByTestId('join')).toBeVisible();
  for (const tab of ['rush', 'stars', 'coupons', 'goods', 'mine']) await expect(page.getByTestId(`tab-${tab}`)).toBeVisible();
});

test('a module that fails to come is fetched again', async ({ carnival, network, shopper }) => {
  network.up(); // nothing is held
  network.inject({ request: MODULE, kind: 'cut-answer', times: 2 });
  const page = await shopper({ baseURL: network.url });
  await page.goto('/');
  await isReady(page);
  expect(network.struck).toBe(2);
  await roundWithTimeLeft(carnival, 3_000);
  await page.getByTestId('join').tap();
  await expect(page.getByTestId('join')).toHaveAttribute('data-state', 'in');
});

test('a module that never comes is said in words, with a way on', async ({ network, shopper }) => {
  network.up();
  network.inject({ request: MODULE, kind: 'lose-request', times: Infinity });
  const page = await shopper({ baseURL: network.url });
  await page.goto('/');
  const rescue = page.locator('#rescue');
  await expect(rescue).toBeVisible();
  await expect(rescue.locator('[data-reason]:visible')).toHaveAttribute('data-reason', 'network');
  network.up();
  await page.locator('#rescue-retry').tap();
  await isReady(page);
  await expect(rescue).toBeHidden();
});
