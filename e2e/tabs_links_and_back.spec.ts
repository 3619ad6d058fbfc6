/** Every page has an address, the tabs are links, Back goes back, and the language is the shopper's. */
import { expect, isReady, open, test } from './fixtures/journey.ts';

const PAGES = [
  ['/', '十二秒嘉年华', 'tab-rush'],
  ['/stars', '星战618', 'tab-stars'],
  ['/stars/lu-xingye', '陆星也', 'tab-stars'],
  ['/coupons', '领券中心', 'tab-coupons'],
  ['/goods', '明星好物', 'tab-goods'],
  ['/mine', '我的', 'tab-mine'],
  ['/rules', '活动规则', 'tab-mine'],
] as const;

test('every page opens by its own address, with its tab lit', async ({ shopper }) => {
  const page = await shopper();
  for (const [path, heading, tab] of PAGES) {
    const response = await page.goto(path);
    expect(response?.status()).toBe(200);
    await isReady(page);
    await expect(page.getByRole('heading', { name: heading }).first()).toBeVisible();
    await expect(page.getByTestId(tab)).toHaveAttribute('aria-current', 'page');
    await expect(page.locator('[aria-current=page]')).toHaveCount(1);
    await expect(page).toHaveTitle(/十二秒嘉年华/);
  }
});

test('the tabs change page and address, and Back goes the same way back', async ({ shopper }) => {
  const page = await shopper();
  await open(page, '/');
  await page.evaluate(() => ((window as any).sameDocument = true));
  const way = ['/stars', '/coupons', '/goods', '/mine', '/'];
  for (const path of way) {
    await page.getByTestId(`tab-${path.slice(1) || 'rush'}`).tap();
    await expect(page).toHaveURL(path);
  }
  for (const path of way.slice(0, -1).reverse()) {
    await page.goBack();
    await expect(page).toHaveURL(path);
    await expect(page.getByTestId(`tab-${path.slice(1)}`)).toHaveAttribute('aria-current', 'page');
  }
  await page.goForward();
  await expect(page).toHaveURL('/coupons');
  await expect(page.getByRole('heading', { name: '领券中心' })).toBeVisible();
  expect(await page.evaluate(() => (window as any).sameDocument), 'nothing was loaded anew').toBe(true);
});

test('a star is one tap from the board, and Back returns to the place that was left', async ({ shopper }) => {
  const page = await shopper({ viewport: { width: 390, height: 400 } });
  await open(page, '/stars');
  const last = page.getByTestId('star-row').nth(3);
  const name = await last.locator('.star-row__name').innerText();
  await last.getByRole('link').scrollIntoViewIfNeeded();
  await last.getByRole('link').tap();
  await expect(page.getByRole('heading', { name, level: 2 })).toBeVisible();
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(0);
  await page.goBack();
  await expect(last).toBeInViewport();
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(0);
});

test('a path that is not ours is said to be so, by page and status', async ({ shopper }) => {
  const page = await shopper();
  for (const path of ['/nowhere', '/stars/nobody', '/coupons/x']) {
    const response = await page.goto(path);
    expect(response?.status(), path).toBe(404);
    await isReady(page);
    await expect(page.locator('.missing')).toBeVisible();
  }
  await page.locator('.missing').getByRole('link').tap();
  await expect(page).toHaveURL('/');
  await expect(page.getByTestId('join')).toBeVisible();
});

test('a star that is not revealed is a silhouette without a name or a page', async ({ shopper }) => {
  const page = await shopper();
  await open(page, '/stars');
  const hidden = page.getByTestId('leaderboard').locator('.star-row').last();
  await expect(hidden).toContainText('神秘之星');
  await expect(hidden.getByRole('button')).toHaveCount(0);
  expect(await page.content()).not.toContain('可米');
  const response = await page.goto('/stars/kemi');
  expect(response?.status()).toBe(404);
  expect(await response?.text()).not.toContain('可米');
});

test('a browser that speaks English is spoken to in English', async ({ shopper }) => {
  const page = await shopper({ locale: 'en-US' });
  await open(page, '/');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByRole('button', { name: /Enter the prize draw/ })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Twelve-second carnival');
});

test('the language is switched with a tap, and stays', async ({ shopper }) => {
  const page = await shopper();
  await open(page, '/mine');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await page.getByRole('button', { name: 'English' }).tap();
  await expect(page.getByTestId('tab-coupons')).toHaveText('Coupons');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await open(page, '/stars');
  await expect(page.getByRole('heading', { name: 'Star battle' })).toBeVisible();
  await open(page, '/mine');
  await page.getByRole('button', { name: '中文' }).tap();
  await expect(page.getByTestId('tab-coupons')).toHaveText('领券');
});

test('English is fetched by those who read it, and by nobody else', async ({ shopper }) => {
  const fetched = async (locale: string) => {
    const page = await shopper({ locale });
    const files: string[] = [];
    page.on('request', (request) => files.push(new URL(request.url()).pathname));
    await open(page, '/');
    return files.filter((file) => /^\/carnival-en-[0-9a-f]{16}\.json$/.test(file)).length;
  };
  expect(await fetched('zh-CN')).toBe(0);
  expect(await fetched('en-US')).toBe(1);
});

test('a page in English is mounted in English, however late its words come', async ({ network, shopper }) => {
  network.inject({ request: /^GET \/carnival-en-/, kind: 'hold', times: Infinity });
  const page = await shopper({ baseURL: network.url, locale: 'en-US' });
  await page.goto('/coupons');
  await page.waitForFunction(() => window.__carnival.marks.module !== undefined);
  await expect(page.locator('.frame')).toHaveCount(1);
  await expect(page.getByRole('heading', { level: 1 }).filter({ visible: true })).toHaveText('Coupons');
  network.release();
  await expect(page.locator('.frame')).toHaveCount(0);
  await expect(page.getByText('All coupons')).toBeVisible();
});

test('where English can not be had the page is in Chinese, and says so', async ({ network, shopper }) => {
  network.inject({ request: /^GET \/carnival-en-/, kind: 'lose-request', times: Infinity });
  const page = await shopper({ baseURL: network.url, locale: 'en-US' });
  await open(page, '/mine');
  await expect(page.getByTestId('toast')).toContainText('English could not be loaded');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await page.getByRole('button', { name: 'English' }).tap();
  await expect(page.getByRole('button', { name: 'English' })).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('button', { name: 'English' })).toHaveAttribute('aria-pressed', 'false');
  await expect(page.getByTestId('tab-coupons')).toHaveText('领券');
  network.up();
  await page.getByRole('button', { name: 'English' }).tap();
  await expect(page.getByTestId('tab-coupons')).toHaveText('Coupons');
});

test('goods can be ordered by rules alone', async ({ shopper }) => {
  const page = await shopper();
  await open(page, '/goods');
  const box = page.getByTestId('rules-only').getByRole('switch');
  await expect(page.locator('.item-card')).toHaveCount(2);
  await expect(page.getByRole('link', { name: '去看看' }).first()).toHaveAttribute('href', /^https:\/\/example\.com\//);
  await page.getByTestId('rules-only').tap();
  await expect(box).toBeChecked();
});
