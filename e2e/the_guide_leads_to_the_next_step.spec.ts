/** The line at the top says what is best done next, and a tap on it leads there. */
import { expect, open, roundWithTimeLeft, test } from './fixtures/journey.ts';

const TO_JOIN_MS = 7_000;

test('from another page the line leads to the round, and once in it to the votes', async ({ carnival, shopper }) => {
  const page = await shopper();
  const guide = page.getByTestId('guide');
  await roundWithTimeLeft(carnival, TO_JOIN_MS);
  await open(page, '/mine');
  await expect(guide).toContainText('你还没参与本场');
  await expect(guide).toHaveAttribute('href', '/');
  const { height } = (await guide.boundingBox())!;
  expect(height).toBeGreaterThanOrEqual(44);
  await guide.tap();
  await expect(page).toHaveURL(`${carnival.url}/`);
  await expect(guide, 'who is there already is not led anywhere').not.toHaveAttribute('href');
  await roundWithTimeLeft(carnival, TO_JOIN_MS);
  await page.getByTestId('join').tap();
  await expect(page.getByTestId('join')).toHaveAttribute('data-state', 'in');
  await expect(guide).toContainText(/今天还有 \d+ 票/);
  await guide.tap();
  await expect(page).toHaveURL(`${carnival.url}/stars`);
});

test('the line is as high before all of the page is there as after', async ({ carnival, shopper }) => {
  const page = await shopper();
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(/\.later\.wasm$/, async (route) => {
    await held;
    await route.continue();
  });
  await roundWithTimeLeft(carnival, TO_JOIN_MS);
  await open(page, '/');
  const guide = page.getByTestId('guide');
  await expect(guide).toContainText('你还没参与本场');
  const before = await guide.boundingBox();
  release();
  await expect(page.locator('a.guide')).toContainText('你还没参与本场');
  expect(await guide.boundingBox()).toEqual(before);
});
