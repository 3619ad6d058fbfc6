/** The share card in WeChat: the official SDK over a bridge that verifies as a real client does. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { Carnival, FAST_CAMPAIGN } from '../fixtures/carnival.ts';
import { expect, open, test as base } from '../fixtures/journey.ts';
import { Platform } from '../fixtures/platform.ts';
import { type Manner, putBridge, SDK_HOSTS, serveSdk, told, USER_AGENT } from './bridge.ts';

const FRIEND = 'updateAppMessageShareData';
const MOMENTS = 'updateTimelineShareData';
const ACCOUNT = '\n[wechat]\napp_id = "wx0123456789abcdef"\n';

interface Client {
  page: Page;
  /** What was asked of the SDK's hosts. */
  asked: string[];
}

interface Fixtures {
  platform: Platform;
  /** Somebody's WeChat. */
  client: (userAgent: string, manner: Manner, down?: string[]) => Promise<Client>;
}

const test = base.extend<Fixtures>({
  platform: async ({}, use) => {
    const platform = await Platform.start();
    await use(platform);
    await platform.stop();
  },
  carnival: async ({ platform }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'carnival-chat-'));
    const campaign = join(folder, 'campaign.toml');
    writeFileSync(campaign, readFileSync(FAST_CAMPAIGN, 'utf8') + ACCOUNT);
    // The hosts of the SDK are the real ones, which the tests serve.
    const { CARNIVAL_WECHAT_SDK: _none, ...environment } = platform.environment;
    const carnival = await Carnival.start(campaign, environment);
    await use(carnival);
    await carnival.stop();
    rmSync(folder, { recursive: true, force: true });
  },
  client: async ({ shopper, platform }, use) => {
    await use(async (userAgent, manner, down) => {
      const page = await shopper({ userAgent });
      await putBridge(page.context(), platform.url, manner);
      const asked = await serveSdk(page.context(), down);
      return { page, asked };
    });
  },
});

/** Waits until the bridge has been told of a card with this title, and returns it. */
async function card(page: Page, name: string, title: string) {
  await expect.poll(async () => (await told(page, name)).at(-1)?.title, { timeout: 15_000 }).toBe(title);
  return (await told(page, name)).at(-1) as Record<string, string>;
}

/** Where a link leads, as the server says to whoever opens it. */
async function landing(link: string) {
  const html = await (await fetch(link)).text();
  const boot = /<script type="application\/json" id="boot">(.*?)<\/script>/s.exec(html)?.[1];
  return JSON.parse(boot as string).landing;
}

const PHONES = [
  ['android', USER_AGENT.android, 'current'],
  ['ios', USER_AGENT.ios, 'landing'],
  ['harmony', USER_AGENT.harmony, 'current'],
] as const;

for (const [name, userAgent, checks] of PHONES) {
  test(`what a friend sees is what is on the screen: page, star and item (${name})`, async ({ client, carnival }) => {
    const { page } = await client(userAgent, { checks });
    await open(page, '/?from=singlemessage&isappinstalled=0');
    const whole = await card(page, FRIEND, '十二秒嘉年华');
    expect(whole).toMatchObject({ desc: '一起来逛逛', imgUrl: `${carnival.url}/art/cover.png` });
    expect(whole.link.startsWith(`${carnival.url}/s/`)).toBe(true);
    expect(whole.link.length).toBeLessThanOrEqual(120);
    expect(await landing(whole.link)).toEqual({ page: 'rush' });
    const moments = await card(page, MOMENTS, '十二秒嘉年华');
    expect(moments.link, 'another channel, another link').not.toBe(whole.link);

    await page.getByTestId('tab-stars').tap();
    const stars = await card(page, FRIEND, '明星榜 · 十二秒嘉年华');
    expect(await landing(stars.link)).toEqual({ page: 'stars' });

    await page.getByTestId('star-row').first().getByRole('link').first().tap();
    await expect(page).toHaveURL(/\/stars\/[a-z-]+$/);
    const id = new URL(page.url()).pathname.split('/')[2];
    const { stars: known } = await carnival.get('/api/v1/campaign');
    const { name: starName } = known.find((known: { id: string }) => known.id === id);
    await expect(page.locator('#app')).toContainText(starName.zh);
    const star = await card(page, FRIEND, `${starName.zh} · 十二秒嘉年华`);
    expect(await landing(star.link)).toEqual({ page: 'star', star_id: id });

    await page.getByTestId('tab-goods').tap();
    await card(page, FRIEND, '好物 · 十二秒嘉年华');
    const item = page.getByTestId('item').first();
    const itemName = await item.getByRole('heading').innerText();
    await item.getByRole('button', { name: '分享' }).tap();
    const shared = await card(page, FRIEND, `${itemName} · 十二秒嘉年华`);
    expect((await landing(shared.link)).page).toBe('item');
    await expect(page.getByTestId('share-guide')).toBeVisible();
  });
}

