/** One coupon, three who want it: one has it for good, two are told why not. */
import { coupon, expect, mine, open, test } from './fixtures/journey.ts';

test('exactly one of three gets the last coupon, and keeps it', async ({ carnival, shopper }) => {
  const pages = await Promise.all([shopper(), shopper(), shopper()]);
  await Promise.all(pages.map((page) => open(page, '/coupons')));
  for (const page of pages) await expect(coupon(page, '最后一张')).toHaveAttribute('data-state', 'open');

  // At the same instant, so that no live frame tells one of the other.
  const at = Date.now() + 500;
  await Promise.all(
    pages.map((page) =>
      coupon(page, '最后一张')
        .getByTestId('claim')
        .evaluate((button: HTMLElement, at) => void setTimeout(() => button.click(), at - Date.now()), at),
    ),
  );
  for (const page of pages) await expect(coupon(page, '最后一张')).toHaveAttribute('data-state', /mine|sold_out/);
  const states = await Promise.all(pages.map((page) => coupon(page, '最后一张').getAttribute('data-state')));
  expect([...states].sort()).toEqual(['mine', 'sold_out', 'sold_out']);

  for (const [index, page] of pages.entries()) {
    const { coupons } = await mine(page);
    if (states[index] === 'sold_out') {
      await expect(coupon(page, '最后一张')).toContainText('刚刚被领完了');
      await expect(coupon(page, '最后一张').getByTestId('claim')).toHaveText('已领完');
      expect(coupons).toEqual([]);
      continue;
    }
    expect(coupons).toHaveLength(1);
    await expect(page.getByTestId('toast')).toContainText('领取成功');
    await expect(page.locator('.coupon-card__code')).toHaveText(coupons[0].code);
    await page.reload();
    await expect(page.locator('.coupon-card__code'), 'still there after a reload').toHaveText(coupons[0].code);
    await page.getByTestId('tab-mine').tap();
    await expect(page.locator('.coupon-card__code')).toHaveText(coupons[0].code);
  }
  const { live } = await carnival.get('/api/v1/campaign');
  expect(live.claims.find((claim: any) => claim.offer_id === 'last-one').claimed_count).toBe(1);
});

test('a coupon is claimed once by one participant, whichever tab asks', async ({ carnival, shopper }) => {
  const tab = await shopper();
  await open(tab, '/coupons');
  const other = await tab.context().newPage();
  await open(other, '/coupons');
  await coupon(tab, '人人有份').getByTestId('claim').tap();
  await expect(coupon(tab, '人人有份')).toHaveAttribute('data-state', 'mine');
  await coupon(other, '人人有份').getByTestId('claim').tap();
  await expect(coupon(other, '人人有份')).toHaveAttribute('data-state', 'mine');
  await expect(other.locator('.coupon-card__code')).toHaveText(await tab.locator('.coupon-card__code').innerText());
  expect((await mine(tab)).coupons).toHaveLength(1);
  // A frame that is younger than its interval is still told.
  const claimed = async () => {
    const { live } = await carnival.get('/api/v1/campaign');
    return live.claims.find((claim: any) => claim.offer_id === 'plenty').claimed_count;
  };
  await expect.poll(claimed).toBe(1);
});

test('each offer says in which of its states it is', async ({ shopper }) => {
  const page = await shopper();
  await open(page, '/coupons');
  for (const [title, state, words] of [
    ['人人有份', 'open', '立即领取'],
    ['明天见', 'soon', '未开始'],
    ['昨天的', 'over', '已结束'],
  ] as const) {
    await expect(coupon(page, title)).toHaveAttribute('data-state', state);
    const claim = coupon(page, title).getByTestId('claim');
    await expect(claim).toHaveText(words);
    if (state !== 'open') await expect(claim).toHaveAttribute('aria-disabled', 'true');
  }
});

test('a code is copied with a tap', async ({ shopper }) => {
  const page = await shopper({ permissions: ['clipboard-read', 'clipboard-write'] });
  await open(page, '/coupons');
  await coupon(page, '人人有份').getByTestId('claim').tap();
  const code = await page.locator('.coupon-card__code').innerText();
  await page.getByRole('button', { name: '复制' }).tap();
  await expect(page.getByTestId('toast').filter({ hasText: '已复制' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(code);
});
