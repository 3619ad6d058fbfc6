/** A shopper joins, watches the bell, and can check what was drawn without believing anybody. */
import { randomUUID } from 'node:crypto';
import { type Page } from '@playwright/test';
import { type Carnival } from './fixtures/carnival.ts';
import { isSigned, leadsTo, mistakesIn, type Proof } from './fixtures/draw_checker.ts';
import { expect, mine, open, parseCountdown, roundWithTimeLeft, SHOWN, test } from './fixtures/journey.ts';

/** Enough to tap twice and be told, on a busy machine. */
const TO_JOIN_MS = 6_000;
/** A round, and the moment in which its result is fetched. */
const TO_THE_BELL = { timeout: 20_000 };

/** With the two shoppers an odd number of leaves, and more than the pool has prizes even after some rollovers. */
const CROWD = 9;

test('a round with enough participants is drawn, and its proof holds when computed anew', async ({ carnival, shopper }) => {
  const pages = await Promise.all([shopper(), shopper()]);
  const [first, second] = pages as [Page, Page];
  await Promise.all(pages.map((page) => open(page, '/')));
  const round = await roundWithTimeLeft(carnival, TO_JOIN_MS);

  await first.getByTestId('join').tap();
  await expect(first.getByTestId('join')).toHaveAttribute('data-state', 'in');
  await expect(first.getByTestId('participants')).toContainText('1 / 2 人');
  await second.getByTestId('join').tap();
  for (const page of pages) {
    await expect(page.getByTestId('participants')).toContainText('2 / 2 人');
    await expect(page.getByRole('button', { name: '已参与' })).toBeVisible();
  }
  await crowdEnters(carnival, round.round_id, CROWD);
  const receipts = await Promise.all(pages.map(async (page) => (await mine(page)).entries[0]));
  for (const receipt of receipts) {
    expect(receipt).toMatchObject({ round_id: round.round_id, draw_id: round.draw_id });
  }
  await expect(first.getByTestId('receipt')).toContainText(receipts[0].entry_id.slice(0, 8));

  for (const page of pages) {
    await expect(page.locator('.round-card')).toContainText(`第 ${round.round_id} 场`, TO_THE_BELL);
    const line = page.locator('.ledger__row').filter({ hasText: `第 ${round.round_id} 场` });
    await expect(line).toContainText('已开奖');
    await expect(line).toContainText(`${CROWD + 2} / 2 人`);
    await expect(line.getByRole('button', { name: '验证这次抽奖' })).toBeVisible();
  }

  const proof = await carnival.get<Proof>(`/api/v1/draws/${round.draw_id}/proof`);
  expect(mistakesIn(proof)).toEqual([]);
  expect(proof.commitment, 'as it was published before anybody joined').toBe(round.commitment);
  expect(proof.entries).toHaveLength(CROWD + 2);
  expect(proof.winners).toHaveLength(round.pool.reduce((sum, lot) => sum + lot.count, 0));
  const { receipt_key: key } = await carnival.get('/.well-known/carnival.json');
  for (const [index, receipt] of receipts.entries()) {
    expect(isSigned(receipt, key.public_key), 'the receipt is signed').toBe(true);
    const another = proof.entries.find((entryId) => entryId !== receipt.entry_id);
    expect(isSigned({ ...receipt, entry_id: another }, key.public_key), 'and no other entry with it').toBe(false);
    const { path, root } = await carnival.get(`/api/v1/draws/${round.draw_id}/receipts/${receipt.entry_id}`);
    expect(root).toBe(proof.root);
    expect(leadsTo(proof.root, receipt.entry_id, path), 'the entry is in the list').toBe(true);
    expect(leadsTo(proof.root, another as string, path), 'and the path is of this entry alone').toBe(false);
    const won = proof.winners.some(({ entry_id }) => entry_id === receipt.entry_id);
    const outcome = (pages[index] as Page).locator('.round-card').filter({ hasText: `第 ${round.round_id} 场` });
    await expect(outcome).toHaveAttribute('data-outcome', won ? 'won' : 'lost');
  }

  const [winner, reserve] = [proof.winners[0], proof.reserves[0]];
  if (!winner || !reserve) throw new Error('so many entries make a winner and a reserve');
  const forgeries: [string, Partial<Proof>][] = [
    ['another winner', { winners: [{ ...winner, entry_id: reserve }, ...proof.winners.slice(1)], reserves: [winner.entry_id] }],
    ['another seed', { seed: 'ab'.repeat(32) }],
    ['a shorter list', { entries: proof.entries.slice(1) }],
    ['a winner passed over for nobody', { passed_over: [{ entry_id: winner.entry_id, same_person_as: reserve }] }],
  ];
  for (const [what, change] of forgeries) expect(mistakesIn({ ...proof, ...change }), what).not.toEqual([]);
});

