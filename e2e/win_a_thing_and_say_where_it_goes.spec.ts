/** A winner says where the prize goes, is told what is wrong beside the field, and sees only a masked part of it again. */
import { type Page } from '@playwright/test';
import { runCarnival } from './fixtures/carnival.ts';
import { currentRound, expect, mine, open, roundWithTimeLeft, test } from './fixtures/journey.ts';

/** Enough to tap twice and be told, on a busy machine. */
const TO_JOIN_MS = 6_000;
/** A round, and the moment in which its result is fetched. */
const TO_THE_BELL = { timeout: 20_000 };

test('the winner of a thing fills in the form, changes it, and the operator sends it', async ({ carnival, shopper }) => {
  const pages = [await shopper(), await shopper()] as const;
  await Promise.all(pages.map((page) => open(page, '/')));
  let round = await roundWithTimeLeft(carnival, TO_JOIN_MS);
  while (round.pool.reduce((prizes, { count }) => prizes + count, 0) > 1) {
    // A round to which nobody came has rolled over, and now both would win: two others take those prizes first.
    for (const other of [await shopper(), await shopper()]) {
      await open(other, '/');
      await other.getByTestId('join').tap();
    }
    await expect.poll(async () => (await currentRound(carnival)).round_id, TO_THE_BELL).toBeGreaterThan(round.round_id);
    round = await roundWithTimeLeft(carnival, TO_JOIN_MS);
  }
  for (const page of pages) await page.getByTestId('join').tap();
  const result = (page: Page) => page.locator('.round-card').filter({ hasText: `第 ${round.round_id} 场` });
  for (const page of pages) {
    await expect(result(page)).toHaveAttribute('data-outcome', /won|lost/, TO_THE_BELL);
  }
  const outcomes = await Promise.all(pages.map((page) => result(page).getAttribute('data-outcome')));
  expect([...outcomes].sort(), 'one prize, two people').toEqual(['lost', 'won']);
  const [winner, loser] = outcomes[0] === 'won' ? pages : [pages[1], pages[0]];

  // What rolls in is what the server drew, and no more of it than tells who won.
  const [won] = (await carnival.get(`/api/v1/draws/${round.draw_id}/proof`)).winners;
  for (const page of pages) {
    await expect(result(page).getByTestId('reels')).toHaveText(`${won.entry_id.slice(0, 4)}**`);
    await expect(page.locator('[aria-live=polite]').filter({ hasText: '中奖号' })).toContainText(won.entry_id.slice(0, 4));
  }

  await winner.getByTestId('tab-mine').tap();
  const prize = winner.getByTestId('win');
  await expect(prize).toContainText('前填写');
  await prize.getByTestId('fill-in').tap();
  const form = winner.getByTestId('delivery');
  await expect(form).toContainText('寄出 30 天后删除');
  const field = (name: string) => form.getByTestId(`delivery-${name}`);
  await expect(field('phone')).toHaveAttribute('autocomplete', 'tel');
  expect(await field('name').evaluate((input) => parseFloat(getComputedStyle(input).fontSize))).toBeGreaterThanOrEqual(16);

  await field('name').fill('张小明');
  await field('phone').fill('不告诉你');
  await field('address').fill('北京市朝阳区星光路 6 号');
  await form.getByTestId('delivery-submit').tap();
  await expect(form.locator('#delivery-phone-note')).toContainText('能打通的电话');
  await expect(field('phone')).toBeFocused();
  // Put away and opened again: nothing of what was written is gone.
  await form.getByTestId('delivery-close').tap();
  await expect(form).toHaveCount(0);
  await prize.getByTestId('fill-in').tap();
  await expect(field('name')).toHaveValue('张小明');
  await field('phone').fill('+1 212 555 0100');
  await expect(form.locator('#delivery-phone-note')).toContainText('不像大陆手机号');
  await field('phone').fill('13800138000');
  await form.getByTestId('delivery-submit').tap();
  await expect(form).toHaveCount(0);
  await expect(prize).toContainText('已提交：张**，138****8000，北京市朝阳区…');

  await prize.getByTestId('fill-in').tap();
  await expect(field('name'), 'what was kept is not sent back').toHaveValue('');
  await field('name').fill('李雷');
  await field('phone').fill('13900139000');
  await field('address').fill('上海市静安区星光里 618 弄');
  await form.getByTestId('delivery-submit').tap();
  await expect(prize).toContainText('已提交：李**，139****9000');
  expect(JSON.stringify(await mine(loser)), 'nobody else sees any of it').not.toContain('李**');

  const server = ['--url', carnival.url, '--data-dir', carnival.dataDir];
  const listed = await runCarnival('operator', 'deliveries', '--csv', ...server);
  expect(listed.output).toContain('"李雷","13900139000","上海市静安区星光里 618 弄"');
  expect((await runCarnival('operator', 'dispatched', won.entry_id, ...server)).code).toBe(0);
  await winner.reload();
  await expect(winner.getByTestId('win')).toContainText('已寄出');
  expect(carnival.output(), 'no log says where anybody lives').not.toMatch(/星光里|13900139000|李雷/);
});

test('a paused round stands still on every page, says why, and goes on with the time it had', async ({ carnival, shopper }) => {
  const page = await shopper();
  await open(page, '/');
  const server = ['--url', carnival.url, '--data-dir', carnival.dataDir];
  const round = await roundWithTimeLeft(carnival, TO_JOIN_MS);
  const paused = await runCarnival('operator', 'pause', '--note', '设备检修，马上回来', ...server);
  expect(paused.code, paused.output).toBe(0);
  await expect(page.locator('.board__caption')).toHaveText('设备检修，马上回来');
  await expect(page.locator('.hero__round')).toContainText('已暂停');
  await expect(page.getByTestId('join')).toContainText('暂停中');
  await expect(page.getByTestId('join')).toHaveAttribute('aria-disabled', 'true');
  // The words come with the frame, and the time with the next tick.
  await page.waitForTimeout(300);
  const stands = await page.getByTestId('countdown').textContent();
  await page.waitForTimeout(1500);
  expect(await page.getByTestId('countdown').textContent()).toBe(stands);

  // Somebody who comes now sees the same.
  const late = await shopper();
  await open(late, '/');
  await expect(late.locator('.board__caption')).toHaveText('设备检修，马上回来');
  expect(await late.getByTestId('countdown').textContent()).toBe(stands);

  const resumed = await runCarnival('operator', 'resume', ...server);
  expect(resumed.code, resumed.output).toBe(0);
  await expect(page.locator('.hero__round')).not.toContainText('已暂停');
  await expect(page.locator('.hero__number')).toHaveText(`第 ${round.round_id} 场`);
  await page.getByTestId('join').tap();
  await expect(page.getByTestId('join')).toHaveAttribute('data-state', 'in');
  const after = (await carnival.get('/api/v1/campaign')).live.round;
  expect(after.round_id).toBe(round.round_id);
  expect(Date.parse(after.closes_at)).toBeGreaterThan(Date.parse(round.closes_at) + 1500);
});
