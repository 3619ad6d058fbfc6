/** A link goes from friend to friend: it lands where it was made, and is counted as what it is. */
import { type Page } from '@playwright/test';
import { expect, isReady, mine, open, test } from './fixtures/journey.ts';

const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] };
const WECHAT =
  'Mozilla/5.0 (Linux; Android 16; V2366HA; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 ' +
  'Chrome/146.0.7680.177 Mobile Safari/537.36 XWEB/1460075 MMWEBSDK/20260201 MicroMessenger/8.0.70.3060';

/** Shares the page that is shown, and gives the link that is then in the clipboard. */
async function copiedLink(page: Page): Promise<string> {
  await page.getByTestId('share').tap();
  await expect(page.getByTestId('toast').filter({ hasText: '链接已复制' })).toBeVisible();
  return page.evaluate(() => navigator.clipboard.readText());
}

test('a link lands on the page it was made on, with a clean address', async ({ carnival, shopper }) => {
  const sharer = await shopper(CLIPBOARD);
  for (const [path, heading] of [
    ['/', '十二秒嘉年华'],
    ['/stars', '星战618'],
    ['/stars/lu-xingye', '陆星也'],
    ['/coupons', '领券中心'],
    ['/goods', '明星好物'],
  ] as const) {
    await open(sharer, path);
    const link = await copiedLink(sharer);
    expect(link).toMatch(new RegExp(`^${carnival.url}/s/[\\w-]{20,56}$`));
    const friend = await shopper();
    await open(friend, `${link}?from=singlemessage&isappinstalled=0`);
    await expect(friend).toHaveURL(carnival.url + path);
    await expect(friend.getByRole('heading', { name: heading })).toBeVisible();
    await expect.poll(() => friend.evaluate(() => document.documentElement.dataset.page)).not.toBe('');
    await friend.context().close();
  }
});

test('a visit counts once for each friend, and never for oneself', async ({ shopper }) => {
  const sharer = await shopper(CLIPBOARD);
  await open(sharer, '/stars/lu-xingye');
  const link = await copiedLink(sharer);
  const visits = async () => (await mine(sharer)).visit_count;

  const friend = await shopper();
  await visit(friend, link);
  await expect.poll(visits).toBe(1);
  await visit(friend, link);
  expect(await visits(), 'the same friend again').toBe(1);
  await visit(sharer, link);
  expect(await visits(), 'oneself').toBe(1);
  await visit(await shopper(), link);
  await expect.poll(visits).toBe(2);

  await open(sharer, '/mine');
  await expect(sharer.locator('.tally__cell').filter({ hasText: '链接被打开' })).toContainText('2');
});

/** Opens a link, and waits until the server has taken note of it. */
async function visit(page: Page, link: string) {
  const noted = page.waitForResponse((response) => response.url().endsWith('/api/v1/visits'));
  await page.goto(link);
  expect((await noted).status()).toBe(200);
  await isReady(page);
  await expect(page).toHaveURL(/\/stars\/lu-xingye$/);
}

test('a forged link is a plain visit', async ({ carnival, shopper }) => {
  const sharer = await shopper(CLIPBOARD);
  await open(sharer, '/coupons');
  const link = await copiedLink(sharer);
  const last = link.slice(-1);
  const forged = link.slice(0, -1) + (last === 'A' ? 'B' : 'A');
  const friend = await shopper();
  for (const path of [forged, '/s/nonsense']) {
    await open(friend, path);
    await expect(friend).toHaveURL(`${carnival.url}/`);
    await expect(friend.getByTestId('join')).toHaveAttribute('data-state', 'ready');
  }
  expect((await mine(sharer)).visit_count).toBe(0);
});

test('the browser’s own share sheet is used where there is one', async ({ carnival, shopper }) => {
  const page = await shopper();
  await page.addInitScript(() => {
    Object.assign(navigator, { share: async (card: ShareData) => void ((window as any).shared = card) });
  });
  await open(page, '/stars');
  await page.getByTestId('share').tap();
  await page.waitForFunction(() => (window as any).shared);
  const shared = await page.evaluate(() => (window as any).shared as ShareData);
  expect(shared, 'the same card as a chat shows').toMatchObject({ title: '明星榜 · 十二秒嘉年华', text: '一起来逛逛' });
  expect(shared.url).toContain(`${carnival.url}/s/`);
});

test('inside WeChat the share button points at the menu of the app', async ({ shopper }) => {
  const page = await shopper({ userAgent: WECHAT });
  await open(page, '/');
  await page.getByTestId('share').tap();
  const guide = page.getByTestId('share-guide');
  await expect(guide).toBeVisible();
  await expect(guide).toContainText('右上角');
  await guide.tap();
  await expect(guide).toBeHidden();
});

test('what the menu of the app sends on is the share link of the page that is shown', async ({ carnival, shopper }) => {
  const sharer = await shopper({ userAgent: WECHAT });
  await open(sharer, '/stars/lu-xingye');
  await sharer.getByTestId('share').tap();
  await expect(sharer).toHaveURL(/\/s\/[\w-]{20,56}$/);
  const link = sharer.url();
  await sharer.getByTestId('share-guide').tap();
  await sharer.getByTestId('tab-coupons').tap();
  await expect(sharer).toHaveURL(`${carnival.url}/coupons`);
  await sharer.goBack();
  await expect(sharer.getByRole('heading', { name: '陆星也' })).toBeVisible();

  await visit(await shopper({ userAgent: WECHAT }), link);
  await expect.poll(async () => (await mine(sharer)).visit_count).toBe(1);
});

test('where nothing can be copied, the link is shown for the finger to select', async ({ carnival, shopper }) => {
  const page = await shopper();
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
    document.execCommand = () => false;
  });
  await open(page, '/goods');
  await page.getByTestId('share').tap();
  const sheet = page.getByRole('dialog');
  await expect(sheet.getByRole('textbox')).toHaveValue(new RegExp(`^${carnival.url}/s/`));
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
});

test('a chat that reads the page finds the card of where the link leads', async ({ carnival, shopper }) => {
  const sharer = await shopper(CLIPBOARD);
  await open(sharer, '/stars/lu-xingye');
  const html = await (await fetch(await copiedLink(sharer))).text();
  expect(html).toMatch(/<meta property="og:title" content="[^"]*陆星也/);
  expect(html).toMatch(new RegExp(`<meta itemprop="image" content="${carnival.url}/art/`));
});
