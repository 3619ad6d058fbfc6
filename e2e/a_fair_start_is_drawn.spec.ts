/** The taps of an offer's first moments are drawn: two shoppers, one coupon, and the one without it can check why. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Carnival, FAST_CAMPAIGN } from './fixtures/carnival.ts';
import { coupon, expect, mine, open, test } from './fixtures/journey.ts';

/** Opens when both pages are there, and is drawn when both have tapped: this machine has two cores. */
const FAIR = `
[[coupons]]
id = "fair"
title = { zh = "公平开抢", en = "Fair start" }
amount = "50.00"
threshold = "299.00"
stock = 1
per_participant = 1
opens_at = "first-start+8s"
closes_at = "first-start+1d"
valid_for = "7d"
fair_start = "6s"
scope = { zh = "全场通用", en = "Good for everything" }
`;
const TO_THE_OPENING = { timeout: 15_000 };
/** The draw, and up to two seconds by the entry's first byte. */
const TO_THE_RESULT = { timeout: 15_000 };

test('of two who tap in the first moments one has the coupon, and the other can check the draw', async ({ shopper }) => {
  const folder = mkdtempSync(join(tmpdir(), 'carnival-fair-'));
  const campaign = join(folder, 'fair.toml');
  writeFileSync(campaign, readFileSync(FAST_CAMPAIGN, 'utf8') + FAIR);
  const carnival = await Carnival.start(campaign);
  try {
    const pages = await Promise.all([shopper({ baseURL: carnival.url }), shopper({ baseURL: carnival.url })]);
    await Promise.all(pages.map((page) => open(page, '/coupons')));
    const fair = (page: (typeof pages)[number]) => coupon(page, '公平开抢');
    for (const page of pages) {
      await expect(fair(page)).toContainText('开抢 6 秒内的点击一律抽签');
      await expect(fair(page)).toHaveAttribute('data-state', 'open', TO_THE_OPENING);
    }
    await Promise.all(pages.map((page) => fair(page).getByTestId('claim').tap()));
    for (const page of pages) {
      await expect(fair(page)).toHaveAttribute('data-state', 'drawing');
      await expect(fair(page).getByTestId('claim')).toHaveText('抽签中');
      expect((await mine(page)).coupons, 'nobody has anything before the draw').toEqual([]);
    }
    for (const page of pages) await expect(fair(page)).toHaveAttribute('data-state', /mine|sold_out/, TO_THE_RESULT);
    const states = await Promise.all(pages.map((page) => fair(page).getAttribute('data-state')));
    expect([...states].sort()).toEqual(['mine', 'sold_out']);
    const won = pages[states.indexOf('mine')]!;
    const lost = pages[states.indexOf('sold_out')]!;
    await expect(won.locator('.coupon-card__code')).toHaveText((await mine(won)).coupons[0].code);

    await expect(fair(lost)).toContainText('这次没抽中');
    const [place] = (await mine(lost)).starts;
    expect(place.is_drawn).toBe(false);
    await fair(lost).getByTestId('verify').tap();
    await expect(lost.getByTestId('verify-result')).toHaveAttribute('data-state', 'ok');
    const proof = await carnival.get(`/api/v1/draws/${place.draw_id}/proof`);
    expect(proof.winners).toHaveLength(1);
    expect(proof.winners[0].entry_id, 'the page shows what the proof says').not.toBe(place.entry_id);
  } finally {
    await carnival.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