/** Others, without browsers: each is a guest of their own. */
async function crowdEnters(carnival: Carnival, round: number, count: number) {
  const enter = async () => {
    const path = `${carnival.url}/api/v1/rounds/${round}/entries`;
    const response = await fetch(path, { method: 'POST', headers: { 'idempotency-key': randomUUID() } });
    expect(response.status, await response.text()).toBe(200);
  };
  await Promise.all(Array.from({ length: count }, enter));
}

test('a round that falls short rolls over, and its entry is drawn with the next', async ({ carnival, shopper }) => {
  const page = await shopper();
  await open(page, '/');
  const round = await roundWithTimeLeft(carnival, TO_JOIN_MS);
  await page.getByTestId('join').tap();
  await expect(page.getByTestId('participants')).toContainText('1 / 2 人');

  const result = page.locator('.round-card').filter({ hasText: `第 ${round.round_id} 场` });
  await expect(result).toHaveAttribute('data-outcome', 'rolled-over', TO_THE_BELL);
  await expect(result).toContainText('差 1 人，奖池滚入下一场');
  await expect(result).toContainText('你的参与仍然有效');
  const line = page.locator('.ledger__row').filter({ hasText: `第 ${round.round_id} 场` });
  await expect(line).toContainText('滚入下一场');

  const { live } = await carnival.get('/api/v1/campaign');
  expect(live.round.draw_id, 'the next round is of the same draw').toBe(round.draw_id);
  expect(live.round.carried_entry_count).toBe(1);
  expect((await mine(page)).entries[0].draw_id).toBe(round.draw_id);
});

/**
 * What a countdown said, frame by frame. The compositor moves all strips in one frame; what a script reads of them may be
 * of two, as the main thread looks at each when it may have changed. So what one frame says between two that agree is no more
 * than a seam, and is left out; so is the first frame of a round, if it says less than the next.
 */
function told(seen: number[]): number[] {
  return seen.filter((ms, at) => {
    const [before, after] = [seen[at - 1] ?? Infinity, seen[at + 1] ?? -Infinity];
    return before < after || (ms <= before && ms >= after);
  });
}

/** Where it said more than before. */
function runsBackwards(told: number[]): number[] {
  return told.filter((ms, at) => at > 0 && ms > told[at - 1]);
}

test('the countdown runs down to the bell, and the next one begins', async ({ carnival, shopper }) => {
  const page = await shopper();
  await open(page, '/');
  const round = await roundWithTimeLeft(carnival, 2_000);
  await expect(page.locator('.hero__number')).toHaveText(`第 ${round.round_id} 场`);
  // Its last word is a second of the next round.
  const seen = page.evaluate<string[]>(`new Promise(function (resolve) {
    var seen = [], framesLeft = 60;
    var number = document.querySelector('.hero__number');
    var first = number.textContent;
    (function look() {
      seen.push(number.textContent + ' ' + ${SHOWN});
      if (number.textContent !== first) framesLeft -= 1;
      if (framesLeft > 0) requestAnimationFrame(look);
      else resolve(seen);
    })();
  })`);
  const [before, after]: [number[], number[]] = [[], []];
  for (const line of await seen) {
    const isNext = !line.startsWith(`第 ${round.round_id} 场`);
    (isNext ? after : before).push(parseCountdown(line));
  }
  expect(Math.min(...before), 'it came to its end').toBeLessThanOrEqual(100);
  expect(runsBackwards(told(before)), 'it never ran backwards').toEqual([]);
  expect(runsBackwards(told(after)), 'nor did the next').toEqual([]);
  expect(told(after)[0], 'which began at once').toBeGreaterThan(10_000);
});
