/** A heart is one's own until one shows it, and a friend learns that it is a friend's, and never whose. */
import { expect, open, test } from './fixtures/journey.ts';

const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] };

test('a pick is private, then a friend’s pick to whoever comes by the link, and then gone again', async ({ shopper }) => {
  const sharer = await shopper(CLIPBOARD);
  await open(sharer, '/goods');
  const tea = sharer.getByTestId('item').filter({ hasText: '茶具' });
  const heart = tea.getByTestId('pick');
  const box = (await heart.boundingBox())!;
  expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44);
  await expect(heart).toHaveAttribute('aria-pressed', 'false');
  await heart.tap();
  await expect(heart).toHaveAttribute('aria-pressed', 'true');
  await sharer.getByTestId('share').tap();
  await expect(sharer.getByTestId('toast').filter({ hasText: '链接已复制' })).toBeVisible();
  const link = await sharer.evaluate(() => navigator.clipboard.readText());

  const friend = await shopper();
  const noted = friend.waitForResponse((response) => response.url().endsWith('/api/v1/visits'));
  await friend.goto(link);
  await noted;
  const reasons = async () => {
    await open(friend, '/goods');
    return friend.getByTestId('item').filter({ hasText: '茶具' }).locator('.item-card__reason').textContent();
  };
  expect(await reasons(), 'private is the default').toBe('按店家顺序');

  const shown = sharer.waitForResponse((response) => response.url().endsWith('/api/v1/picks/shown'));
  await sharer.getByTestId('show-picks').tap();
  await shown;
  expect(await reasons()).toBe('一位朋友喜欢');
  const told = await friend.evaluate(async () => (await fetch('/api/v1/picks', { credentials: 'same-origin' })).text());
  expect(JSON.parse(told)).toEqual({ mine: [], is_shown: false, of_friends: ['tea-set'], popular: [] });

  await friend.getByTestId('rules-only').tap();
  await expect(friend.locator('.item-card__reason').filter({ hasText: '一位朋友喜欢' })).toHaveCount(0);
  await friend.getByTestId('rules-only').tap();

  const taken = sharer.waitForResponse((response) => response.url().endsWith('/pick'));
  await heart.tap();
  await taken;
  expect(await reasons(), 'what is taken back is gone at the next look').toBe('按店家顺序');
  await open(sharer, '/goods');
  await expect(heart).toHaveAttribute('aria-pressed', 'false');
  await expect(sharer.getByTestId('show-picks').getByRole('switch')).toBeChecked();
});

test('the shop’s word for an item stands on its picture, in the language that is read', async ({ shopper }) => {
  for (const [locale, word] of [['zh-CN', '新品'], ['en-US', 'New']] as const) {
    const page = await shopper({ locale });
    await open(page, '/goods');
    const items = page.getByTestId('item');
    await expect(items).toHaveCount(2);
    const mark = page.locator('.item-card__word');
    await expect(mark, 'only where the file gives one').toHaveCount(1);
    await expect(items.filter({ has: mark })).toContainText('399');
    await expect(mark).toHaveText(word);
    // It hides neither way to tap on the picture.
    for (const way of [page.getByTestId('pick').first(), page.locator('.item-card__share').first()]) {
      const [a, b] = [(await way.boundingBox())!, (await mark.boundingBox())!];
      expect(a.y + a.height <= b.y || a.x + a.width <= b.x || b.x + b.width <= a.x).toBe(true);
    }
  }
});