for (const [name, userAgent, usual] of PHONES.slice(0, 2)) {
  test(`a client that checks the other address is served by one more try (${name})`, async ({ client }) => {
    const { page } = await client(userAgent, { checks: usual === 'current' ? 'landing' : 'current' });
    await page.goto('/?from=singlemessage');
    await card(page, FRIEND, '十二秒嘉年华');
    expect(await told(page, 'preVerifyJSAPI')).toHaveLength(2);
  });
}

test('the address is chosen before any routing: a tap ahead of the SDK changes nothing', async ({ client }) => {
  const { page } = await client(USER_AGENT.ios, { checks: 'landing' });
  await open(page, '/coupons?from=timeline');
  await page.getByTestId('tab-stars').tap();
  await card(page, FRIEND, '明星榜 · 十二秒嘉年华');
  expect(await told(page, 'preVerifyJSAPI')).toHaveLength(1);
});

test('a bridge that comes late gets its card late', async ({ client }) => {
  const { page } = await client(USER_AGENT.android, { checks: 'current', lateMs: 4000 });
  await open(page, '/');
  await card(page, FRIEND, '十二秒嘉年华');
});

/** The guide is there, the address bar wears the link, and nobody is told of anything gone wrong. */
async function fallsBack(page: Page) {
  await page.getByTestId('share').tap();
  await expect(page.getByTestId('share-guide')).toBeVisible();
  await expect(page).toHaveURL(/\/s\//);
  await expect(page.getByTestId('toast')).toHaveCount(0);
}

test('a domain that is not on the list is tried once; the address bar carries the link instead', async ({ client }) => {
  const { page } = await client(USER_AGENT.android, { checks: 'current', says: 'config:invalid url domain' });
  await open(page, '/');
  await expect.poll(() => told(page, 'preVerifyJSAPI')).toHaveLength(1);
  await fallsBack(page);
  expect(await told(page, FRIEND)).toHaveLength(0);
});

test('a client that never answers is waited for by nobody', async ({ client }) => {
  const { page } = await client(USER_AGENT.android, { checks: 'current', isSilent: true });
  await open(page, '/');
  await expect.poll(() => told(page, 'preVerifyJSAPI')).toHaveLength(1);
  await fallsBack(page);
});

test('the second host of the SDK stands in for the first', async ({ client }) => {
  const { page, asked } = await client(USER_AGENT.android, { checks: 'current' }, [SDK_HOSTS[0]]);
  await open(page, '/');
  await card(page, FRIEND, '十二秒嘉年华');
  expect(asked.filter((url) => url.includes('jweixin')).map((url) => url.split('/')[0])).toEqual(SDK_HOSTS);
});

test('without the SDK the page works on', async ({ client }) => {
  const { page, asked } = await client(USER_AGENT.android, { checks: 'current' }, SDK_HOSTS);
  await open(page, '/');
  await expect.poll(() => asked.filter((url) => url.includes('jweixin')).length).toBe(2);
  await fallsBack(page);
});

test('without a signature the SDK is not even loaded', async ({ client, platform }) => {
  await fetch(`${platform.url}/stand-in/settings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ health: 'failing' }),
  });
  const { page, asked } = await client(USER_AGENT.android, { checks: 'current' });
  const refused = page.waitForResponse((response) => response.url().includes('/wechat/signature'));
  await open(page, '/');
  expect((await refused).status()).toBe(503);
  await fallsBack(page);
  expect(asked).toEqual([]);
});

test('a browser loads nothing of it', async ({ shopper }) => {
  const page = await shopper();
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await open(page, '/');
  await page.waitForTimeout(2500);
  expect(requests.filter((url) => /qq\.com|carnival-chat|signature/.test(url))).toEqual([]);
});

test('an operator sees on the phone what went wrong and why', async ({ client }) => {
  const { page } = await client(USER_AGENT.ios, { checks: 'landing', says: 'config:invalid url domain' });
  await open(page, '/?debug=share');
  const panel = page.getByTestId('debug-share');
  await expect(panel).toContainText('wechat-ios', { timeout: 15_000 });
  await page.waitForTimeout(1500);
  await panel.getByRole('button', { name: '刷新' }).tap();
  await expect(panel).toContainText('config:invalid url domain');
  await expect(panel).toContainText('JS 接口安全域名');
  await expect(panel).toContainText('微信会显示');
  await page.screenshot({ path: '../target/e2e/debug-share.png' });
  await panel.getByRole('button', { name: '关闭' }).tap();
  await expect(panel).toHaveCount(0);
});
