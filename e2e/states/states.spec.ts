/** Brings the page into each of its states, and takes a picture of each. */
import type { Page } from '@playwright/test';
import { Carnival, runCarnival, SEASON_CAMPAIGN } from '../fixtures/carnival.ts';
import { busy, coupon, currentRound, expect, open, roundWithTimeLeft, test, vote } from '../fixtures/journey.ts';
import { picture, writeAlbum } from './album.ts';

const TO_JOIN_MS = 6_000;
const TO_THE_BELL = { timeout: 25_000 };

test.afterAll(writeAlbum);

/** Brings what is meant into the middle of the screen. */
async function look(page: Page, selector: string) {
  await page.locator(selector).first().evaluate((element) => element.scrollIntoView({ block: 'center', behavior: 'instant' }));
}

test('rush', async ({ carnival, network, shopper }) => {
  test.setTimeout(240_000);
  const section = 'Rush';
  const [page, other] = [await shopper({ baseURL: network.url }), await shopper()] as [Page, Page];
  await open(page, '/');
  await open(other, '/');
  await roundWithTimeLeft(carnival, 8_000);
  await picture(page, section, 'rush-open', 'A round is open');
  await page.getByTestId('join').tap();
  await expect(page.getByTestId('join')).toHaveAttribute('data-state', 'in');
  await picture(page, section, 'rush-in', 'One is in, with a receipt');
  const short = await currentRound(carnival);
  const result = (page: Page, round: number) => page.locator('.round-card').filter({ hasText: `第 ${round} 场` });
  await expect(result(page, short.round_id)).toHaveAttribute('data-outcome', 'rolled-over', TO_THE_BELL);
  await look(page, '.round-card');
  await picture(page, section, 'rush-rolled-over', 'Too few came: pool and entry roll over');

  // A drawn round with a winner and one who lost: the pool that rolled over is played out first.
  let round = await roundWithTimeLeft(carnival, TO_JOIN_MS);
  for (;;) {
    for (const it of [page, other]) {
      await it.getByTestId('join').tap();
      await expect(it.getByTestId('join')).toHaveAttribute('data-state', 'in');
    }
    await expect(result(page, round.round_id)).toHaveAttribute('data-outcome', /won|lost/, TO_THE_BELL);
    if (round.pool.every(({ count }) => count === 1)) break;
    round = await roundWithTimeLeft(carnival, TO_JOIN_MS);
  }
  await look(page, '.round-card');
  await picture(page, section, 'rush-rolling', 'The number rolls in');
  await expect(result(other, round.round_id)).toHaveAttribute('data-outcome', /won|lost/, TO_THE_BELL);
  await page.waitForTimeout(3_500);
  const firstWon = (await result(page, round.round_id).getAttribute('data-outcome')) === 'won';
  for (const [it, name, caption] of [
    [firstWon ? page : other, 'rush-won', 'Drawn: won'],
    [firstWon ? other : page, 'rush-lost', 'Drawn: not this time'],
  ] as const) {
    await look(it, '.round-card');
    await picture(it, section, name, caption);
  }
  await look(page, '.ledger__row');
  await picture(page, section, 'rush-ledger', 'The public ledger of rounds');
  await page.locator('.ledger__row').getByRole('button', { name: '验证这次抽奖' }).first().tap();
  await expect(page.getByTestId('verify-result')).toBeVisible({ timeout: 20_000 });
  await page.waitForTimeout(1_000);
  await picture(page, section, 'rush-check', '“Check this draw”, done in the page');

  const server = ['--url', carnival.url, '--data-dir', carnival.dataDir];
  await open(other, '/');
  await roundWithTimeLeft(carnival, 4_000);
  await runCarnival('operator', 'pause', '--note', '设备检修，马上回来', ...server);
  await expect(other.locator('.hero__round')).toContainText('已暂停');
  await picture(other, section, 'rush-paused', 'Paused by the operator, with a note');
  await runCarnival('operator', 'resume', ...server);
  await network.down();
  await open(other, '/');
});

test('stars', async ({ shopper }) => {
  const section = 'Stars';
  const page = await shopper();
  await open(page, '/stars');
  await picture(page, section, 'stars-ready', 'Three votes a day');
  await vote(page, '唐小满');
  await expect(page.locator('.quota')).toContainText('今日剩 2 票');
  await picture(page, section, 'stars-voted', 'One is cast: the row has moved');
  await vote(page, '陆星也');
  await vote(page, '顾北川');
  await expect(page.locator('.quota')).toContainText('今日剩 0 票');
  await picture(page, section, 'stars-spent', 'None is left today');
  await look(page, '[data-testid=leaderboard] .star-row:last-child');
  await picture(page, section, 'stars-hidden', 'Who is to come is a silhouette');
  await open(page, '/stars/tang-xiaoman');
  await picture(page, section, 'stars-one', 'A star’s own page');
});

