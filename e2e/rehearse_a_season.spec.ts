/** A whole season on a test clock: reveal, votes, rollover, draw, a prize let go and taken by the reserve, freeze, fans' draw. */
import type { Page } from '@playwright/test';
import { Carnival, checkIndependently, SEASON_CAMPAIGN } from './fixtures/carnival.ts';
import { currentRound, expect, open, row, test, vote } from './fixtures/journey.ts';

/** A day in a minute: at the usual 60x one test would take most of an hour. */
const PACE = 1440;
/** Two days, and the ten seconds before the first. */
const SEASON_MS = 150_000;
/** Enough of a round's ten seconds to tap twice and be told. */
const TO_JOIN_MS = 5_000;
const ROUND = { timeout: 25_000 };

test('a season goes from the first reveal to the last draw, and everything it says holds', async ({ browser }) => {
  test.setTimeout(SEASON_MS + 90_000);
  const carnival = await Carnival.start(SEASON_CAMPAIGN, {}, ['--rehearse', `${PACE}x`]);
  const pages = await Promise.all([shopper(), shopper()]);
  const [first, second] = pages as [Page, Page];

  async function shopper() {
    const context = await browser.newContext({ baseURL: carnival.url });
    return context.newPage();
  }
  /** A round with time to tap in it; times are the test clock's. */
  async function nextRound() {
    let round = await currentRound(carnival);
    await expect
      .poll(async () => {
        const { server_time: now } = await carnival.get('/api/v1/time');
        round = await currentRound(carnival);
        const [opens, closes] = [round.opens_at, round.closes_at].map((at) => Date.parse(at) - Date.parse(now));
        return (opens as number) <= 0 ? (closes as number) / PACE : 0;
      }, ROUND)
      .toBeGreaterThan(TO_JOIN_MS);
    return round;
  }
  async function bothJoin() {
    const round = await nextRound();
    for (const page of pages) {
      await page.getByTestId('join').tap();
      await expect(page.getByTestId('join')).toHaveAttribute('data-state', 'in');
    }
    return round;
  }
  const result = (page: Page, round: number) => page.locator('.round-card').filter({ hasText: `第 ${round} 场` });

  try {
    for (const page of pages) {
      await open(page, '/stars');
      await expect(page.getByTestId('rehearsal')).toContainText(String(PACE));
    }

    // Day 1. A silhouette; votes; nobody in the first round, so that its pool rolls over.
    await expect(first.getByTestId('leaderboard').locator('.star-row').last()).toContainText('神秘之星');
    await nextRound();
    await vote(first, '阮知夏');
    await vote(first, '陆星也');
    await vote(second, '阮知夏');
    await expect(row(second, '阮知夏').locator('.star-row__rank')).toHaveText('1', ROUND);
    await expect(row(second, '阮知夏').getByTestId('star-votes')).toHaveText('2', ROUND);
    for (const page of pages) await page.getByTestId('tab-rush').tap();
    await expect(first.locator('.ledger__row').filter({ hasText: '第 1 场' })).toContainText('滚入下一场', ROUND);

    // What rolled over is drawn; then a round with one prize for two.
    const rolled = await bothJoin();
    expect(rolled.pool.reduce((sum, lot) => sum + lot.count, 0)).toBeGreaterThan(1);
    for (const page of pages) await expect(result(page, rolled.round_id)).toHaveAttribute('data-outcome', 'won', ROUND);
    const single = await bothJoin();
    for (const page of pages) await expect(result(page, single.round_id)).toHaveAttribute('data-outcome', /won|lost/, ROUND);
    const outcomes = await Promise.all(pages.map((page) => result(page, single.round_id).getAttribute('data-outcome')));
    expect([...outcomes].sort()).toEqual(['lost', 'won']);
    const reserve = (outcomes[0] === 'won' ? second : first) as Page;
    const winner = (outcomes[0] === 'won' ? first : second) as Page;

    // Who won says nothing until the time is over; then it is the reserve's, on both pages, and in the public log.
    const prize = (page: Page) => page.getByTestId('win').filter({ hasText: `第 ${single.round_id} 场` });
    for (const page of pages) await page.getByTestId('tab-mine').tap();
    await expect(prize(winner)).toContainText('前填写', ROUND);
    await expect(prize(reserve)).toHaveCount(0);
    await expect(async () => {
      await reserve.reload();
      await expect(prize(reserve)).toContainText('候补第 1 位递补', { timeout: 1_000 });
    }).toPass({ timeout: 40_000 });
    await prize(reserve).getByTestId('fill-in').tap();
    const form = reserve.getByTestId('delivery');
    await form.getByTestId('delivery-name').fill('张小明');
    await form.getByTestId('delivery-phone').fill('13800138000');
    await form.getByTestId('delivery-address').fill('北京市朝阳区星光路 6 号');
    await form.getByTestId('delivery-submit').tap();
    await expect(prize(reserve)).toContainText('已提交：张**');
    await winner.reload();
    await expect(prize(winner)).toContainText('未在期限内领取');
    const { awards } = await carnival.get(`/api/v1/draws/${single.draw_id}/awards`);
    expect(awards.map((award: { state: string }) => award.state)).toEqual(['lapsed', 'claimed']);

    // Day 2: the star that was to come is there, and there are votes anew.
    for (const page of pages) await page.getByTestId('tab-stars').tap();
    await expect(row(first, '可米')).toBeVisible({ timeout: SEASON_MS });
    await vote(first, '可米');
    await vote(second, '可米');
    await expect(row(first, '可米').getByTestId('star-votes')).toHaveText('2', ROUND);

    // The end: the board stands still and says so, no round follows, the last one has drawn whatever was left.
    await expect(row(first, '可米').getByTestId('vote')).toHaveAttribute('data-state', 'over', { timeout: SEASON_MS });
    await first.getByTestId('tab-rush').tap();
    await expect(first.locator('.hero__round')).toContainText('活动已结束', ROUND);
    const { rounds } = await carnival.get('/api/v1/rounds');
    expect(rounds).toHaveLength(12);
    expect(rounds[0].ending).toBe('drawn');

    // Of the stars the first one's fans are drawn: two voted for each of the first two, and Ruan had her votes earlier.
    const { fans } = await carnival.get('/api/v1/fans');
    const endings = fans.draws.map((draw: any) => [draw.star_id, draw.ending, draw.entry_count]);
    expect(endings).toEqual([
      ['ruan-zhixia', 'held', 2],
      ['lu-xingye', 'undrawn', 1],
      ['kemi', 'undrawn', 2],
    ]);
    for (const page of pages) {
      await page.getByTestId('tab-mine').tap();
      await page.reload();
    }
    const place = (page: Page) => page.getByTestId('fan-receipt').filter({ hasText: '阮知夏' });
    const won = await Promise.all(pages.map(async (page) => {
      await expect(place(page).locator('.chip')).toHaveText(/已中奖|未中奖/, ROUND);
      return /已中奖/.test((await place(page).locator('.chip').textContent()) ?? '');
    }));
    expect([...won].sort(), 'one photo, two fans').toEqual([false, true]);
    const photo = (won[0] ? first : second).getByTestId('win').filter({ hasText: '亲笔签名照' });
    await expect(photo.getByTestId('fill-in')).toBeVisible();

    // Every draw of the season holds, by a checker that shares no code with us.
    const draws = rounds.filter((round: any) => round.ending === 'drawn').map((round: any) => round.draw_id);
    draws.push(...fans.draws.filter((draw: any) => draw.is_drawn).map((draw: any) => draw.draw_id));
    expect(draws.length).toBeGreaterThanOrEqual(4);
    const checked = await checkIndependently(...draws.map((draw: string) => `${carnival.url}/api/v1/draws/${draw}/proof`));
    expect(checked.code, checked.output).toBe(0);
    expect(checked.output.trim().split('\n')).toHaveLength(draws.length);
  } finally {
    await Promise.all(pages.map((page) => page.context().close()));
    await carnival.stop();
  }
});
