/** A folder on any host is the whole carnival: the same rules run inside the page. */
import { expect, test as base } from '@playwright/test';
import { MOCK_SITE } from './fixtures/carnival.ts';
import { open } from './fixtures/journey.ts';
import { codeOn, HALF, type Half, isShown } from './fixtures/poster.ts';
import { StaticHost } from './fixtures/static_host.ts';

const STARS = 1_000;

const test = base.extend<{ host: StaticHost }>({
  host: async ({}, use) => {
    const host = await StaticHost.start(MOCK_SITE);
    await use(host);
    await host.stop();
  },
  baseURL: async ({ host }, use) => use(host.url),
  page: async ({ page }, use) => {
    const uncaught: string[] = [];
    page.on('pageerror', (error) => uncaught.push(String(error.stack ?? error)));
    await use(page);
    expect(uncaught).toEqual([]);
  },
});

test('join, vote and claim work without any server', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await open(page, '/');
  await expect(page.getByTestId('countdown')).toHaveText(/^0[0-6]:\d\d\.\d$/);
  await page.getByTestId('join').tap();
  await expect(page.getByTestId('join')).toHaveAttribute('data-state', 'in');

  await page.getByTestId('tab-stars').tap();
  const vote = page.getByTestId('star-row').first().getByTestId('vote');
  const votes = Number((await page.getByTestId('star-votes').first().innerText()).replace(/,/g, ''));
  await vote.tap();
  await expect(page.locator('.vote[data-state=voted]').first()).toBeVisible();
  expect(votes).toBeGreaterThan(0);

  await page.getByTestId('tab-coupons').tap();
  const title = await page.locator('[data-testid=coupon][data-state=open] .coupon-card__title').first().innerText();
  const card = page.getByTestId('coupon').filter({ hasText: title });
  await card.getByTestId('claim').tap();
  await expect(card).toHaveAttribute('data-state', 'mine');
  await expect(page.locator('.coupon-card__code').first()).toBeVisible();

  await page.getByTestId('tab-mine').tap();
  await expect(page.getByTestId('receipt')).toHaveCount(1);
  expect(asked.filter((path) => path.startsWith('/api/'))).toEqual([]);
});

test('the board is alive by itself', async ({ page }) => {
  await open(page, '/stars');
  const board = page.getByTestId('leaderboard');
  const before = await board.innerText();
  await expect.poll(() => board.innerText()).not.toBe(before);
});

test('every path opens where the host falls back to the page', async ({ page }) => {
  for (const path of ['/stars', '/stars/jiang-ye', '/coupons', '/goods', '/mine', '/rules']) {
    await open(page, path);
    await expect(page).toHaveURL(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  }
});

test('a shared link leads another visitor to its page', async ({ browser, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, '/coupons');
  await page.getByTestId('share').tap();
  await expect(page.getByTestId('toast').filter({ hasText: '链接已复制' })).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const friend = await (await browser.newContext()).newPage();
  await open(friend, link);
  await expect(friend).toHaveURL(/\/coupons$/);
  await friend.context().close();
});

test('a thousand stars make a thousand rows, and votes move them', async ({ page }) => {
  await open(page, `/?n=${STARS}`);
  await expect(page.getByTestId('star-row')).toHaveCount(STARS);
  const order = () => page.getByTestId('star-row').locator('.star-row__name').allTextContents();
  const before = await order();
  const sum = () =>
    page
      .getByTestId('star-votes')
      .evaluateAll((all) => all.reduce((sum, each) => sum + Number(each.textContent?.replace(/,/g, '')), 0));
  const votesBefore = await sum();
  await page.evaluate(() => (window as any).__bench_tick(500));
  expect(await sum()).toBeGreaterThan(votesBefore);
  expect(await order()).not.toEqual(before);
  const votes = await page
    .getByTestId('star-votes')
    .evaluateAll((all) => all.map((each) => Number(each.textContent?.replace(/,/g, ''))));
  expect(votes, 'best first').toEqual([...votes].sort((a, b) => b - a));
});

test('a poster is drawn without any server, even if its picture may not be read', async ({ page, host }) => {
  // An engine to which every drawing of vectors is one of somebody else's.
  await page.addInitScript(() => {
    const { toDataURL } = HTMLCanvasElement.prototype;
    const { drawImage } = CanvasRenderingContext2D.prototype;
    const tainted = new WeakSet<HTMLCanvasElement>();
    CanvasRenderingContext2D.prototype.drawImage = function (...what: any[]) {
      if (what[0] instanceof HTMLImageElement && what[0].src.endsWith('.svg')) tainted.add(this.canvas);
      return (drawImage as Function).apply(this, what);
    };
    HTMLCanvasElement.prototype.toDataURL = function (...how) {
      if (tainted.has(this)) throw new DOMException('tainted', 'SecurityError');
      return toDataURL.apply(this, how);
    };
  });
  await open(page, '/stars/lu-xingye');
  await page.getByTestId('poster-button').first().tap();
  await isShown(page);
  await expect(page.getByTestId('poster')).toHaveAttribute('src', /^data:image\/jpeg/);
  expect(codeOn((await page.evaluate(HALF)) as Half)).toContain(`${host.url}/s/`);
});
