/** The frame is there before the module is: a tap on it is answered at once, kept, and carried out once. */
import { counted, expect, isReady, mine, names, roundWithTimeLeft, row, test, vote, votesOf } from './fixtures/journey.ts';

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

test('the board\'s rows come with the frame after the first, whatever becomes of the module', async ({ network, shopper }) => {
  const page = await shopper({ baseURL: network.url });
  await page.addInitScript(() => {
    const shown: boolean[] = ((window as any).shown = []);
    const look = () => {
      const rows = document.querySelector('.leaderboard');
      if (rows) shown.push(getComputedStyle(rows).display !== 'none');
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto('/stars');
  await expect(row(page, '顾北川')).toBeVisible();
  const shown = await page.evaluate(() => (window as any).shown as boolean[]);
  expect(shown[0]).toBe(false);
  expect(shown.slice(shown.indexOf(true))).not.toContain(false);
  expect(await page.evaluate(() => window.__carnival.marks.module)).toBeUndefined();
});

test('a vote on the static frame is cast without the module, and counts once', async ({ carnival, network, shopper }) => {
  const page = await shopper({ baseURL: network.url });
  await page.goto('/stars');
  expect((await names(page)).slice(0, 2)).toEqual(['顾北川', '陆星也']);
  await vote(page, '唐小满');
  await expect(votesOf(page, '唐小满')).toHaveText('1');
  await expect(row(page, '唐小满').locator('.vote')).toHaveAttribute('data-state', 'voted');
  await expect(row(page, '唐小满').locator('.vote')).toHaveText('已投');
  await expect.poll(() => counted(carnival, 'tang-xiaoman')).toBe(1);
  expect(await page.evaluate(() => window.__carnival.marks.ready)).toBeUndefined();

  network.release();
  await isReady(page);
  await expect(votesOf(page, '唐小满')).toHaveText('1');
  await expect(row(page, '唐小满').getByTestId('vote')).toHaveAttribute('data-state', 'voted');
  await expect(page.locator('.quota')).toContainText('今日剩 2 票');
  await expect.poll(async () => (await mine(page)).all_votes).toEqual([{ star_id: 'tang-xiaoman', vote_count: 1 }]);
  expect(await counted(carnival, 'tang-xiaoman')).toBe(1);
});

test('a vote on the static frame that the network loses is cast by the page', async ({ carnival, network, shopper }) => {
  const page = await shopper({ baseURL: network.url });
  await page.goto('/stars');
  network.inject({ request: /^POST .*\/votes /, kind: 'lose-request', times: Infinity });
  await vote(page, '陆星也');
  await expect(votesOf(page, '陆星也')).toHaveText('1');
  expect(await counted(carnival, 'lu-xingye')).toBe(0);

  network.up();
  network.release();
  await isReady(page);
  await expect.poll(() => counted(carnival, 'lu-xingye')).toBe(1);
  await expect(votesOf(page, '陆星也')).toHaveText('1');
});

test('a vote on the static frame that is refused is taken back, and the page says why', async ({ carnival, network, shopper }) => {
  const page = await shopper({ baseURL: network.url });
  await page.goto('/stars');
  // Elsewhere the same participant casts all votes of the day meanwhile.
  await page.evaluate(async () => {
    for (const [n, star] of ['gu-beichuan', 'lu-xingye', 'tang-xiaoman'].entries()) {
      await fetch(`/api/v1/stars/${star}/votes`, { method: 'POST', headers: { 'Idempotency-Key': `elsewhere-0123456${n}` } });
    }
  });
  await vote(page, '阮知夏');
  await expect(row(page, '阮知夏').getByTestId('vote')).toHaveAttribute('data-state', 'ready');
  await expect(votesOf(page, '阮知夏')).toHaveText('0');

  network.release();
  await isReady(page);
  await expect(page.getByTestId('toast')).toContainText('今天的票已经投完');
  await expect(votesOf(page, '阮知夏')).toHaveText('0');
  expect(await counted(carnival, 'ruan-zhixia')).toBe(0);
});

test('who voted today finds it on the static frame', async ({ network, shopper }) => {
  const page = await shopper({ baseURL: network.url });
  await page.goto('/stars');
  // The row is painted before the vote is sent.
  const counted = page.waitForResponse((response) => response.url().endsWith('/votes'));
  await vote(page, '陆星也');
  await expect(votesOf(page, '陆星也')).toHaveText('1');
  await counted;
  await page.waitForLoadState();
  await page.reload();
  await expect(row(page, '陆星也').locator('.vote')).toHaveAttribute('data-state', 'voted');
  await expect(row(page, '阮知夏').locator('.vote')).toHaveAttribute('data-state', 'ready');
  expect(await page.evaluate(() => window.__carnival.marks.ready)).toBeUndefined();
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
