/** The share card in QQ. Its script is on no registry; the object that the app itself brings is recorded here. */
import { expect, open, test } from '../fixtures/journey.ts';
import { serveSdk, USER_AGENT } from './bridge.ts';

test('QQ gets a card within its limits, a link for each way out, and its panel opened by the button', async ({
  shopper,
  carnival,
}) => {
  const page = await shopper({ userAgent: USER_AGENT.qq });
  await serveSdk(page.context());
  await page.addInitScript(() => {
    const heard: Record<string, any> = ((window as any).__heard = {});
    (window as any).mqq = {
      data: { setShareInfo: (info: unknown) => (heard.info = info) },
      ui: {
        setOnShareHandler: (handler: unknown) => (heard.handler = handler),
        showShareMenu: () => (heard.isOpen = true),
        shareMessage: (message: unknown) => (heard.message = message),
      },
    };
  });
  await open(page, '/stars');
  const heard = () => page.evaluate(() => JSON.parse(JSON.stringify((window as any).__heard)));
  await expect.poll(async () => (await heard()).info?.title, { timeout: 15_000 }).toBe('明星榜 · 十二秒嘉年华');
  const { info } = await heard();
  expect(Buffer.byteLength(info.title)).toBeLessThanOrEqual(45);
  expect(Buffer.byteLength(info.desc)).toBeLessThanOrEqual(60);
  expect(info.image_url).toBe(`${carnival.url}/art/cover.png`);
  expect(info.share_url.length).toBeLessThanOrEqual(120);

  await page.getByTestId('share').tap();
  await expect.poll(async () => (await heard()).isOpen).toBe(true);
  await expect(page.getByTestId('share-guide')).toHaveCount(0);
  const links = new Set<string>();
  for (const kind of [0, 1, 2, 3]) {
    await page.evaluate((kind) => (window as any).__heard.handler(kind), kind);
    const { message } = await heard();
    expect(message).toMatchObject({ share_type: kind, back: true, title: info.title });
    links.add(message.share_url);
  }
  expect(links.size, 'each way out is a channel of its own').toBe(4);
});

test('without its script the button points at the menu of QQ', async ({ shopper }) => {
  const page = await shopper({ userAgent: USER_AGENT.qq });
  await serveSdk(page.context());
  await open(page, '/');
  await page.getByTestId('share').tap();
  await expect(page.getByTestId('share-guide')).toBeVisible({ timeout: 20_000 });
  await expect(page).toHaveURL(/\/s\//);
});
