/** With a public beacon a draw is sealed at the bell and drawn when the beacon's round is there; meanwhile all goes on. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Carnival, FAST_CAMPAIGN } from './fixtures/carnival.ts';
import { expect, open, roundWithTimeLeft, test } from './fixtures/journey.ts';

const TO_JOIN_MS = 6_000;
const TO_THE_BELL = { timeout: 20_000 };
/** quicknet: its first round, and how far apart they are, ms. A round is the first from 10 s after the bell on. */
const [GENESIS_MS, PERIOD_MS, MARGIN_MS] = [1_692_803_367_000, 3_000, 10_000];

test('a draw whose beacon does not answer waits, the page says for what, and the next round runs', async ({ shopper }) => {
  const folder = mkdtempSync(join(tmpdir(), 'carnival-beacon-'));
  const campaign = join(folder, 'campaign.toml');
  // Nobody listens on the port of "discard".
  const section = '\n[draw]\nbeacon = "drand-quicknet"\nrelays = ["http://127.0.0.1:9"]\n';
  writeFileSync(campaign, readFileSync(FAST_CAMPAIGN, 'utf8') + section);
  const carnival = await Carnival.start(campaign);
  const pages = await Promise.all([shopper({ baseURL: carnival.url }), shopper({ baseURL: carnival.url })]);
  const page = pages[0]!;
  await Promise.all(pages.map((page) => open(page, '/')));
  const round = await roundWithTimeLeft(carnival, TO_JOIN_MS);
  for (const page of pages) await page.getByTestId('join').tap();

  const result = page.locator('.round-card').filter({ hasText: `第 ${round.round_id} 场` });
  await expect(result).toHaveAttribute('data-outcome', 'awaited', TO_THE_BELL);
  const expected = Math.ceil((Date.parse(round.closes_at) + MARGIN_MS - GENESIS_MS) / PERIOD_MS) + 1;
  await expect(result).toContainText(`公共信标第 ${expected} 轮`);
  await expect(result.getByTestId('verify')).toHaveCount(0);
  await expect(page.locator('.ledger__row').filter({ hasText: `第 ${round.round_id} 场` })).toContainText('待开奖');

  const { live } = await carnival.get('/api/v1/campaign');
  expect(live.round.round_id).toBe(round.round_id + 1);
  expect(live.round.draw_id, 'in a draw of its own').not.toBe(round.draw_id);
  const { rounds } = await carnival.get('/api/v1/rounds');
  expect(rounds.find((record: any) => record.round_id === round.round_id).awaits.round).toBe(expected);
  await expect(page.getByTestId('join')).toHaveAttribute('data-state', 'ready');
  await carnival.stop();
  rmSync(folder, { recursive: true });
});
