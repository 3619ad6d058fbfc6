/** Signing in: never asked for, never needed, one tap and one tick for those who want it, and taken back as easily. */
import axe from 'axe-core';
import type { Page } from '@playwright/test';
import { USER_AGENT } from './chat/bridge.ts';
import { Carnival } from './fixtures/carnival.ts';
import { FaultProxy } from './fixtures/fault_proxy.ts';
import { counted, expect, mine, open, test as base, vote } from './fixtures/journey.ts';
import { Platform } from './fixtures/platform.ts';

const test = base.extend<{ platform: Platform }>({
  platform: async ({}, use) => {
    const platform = await Platform.start();
    await use(platform);
    await platform.stop();
  },
  carnival: async ({ platform }, use, info) => {
    const carnival = await Carnival.start(platform.campaign, platform.environment);
    await use(carnival);
    await carnival.stop();
    if (info.status !== info.expectedStatus) await info.attach('server', { body: carnival.output() });
  },
});

const IN_WECHAT = { userAgent: USER_AGENT.android };
const EXCHANGE = '/sns/oauth2/access_token';
const account = (page: Page) => page.getByTestId('account');
const sheet = (page: Page) => page.getByTestId('account-sheet');
const toast = (page: Page, words: string) => page.getByTestId('toast').filter({ hasText: words });

/** What a page asked for on its way to a platform: consents, and the way out. */
function asked(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname, search } = new URL(request.url());
    if (/^\/auth\/|\/consents|\/oauth2/.test(pathname)) asked.push(`${request.method()} ${pathname}${search}`);
  });
  return asked;
}

/** Goes to the end of the sheet, as somebody who agrees. */
async function agree(page: Page, { nickname = false } = {}) {
  await page.getByTestId('sign-in').tap();
  await sheet(page).locator('label', { hasText: '我已阅读并同意' }).tap();
  if (nickname) await sheet(page).locator('label', { hasText: '昵称' }).tap();
  await page.getByTestId('sign-in-go').tap();
}

async function signIn(page: Page, choice = {}) {
  await open(page, '/mine');
  await agree(page, choice);
  await expect(toast(page, '登录成功')).toBeVisible();
}

test('a campaign without accounts says nothing of signing in', async ({ shopper }) => {
  const carnival = await Carnival.start();
  const page = await shopper({ ...IN_WECHAT, baseURL: carnival.url });
  await open(page, '/mine');
  await expect(page.locator('.tally')).toBeVisible();
  await expect(account(page)).toHaveCount(0);
  await expect(page.locator('#app')).not.toContainText('登录');
  await open(page, '/rules');
  await expect(page.locator('#app')).not.toContainText('登录');
  await carnival.stop();
});

test('nobody is asked for anything by opening a page, and nothing leaves it before a tick', async ({ shopper }) => {
  const page = await shopper(IN_WECHAT);
  const requests = asked(page);
  await open(page, '/mine');
  await expect(account(page)).toContainText('访客');
  await expect(sheet(page)).toHaveCount(0);
  await page.getByTestId('sign-in').tap();
  await expect(sheet(page)).toContainText('privacy@example.com');
  await expect(sheet(page)).toContainText('90 天');
  await expect(sheet(page)).toContainText('快递公司');
  for (const box of ['agree', 'nickname']) await expect(page.getByTestId(box)).not.toBeChecked();
  // Once it stands still: it says that it is not to be tapped yet, and why if it is.
  await sheet(page).getByRole('button', { name: '暂不' }).tap({ trial: true });
  await page.getByTestId('sign-in-go').tap({ force: true });
  await expect(sheet(page)).toContainText('请先勾选同意');
  await sheet(page).locator('label', { hasText: '昵称' }).tap();
  // Once it stands still: it says that it is not to be tapped yet, and why if it is.
  await sheet(page).getByRole('button', { name: '暂不' }).tap({ trial: true });
  await page.getByTestId('sign-in-go').tap({ force: true });
  await expect(sheet(page)).toContainText('请先勾选同意');
  await sheet(page).getByRole('button', { name: '暂不' }).tap();
  await expect(sheet(page)).toHaveCount(0);
  // What was ticked on a sheet that was closed is not ticked on the next one.
  await page.getByTestId('sign-in').tap();
  await sheet(page).locator('label', { hasText: '我已阅读并同意' }).tap();
  await expect(page.getByTestId('agree')).toBeChecked();
  await page.keyboard.press('Escape');
  await page.getByTestId('sign-in').tap();
  await expect(page.getByTestId('agree')).not.toBeChecked();
  expect(requests).toEqual([]);
  expect((await mine(page)).consent).toBeNull();
});

