/** Whatever the network does to a tap: it counts once, the page says calmly what is going on, and goes on by itself. */
import { type Page } from '@playwright/test';
import { counted, coupon, expect, mine, open, roundWithTimeLeft, row, test, vote, votesOf } from './fixtures/journey.ts';

/** Reconnecting and polling both happen within some seconds. */
const RECOVERED = { timeout: 20_000 };
const offlineLine = (page: Page) => page.locator('.offline');

/** The idempotency keys under which the page tries to write to such a path. */
function keysOfWrites(page: Page, path: RegExp): string[] {
  const keys: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && path.test(request.url())) keys.push(`${request.headers()['idempotency-key']}`);
  });
  return keys;
}

for (const kind of ['lose-request', 'lose-answer', 'cut-answer'] as const) {
  test(`a vote that meets "${kind}" is tried again under its key, and counts once`, async ({ carnival, network, shopper }) => {
    const page = await shopper({ baseURL: network.url });
    const keys = keysOfWrites(page, /\/votes$/);
    await open(page, '/stars');
    network.inject({ request: /^POST \/api\/v1\/stars\/\S+\/votes /, kind, times: Infinity });
    await vote(page, '陆星也');
    await expect(votesOf(page, '陆星也')).toHaveText('1');
    // A browser quietly repeats what it lost on a connection that it had used before: what counts are the page's tries.
    await expect.poll(() => keys.length, RECOVERED).toBeGreaterThan(1);
    network.up();
    await expect.poll(() => counted(carnival, 'lu-xingye'), RECOVERED).toBe(1);
    await expect(votesOf(page, '陆星也')).toHaveText('1');
    // A second vote goes out only after the first was answered.
    await vote(page, '阮知夏');
    await expect.poll(() => counted(carnival, 'ruan-zhixia'), RECOVERED).toBe(1);
    expect(await counted(carnival, 'lu-xingye')).toBe(1);
    expect(new Set(keys).size, 'one key for each vote, over all tries').toBe(2);
    await expect(row(page, '陆星也').getByTestId('vote')).toHaveAttribute('data-state', 'voted');
  });
}

test('a claim whose answer never comes is asked for again, and is one coupon', async ({ carnival, network, shopper }) => {
  const page = await shopper({ baseURL: network.url });
  const keys = keysOfWrites(page, /\/claims$/);
  await open(page, '/coupons');
  network.inject({ request: /^POST \/api\/v1\/coupons\//, kind: 'hang', times: 1 });
  await coupon(page, '最后一张').getByTestId('claim').tap();
  await expect(coupon(page, '最后一张').getByTestId('claim')).toHaveAttribute('aria-busy', 'true');
  await expect(coupon(page, '最后一张')).toHaveAttribute('data-state', 'mine', RECOVERED);
  await expect(page.locator('.coupon-card__code')).toHaveText((await mine(page)).coupons[0].code);
  expect(network.struck).toBe(1);
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
  expect((await carnival.get('/api/v1/campaign')).live.claims[0].claimed_count).toBe(1);
});

test('offline is said in one calm line, and a vote cast meanwhile arrives later', async ({ carnival, shopper }) => {
  const page = await shopper();
  await open(page, '/stars');
  await page.context().setOffline(true);
  await expect(offlineLine(page)).toHaveText('网络断开了，恢复后会自动继续');
  await vote(page, '陆星也');
  await expect(votesOf(page, '陆星也')).toHaveText('1');
  await expect(page.getByTestId('toast')).toHaveCount(0);
  expect(await counted(carnival, 'lu-xingye')).toBe(0);
  await page.context().setOffline(false);
  await expect.poll(() => counted(carnival, 'lu-xingye'), RECOVERED).toBe(1);
  await expect(offlineLine(page)).toHaveCount(0, RECOVERED);
  await expect(row(page, '陆星也').getByTestId('vote')).toHaveAttribute('data-state', 'voted');
});

test('a network that breaks without a word is noticed, and the votes of others come after it', async ({ carnival, network, shopper }) => {
  const page = await shopper({ baseURL: network.url });
  await open(page, '/stars');
  network.down();
  await expect(offlineLine(page)).toBeVisible(RECOVERED);
  const friend = await shopper();
  await open(friend, '/stars');
  await vote(friend, '唐小满');
  await expect.poll(() => counted(carnival, 'tang-xiaoman')).toBe(1);
  network.up();
  await expect(votesOf(page, '唐小满')).toHaveText('1', RECOVERED);
  await expect(offlineLine(page)).toHaveCount(0);
});

for (const kind of ['lose-request', 'hang'] as const) {
  test(`where the live stream meets "${kind}", the page asks for the news instead`, async ({ network, shopper }) => {
    network.inject({ request: /^GET \/api\/v1\/live/, kind, times: Infinity });
    const [page, friend] = [await shopper({ baseURL: network.url }), await shopper()];
    await Promise.all([open(page, '/stars'), open(friend, '/stars')]);
    const answers: number[] = [];
    page.on('response', (response) => {
      if (response.url().endsWith('/api/v1/campaign')) answers.push(response.status());
    });
    await vote(friend, '唐小满');
    await expect(votesOf(page, '唐小满')).toHaveText('1', RECOVERED);
    await expect.poll(() => answers, { message: 'what has not changed is not sent again', ...RECOVERED }).toContain(304);
    expect(network.struck).toBeGreaterThan(0);
  });
}

test('after kill -9 the vote, the coupon and the entry are there, and the page goes on by itself', async ({ carnival, shopper }) => {
  const page = await shopper();
  await open(page, '/');
  const round = await roundWithTimeLeft(carnival, 5_000);
  await page.getByTestId('join').tap();
  await expect(page.getByTestId('join')).toHaveAttribute('data-state', 'in');
  await page.getByTestId('tab-coupons').tap();
  await coupon(page, '最后一张').getByTestId('claim').tap();
  await expect(page.locator('.coupon-card__code')).toBeVisible();
  await page.getByTestId('tab-stars').tap();
  const counts = page.waitForResponse((response) => response.url().includes('/votes'));
  await vote(page, '陆星也');
  expect((await counts).status(), 'the vote is acknowledged').toBe(200);

  const before = await mine(page);
  await carnival.kill();
  await expect(offlineLine(page)).toBeVisible(RECOVERED);
  await vote(page, '唐小满'); // while nobody is there to hear it
  await expect(votesOf(page, '唐小满')).toHaveText('1');
  await carnival.restart();

  await expect(offlineLine(page)).toHaveCount(0, RECOVERED);
  await expect.poll(() => counted(carnival, 'tang-xiaoman'), RECOVERED).toBe(1);
  expect(await counted(carnival, 'lu-xingye')).toBe(1);
  const after = await mine(page);
  const { votes, all_votes } = before;
  expect({ ...after, votes, all_votes }, 'nothing acknowledged is lost').toEqual(before);
  expect(after.votes.by_star).toHaveLength(2);

  // Whether its bell rang while the server was dead or not: the round that was joined is in the same draw as before.
  const { live } = await carnival.get('/api/v1/campaign');
  expect(live.round.draw_id).toBe(round.draw_id);
  expect(live.round.commitment).toBe(round.commitment);
  await page.getByTestId('tab-rush').tap();
  await expect(page.locator('.hero__number')).toHaveText(`第 ${live.round.round_id} 场`, RECOVERED);
  await page.getByTestId('tab-mine').tap();
  await expect(page.getByTestId('receipt')).toContainText(before.entries[0].entry_id);
});