test('coupons', async ({ shopper }) => {
  const section = 'Coupons';
  const [page, rival] = [await shopper(), await shopper()] as [Page, Page];
  await open(page, '/coupons');
  await picture(page, section, 'coupons-open', 'Open, with what is left');
  await coupon(page, '人人有份').getByTestId('claim').tap();
  await expect(page.locator('.coupon-card__code')).toBeVisible();
  await picture(page, section, 'coupons-mine', 'Mine, with its code');
  await open(rival, '/coupons');
  await coupon(rival, '最后一张').getByTestId('claim').tap();
  await expect(coupon(page, '最后一张')).toContainText('抢光', { timeout: 10_000 }).catch(() => undefined);
  await look(page, '[data-testid=coupon]:last-of-type');
  await picture(page, section, 'coupons-others', 'Sold out, not open yet, over');
});

test('goods and mine', async ({ shopper }) => {
  const page = await shopper();
  await open(page, '/mine');
  await picture(page, 'Mine', 'mine-empty', 'Nothing yet');
  await open(page, '/goods');
  await picture(page, 'Goods', 'goods', 'Each with the reason for its place');
  await busy(page);
  await page.getByTestId('tab-mine').tap();
  await picture(page, 'Mine', 'mine', 'An entry, a vote, a coupon');
  await open(page, '/rules');
  await picture(page, 'Mine', 'rules', 'The rules, and who answers for them');
});

test('over the page', async ({ shopper }) => {
  const section = 'Over the page';
  const page = await shopper();
  await open(page, '/');
  await page.getByTestId('poster-button').tap();
  await expect(page.locator('#poster-frame img')).toBeVisible({ timeout: 15_000 });
  await picture(page, section, 'poster', 'A poster to keep');
  const chat = await shopper({
    userAgent:
      'Mozilla/5.0 (Linux; Android 12; M2102K1C) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 XWEB/1160117 MMWEBSDK/20231105 MicroMessenger/8.0.44.2502(0x28002C51) WeChat/arm64 Weixin NetType/WIFI Language/zh_CN ABI/arm64',
  });
  await open(chat, '/');
  await chat.getByTestId('share').first().tap();
  await expect(chat.getByTestId('share-guide')).toBeVisible();
  await picture(chat, section, 'share-guide', 'In WeChat: the way to the ··· menu');
});

test('a season: prizes, a rehearsal, the end', async ({ browser }) => {
  test.setTimeout(300_000);
  const carnival = await Carnival.start(SEASON_CAMPAIGN, {}, ['--rehearse', '1440x', '--demo-crowd', '40']);
  const context = await browser.newContext({ baseURL: carnival.url });
  const page = await context.newPage();
  try {
    await open(page, '/');
    await picture(page, 'A rehearsal', 'rehearsal', 'The test clock is said plainly');
    await expect(page.locator('.hero__round')).toContainText('活动已结束', { timeout: 200_000 });
    await picture(page, 'A rehearsal', 'over-rush', 'The end of the rounds');
    await open(page, '/stars');
    await picture(page, 'A rehearsal', 'over-stars', 'The board stands still');
  } finally {
    await context.close();
    await carnival.stop();
  }
});

test('troubles', async ({ network, shopper }) => {
  const section = 'Troubles';
  network.inject({ request: /^GET \/carnival-page-\w+\.wasm /, kind: 'hold', times: Infinity });
  const page = await shopper({ baseURL: network.url });
  await page.goto('/');
  await page.waitForTimeout(500);
  await picture(page, section, 'frame', 'The frame, before any module');
  network.release();
  await page.waitForFunction(() => window.__carnival.marks.ready !== undefined);
  await page.context().setOffline(true);
  await expect(page.locator('.offline')).toBeVisible();
  await picture(page, section, 'offline', 'No network');
  await page.context().setOffline(false);
  await page.goto('/nowhere');
  await page.waitForFunction(() => window.__carnival.marks.ready !== undefined);
  await expect(page.locator('main')).not.toHaveAttribute('aria-busy', 'true');
  await picture(page, section, 'nowhere', 'A path that is not ours');
});