test('in WeChat a tick and a tap sign in, silently, and the address says nothing of it', async ({ shopper, platform }) => {
  const page = await shopper(IN_WECHAT);
  const requests = asked(page);
  await open(page, '/stars');
  await vote(page, '陆星也');
  await signIn(page);
  await expect(page).toHaveURL(/\/mine$/);
  await expect(account(page)).toContainText('微信');
  await expect(page.getByTestId('sign-in')).toHaveCount(0);
  const authorize = requests.find((request) => request.includes('/connect/oauth2/authorize'));
  expect(authorize).toContain('scope=snsapi_base');
  expect(requests.indexOf(authorize as string)).toBeGreaterThan(requests.findIndex((it) => it.startsWith('POST')));
  const me = await mine(page);
  expect(me.account).toMatchObject({ provider: 'wechat', nickname: null });
  expect(me.consent.version).toBe('2026-06-01');
  expect(me.votes.by_star).toHaveLength(1);
  // Said once.
  await open(page, '/mine');
  await expect(account(page)).toContainText('微信');
  await expect(page.getByTestId('toast')).toHaveCount(0);
  expect(await platform.calls(EXCHANGE)).toBe(1);
});

test('Back, and the page of the code once more, change nothing', async ({ shopper, platform }) => {
  const page = await shopper(IN_WECHAT);
  const requests = asked(page);
  await signIn(page);
  const back = requests.find((request) => request.includes('/auth/wechat/return'))?.split(' ')[1] as string;
  expect(back).toContain('code=');
  await page.goBack();
  await expect(page).toHaveURL(/\/mine$/);
  await open(page, '/stars');
  await page.goto(back);
  await expect(page).toHaveURL(/\/mine$/);
  await expect(account(page)).toContainText('微信');
  expect(await platform.calls(EXCHANGE)).toBe(1);
  expect((await mine(page)).account.provider).toBe('wechat');
});

test('a nickname is given by a choice of its own, and shown to nobody but oneself', async ({ shopper, carnival }) => {
  const page = await shopper(IN_WECHAT);
  const requests = asked(page);
  await signIn(page, { nickname: true });
  expect(requests.some((request) => request.includes('scope=snsapi_userinfo'))).toBe(true);
  await expect(account(page)).toContainText('小艾');
  const friend = await shopper();
  await open(friend, '/mine');
  expect(await friend.content()).not.toContain('小艾');
  expect(JSON.stringify(await carnival.get('/api/v1/campaign'))).not.toContain('小艾');
});

