/** What lies over the page keeps the keyboard, and gives it back to where it came from. */
import { type Page } from '@playwright/test';
import { expect, open, test } from './fixtures/journey.ts';

/** Goes round with Tab and back with Shift+Tab, more often than there are stops, and says whether it was ever outside. */
async function strays(page: Page): Promise<boolean> {
  let strayed = false;
  for (const key of [...Array(9).fill('Tab'), ...Array(9).fill('Shift+Tab')]) {
    await page.keyboard.press(key);
    strayed ||= await page.evaluate(() => !document.activeElement?.closest('.overlay'));
  }
  return strayed;
}

async function shareSheet(page: Page) {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
    document.execCommand = () => false;
  });
  await open(page, '/goods');
  const button = page.getByTestId('share');
  await button.focus();
  await page.keyboard.press('Enter');
  const sheet = page.getByRole('dialog');
  await expect(sheet).toBeVisible();
  return { button, sheet };
}

test('Tab goes round in a sheet, Escape closes it, and the focus goes back', async ({ shopper }) => {
  const page = await shopper();
  const { button, sheet } = await shareSheet(page);
  expect(await strays(page)).toBe(false);
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(button).toBeFocused();
});

test('from a tap beside everything the next Tab leads into the sheet, and Escape closes it all the same', async ({ shopper }) => {
  const page = await shopper();
  const { sheet } = await shareSheet(page);
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => !!document.activeElement?.closest('.overlay'))).toBe(true);
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
});

test('a sheet of Mine gives the focus back to what opened it, where a tap gave that none', async ({ shopper }) => {
  const page = await shopper();
  await open(page, '/mine');
  for (const opener of ['export', 'erase', 'export']) {
    const control = page.getByTestId(opener);
    // As engines of iOS do: the tap is heard, and what had the focus before has it still.
    await page.evaluate(() => document.getElementById('main')!.focus());
    await control.evaluate((button) => (button as HTMLElement).click());
    await expect(page.getByTestId('account-sheet')).toBeVisible();
    expect(await strays(page)).toBe(false);
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('account-sheet')).toHaveCount(0);
    await expect(control).toBeFocused();
  }
});

test('the way back closes what lies over the page', async ({ shopper }) => {
  const page = await shopper();
  await open(page, '/');
  await page.getByTestId('tab-goods').tap();
  await expect(page.getByTestId('item').first()).toBeVisible();
  await page.getByTestId('tab-rush').tap();
  await page.getByTestId('poster-button').first().tap();
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await strays(page)).toBe(false);
  await page.goBack();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page).toHaveURL(/\/goods$/);
});
