/** Everything that is kept can be taken along, and all of it can be erased: who comes back is somebody new. */
import { expect, mine, open, test } from './fixtures/journey.ts';

test('a shopper reads what is kept of them, has it erased, and begins anew', async ({ shopper }) => {
  const page = await shopper();
  await open(page, '/stars');
  await page.getByTestId('vote').first().tap();
  await expect(page.locator('.vote[data-state=voted]').first()).toBeVisible();
  await page.getByTestId('tab-mine').tap();
  await expect(page.getByTestId('my-vote')).toHaveCount(1);
  await expect(page.getByTestId('no-reach')).toBeVisible();

  await page.getByTestId('export').tap();
  const kept = page.getByTestId('kept');
  await expect(kept).toHaveValue(/"votes": \[\n/);
  const file = JSON.parse(await kept.inputValue());
  expect(file.votes).toHaveLength(1);
  await expect(page.getByTestId('export-file')).toHaveAttribute('href', '/api/v1/me/export');
  await page.keyboard.press('Escape');
  await expect(kept).toHaveCount(0);

  await page.getByTestId('erase').tap();
  const sheet = page.getByTestId('account-sheet');
  await expect(sheet).toContainText('抽奖名单里的编号');
  // It says that it can't yet, and still answers a tap: with the reason. A forced tap does not wait until the sheet is up.
  await page.getByTestId('erase-go').scrollIntoViewIfNeeded();
  await page.getByTestId('erase-go').tap({ force: true });
  await expect(sheet, 'not by one tap').toContainText('请先勾选确认');
  await sheet.locator('.tick').tap();
  await page.getByTestId('erase-go').tap();
  await expect(sheet).toContainText('都删好了');
  await page.getByTestId('erased').tap();

  await expect(page.getByTestId('my-vote')).toHaveCount(0);
  expect((await mine(page)).votes.by_star).toEqual([]);
  await page.getByTestId('export').tap();
  await expect(kept).toHaveValue(/"votes": \[\]/);
  expect(JSON.parse(await kept.inputValue()).participant_id).not.toBe(file.participant_id);
});