test('QQ says who one is in a plain browser, which WeChat can not', async ({ shopper }) => {
  const page = await shopper();
  const requests = asked(page);
  await open(page, '/mine');
  await expect(page.getByTestId('sign-in')).toHaveText('用QQ登录');
  await page.getByTestId('sign-in').tap();
  await expect(page.getByTestId('nickname')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await agree(page);
  await expect(toast(page, '登录成功')).toBeVisible();
  await expect(account(page)).toContainText('QQ');
  expect(requests.some((request) => request.includes('/connect/'))).toBe(false);
});

const ENDINGS = [
  ['who says no there', { refuses: true }, '没有授权'],
  ['a snapshot page, which is told what to do,', { is_snapshot: true }, '使用完整服务'],
  ['a code that is good for nothing, twice,', { codes_spoilt: 9 }, '没有登录成功'],
] as const;

for (const [who, settings, words] of ENDINGS) {
  test(`${who} stays a guest, and everything goes on`, async ({ shopper, platform, carnival }) => {
    const page = await shopper(IN_WECHAT);
    await platform.set(settings);
    await open(page, '/mine');
    await agree(page);
    await expect(toast(page, words)).toBeVisible();
    await expect(page).toHaveURL(/\/mine$/);
    await expect(account(page)).toContainText('访客');
    await expect(account(page), 'and still there when the toast is gone').toContainText(words);
    expect((await mine(page)).account).toBeNull();
    await page.getByTestId('tab-stars').tap();
    await vote(page, '陆星也');
    await expect.poll(() => counted(carnival, 'lu-xingye')).toBe(1);
    // The next try is as good as the first.
    await platform.set({ refuses: false, is_snapshot: false, codes_spoilt: 0 });
    await signIn(page);
  });
}

test('a platform that breaks down on the way back costs nobody their page', async ({ shopper, platform }) => {
  const page = await shopper(IN_WECHAT);
  await page.route('**/auth/wechat?**', async (route) => {
    // The platform lets them go, and then answers the server no more.
    const out = await route.fetch({ maxRedirects: 0 });
    const back = await fetch(out.headers().location as string, { redirect: 'manual' });
    await platform.set({ health: 'failing' });
    await route.fulfill({ status: 303, headers: { location: back.headers.get('location') as string } });
  });
  await open(page, '/mine');
  await agree(page);
  await expect(toast(page, '没有登录成功')).toBeVisible();
  await expect(page).toHaveURL(/\/mine$/);
  await expect(page.getByTestId('sign-in')).toBeVisible();
});

test('Back from a platform whose page is broken leads to a page that works', async ({ shopper, platform }) => {
  const page = await shopper(IN_WECHAT);
  await platform.set({ health: 'failing' });
  await open(page, '/mine');
  await agree(page);
  await expect(page).toHaveURL(/\/connect\/oauth2\/authorize/);
  await platform.set({ health: 'well' });
  await page.goBack();
  await expect(page).toHaveURL(/\/mine$/);
  await expect(sheet(page)).toHaveCount(0);
  await agree(page);
  await expect(toast(page, '登录成功')).toBeVisible();
});

test('two phones become one person, without a vote too many', async ({ shopper, carnival }) => {
  const [phone, tablet] = [await shopper(IN_WECHAT), await shopper(IN_WECHAT)];
  for (const page of [phone, tablet]) await open(page, '/stars');
  for (const star of ['陆星也', '阮知夏']) await vote(phone, star);
  await expect.poll(() => counted(carnival, 'ruan-zhixia')).toBe(1);
  await signIn(phone);
  for (const star of ['陆星也', '阮知夏']) await vote(tablet, star);
  await expect.poll(() => counted(carnival, 'lu-xingye')).toBe(2);
  await expect.poll(() => counted(carnival, 'ruan-zhixia')).toBe(2);
  await signIn(tablet);
  expect((await mine(tablet)).votes).toEqual((await mine(phone)).votes);
  for (const star of ['lu-xingye', 'ruan-zhixia']) await expect.poll(() => counted(carnival, star)).toBe(1);
  await expect(tablet.locator('.tally__cell').nth(2)).toContainText('2');
});

test('what was agreed to is taken back as easily: a tap, and what that means', async ({ shopper, carnival }) => {
  const page = await shopper(IN_WECHAT);
  await open(page, '/stars');
  await vote(page, '陆星也');
  await signIn(page);
  await page.getByTestId('withdraw').tap();
  await expect(sheet(page)).toContainText('忘记平台编号');
  await expect(sheet(page)).toContainText('会保留');
  await sheet(page).getByRole('button', { name: '暂不' }).tap();
  await expect(account(page)).toContainText('微信');
  await page.getByTestId('withdraw').tap();
  await page.getByTestId('withdraw-go').tap();
  await expect(toast(page, '已撤回')).toBeVisible();
  await expect(sheet(page)).toHaveCount(0);
  await expect(account(page)).toContainText('访客');
  await expect(page.getByTestId('withdraw')).toHaveCount(0);
  const me = await mine(page);
  expect([me.account, me.consent, me.votes.by_star.length]).toEqual([null, null, 1]);
  expect(await counted(carnival, 'lu-xingye')).toBe(1);
});

test('a consent that the network loses is sent again under its key, and leads on', async ({ shopper, carnival }) => {
  const network = await FaultProxy.start(carnival.url);
  const page = await shopper({ ...IN_WECHAT, baseURL: network.url });
  const keys: string[] = [];
  page.on('request', (request) => {
    if (/\/consents$/.test(request.url())) keys.push(`${request.headers()['idempotency-key']}`);
  });
  await open(page, '/mine');
  network.inject({ request: /^POST \/api\/v1\/consents /, kind: 'cut-answer', times: Infinity });
  await agree(page);
  await expect.poll(() => keys.length, { timeout: 20_000 }).toBeGreaterThan(1);
  network.up();
  await expect(toast(page, '登录成功')).toBeVisible({ timeout: 20_000 });
  expect(new Set(keys).size).toBe(1);
  await network.stop();
});

test('the sheet fits a small screen and large letters, has no small target, and axe finds nothing', async ({ shopper }) => {
  const page = await shopper({ ...IN_WECHAT, viewport: { width: 320, height: 568 } });
  await open(page, '/mine');
  for (const size of ['100%', '140%']) {
    await page.evaluate((size) => (document.documentElement.style.fontSize = size), size);
    await page.getByTestId('sign-in').tap();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    const small = await sheet(page).evaluate((sheet) => {
      const wide = sheet.scrollWidth > sheet.clientWidth ? ['wider than the screen'] : [];
      const targets = [...sheet.querySelectorAll<HTMLElement>('a, button, label')];
      return wide.concat(targets.filter((it) => it.getBoundingClientRect().height < 43.5).map((it) => it.outerHTML));
    });
    expect(small, `letters of ${size}`).toEqual([]);
    // The way on can be reached by scrolling inside the sheet.
    await page.getByTestId('sign-in-go').scrollIntoViewIfNeeded();
    await expect(page.getByTestId('sign-in-go')).toBeInViewport();
    const found = await page.evaluate(`${axe.source}; axe.run({ resultTypes: ['violations'] })`);
    const told = (found as any).violations.filter(({ impact }: any) => impact === 'serious' || impact === 'critical');
    expect(told.map(({ id, nodes }: any) => `${id} ${nodes[0].html}`)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('sign-in')).toBeFocused();
  }
});

test('reach is told by the way the link went', async ({ shopper }) => {
  const page = await shopper();
  await open(page, '/mine');
  await expect(page.getByTestId('reach')).toHaveCount(0);
  const path = await page.evaluate(async () => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': 'a-link-of-the-group-1' };
    const body = JSON.stringify({ landing: { page: 'rush' }, channel: 'group' });
    return (await (await fetch('/api/v1/links', { method: 'POST', headers, body })).json()).path as string;
  });
  await open(await shopper(), path);
  await expect
    .poll(async () => {
      await open(page, '/mine');
      return page.getByTestId('reach').allInnerTexts();
    })
    .toEqual([expect.stringMatching(/群聊\s*1/)]);
});
