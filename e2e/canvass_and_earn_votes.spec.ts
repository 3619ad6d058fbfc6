/** Mechanics of 2016, where the policy is open and the file names them: votes that one's link brought, and votes that friends earn. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { Carnival, FAST_CAMPAIGN } from './fixtures/carnival.ts';
import { expect, isReady, mine, open, test, vote } from './fixtures/journey.ts';

const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] };
const STAR = '/stars/lu-xingye';

/** The fast campaign where votes are counted for whose link brought them, and each friend earns two votes, three a day. */
const PLAYED = [
  ['policy = "strict"', 'policy = "open"\nacknowledge = ["canvassing-counter", "votes-per-friend"]'],
  ['per_star_per_day = 1', 'per_star_per_day = 1\ncanvassing_counter = true\nvotes_per_friend = 2\nvotes_by_friends_per_day = 3'],
] as const;

async function played(journey: (carnival: Carnival) => Promise<void>) {
  const folder = mkdtempSync(join(tmpdir(), 'carnival-friends-'));
  const campaign = join(folder, 'friends.toml');
  const file = PLAYED.reduce((file, [from, to]) => file.replace(from, to), readFileSync(FAST_CAMPAIGN, 'utf8'));
  writeFileSync(campaign, file);
  const carnival = await Carnival.start(campaign);
  try {
    await journey(carnival);
  } finally {
    await carnival.stop();
    rmSync(folder, { recursive: true });
  }
}

/** Shares the page that is shown, and gives the link that is then in the clipboard. */
async function copiedLink(page: Page): Promise<string> {
  await page.getByTestId('share').tap();
  await expect(page.getByTestId('toast').filter({ hasText: '链接已复制' })).toBeVisible();
  return page.evaluate(() => navigator.clipboard.readText());
}

/** A friend comes by a link, and the server has taken note of it. */
async function comes(friend: Page, link: string) {
  const noted = friend.waitForResponse((response) => response.url().endsWith('/api/v1/visits'));
  await friend.goto(link);
  expect((await noted).status()).toBe(200);
  await isReady(friend);
}

/** The page goes behind another app, and comes back. */
async function backFromTheChat(page: Page) {
  for (const hidden of [true, false]) {
    await page.evaluate((hidden) => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => (hidden ? 'hidden' : 'visible') });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  }
}

test('a friend who comes by my link gives me votes for today, and the page says so when I am back', async ({ shopper }) => {
  await played(async ({ url }) => {
    const [me, friend] = [await shopper({ ...CLIPBOARD, baseURL: url }), await shopper({ baseURL: url })];
    await open(me, '/stars');
    const quota = me.getByTestId('quota');
    await expect(quota).toHaveText('今日剩 3 票');
    const earned = me.getByTestId('by-friends');
    await expect(earned).toHaveText('今天好友带来 0 票 · 来了 0 位');
    await expect(me.locator('.leaderboard__note')).toContainText('每位好友第一次点你的链接进来，你当天增加 2 票，每天最多增加 3 票');
    for (const star of ['阮知夏', '陆星也', '唐小满']) await vote(me, star);
    await expect(quota).toHaveText('今日剩 0 票');
    await expect(me.getByTestId('star-row').filter({ hasText: '顾北川' }).getByTestId('vote')).toHaveAttribute('data-state', 'spent');
    const link = await copiedLink(me);
    const place = (await earned.boundingBox())!.y;

    await comes(friend, link);
    await backFromTheChat(me);
    await expect(quota).toHaveText('今日剩 2 票');
    await expect(earned).toHaveText('今天好友带来 2 票 · 来了 1 位');
    await expect(quota.locator('.quota__pip[data-left]')).toHaveCount(2);
    expect((await earned.boundingBox())!.y, 'no line has come in between').toBe(place);
    await vote(me, '顾北川');
    await expect(quota).toHaveText('今日剩 1 票');
    await expect.poll(async () => (await mine(me)).votes.by_star.length).toBe(4);
    await comes(friend, link);
    await comes(me, link);
    await open(me, '/stars');
    await expect(earned, 'neither the same friend again nor oneself').toHaveText('今天好友带来 2 票 · 来了 1 位');
    await open(me, STAR);
    await expect(me.locator('header')).toContainText('今日剩 1 票 · 好友带来 2 票');

    await open(me, '/rules');
    await expect(me.locator('.prose')).toContainText('每天最多增加 3 票；每位明星仍最多 1 票');
    await open(friend, '/stars');
    await expect(friend.getByTestId('quota'), 'who comes earns nothing by it').toHaveText('今日剩 3 票');
  });
});

test('a friend lands on the star that the link carries, and their vote is counted as brought by it', async ({ shopper }) => {
  await played(async ({ url }) => {
    const [me, friend] = [await shopper({ ...CLIPBOARD, baseURL: url }), await shopper({ baseURL: url })];
    await open(me, STAR);
    const link = await copiedLink(me);
    await open(me, '/mine');
    await expect(me.getByTestId('no-reach')).toBeVisible();
    await expect(me.getByTestId('canvassed'), 'nothing before there is anything').toHaveCount(0);

    await comes(friend, link);
    await expect(friend).toHaveURL(url + STAR);
    await expect(friend.getByRole('heading', { name: '陆星也' })).toBeVisible();
    await friend.getByTestId('vote').tap();
    await expect(friend.getByTestId('vote')).toHaveAttribute('data-state', 'voted');
    await expect.poll(async () => (await mine(friend)).votes.by_star.length).toBe(1);

    await open(me, '/mine');
    const line = me.getByTestId('canvassed');
    await expect(line).toHaveCount(1);
    await expect(line).toContainText('陆星也');
    await expect(line).toContainText('你的拉票带来 1 票');
    await line.getByRole('link').tap();
    await expect(me).toHaveURL(url + STAR);
    await open(friend, '/mine');
    await expect(friend.getByTestId('my-vote')).toHaveCount(1);
    await expect(friend.getByTestId('canvassed'), 'who voted canvassed nothing').toHaveCount(0);
  });
});
