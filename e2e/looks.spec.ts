/** What every page owes to every shopper: it fits, can be tapped, can be read, stands still, and breaks no rule of its own. */
import axe from 'axe-core';
import { busy, expect, isReady, open, test } from './fixtures/journey.ts';

const PATHS = ['/', '/stars', '/stars/lu-xingye', '/coupons', '/goods', '/mine', '/rules', '/nowhere'];
const LEAST_TARGET_PX = 44;
/** Google's "good" is 0.1; of a frame that promises not to jump more is expected. */
const MOST_SHIFT = 0.02;

for (const width of [320, 390, 768, 1280]) {
  test(`nothing is wider than a screen of ${width} px`, async ({ shopper }) => {
    const page = await shopper({ viewport: { width, height: 844 } });
    await busy(page);
    for (const path of PATHS) {
      await open(page, path);
      const wide = await page.evaluate(() =>
        document.documentElement.scrollWidth > innerWidth
          ? [...document.querySelectorAll('body *')]
              .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
              .map((element) => element.outerHTML.slice(0, 120))
          : [],
      );
      expect(wide, `${path} at ${width} px`).toEqual([]);
    }
  });
}

test('nothing is wider than a small screen in English, or with large letters', async ({ shopper }) => {
  const page = await shopper({ viewport: { width: 320, height: 568 }, locale: 'en-US' });
  await busy(page);
  for (const path of PATHS) {
    await open(page, path);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(320);
    await page.evaluate(() => (document.documentElement.style.fontSize = '130%'));
    expect(await page.evaluate(() => document.documentElement.scrollWidth), `${path} at 130 %`).toBeLessThanOrEqual(320);
  }
});

test('a finger hits every target', async ({ shopper }) => {
  const page = await shopper({ viewport: { width: 320, height: 844 } });
  await busy(page);
  for (const path of PATHS) {
    await open(page, path);
    const small = await page.evaluate((least) => {
      const targets = [...document.querySelectorAll<HTMLElement>('a[href], button, label, select, [role=button]')];
      return targets.flatMap((target) => {
        const box = target.getBoundingClientRect();
        if (!box.width || !box.height || target.closest('.prose p, .prose dd')) return [];
        target.scrollIntoView({ block: 'center', behavior: 'instant' });
        // What counts is where a finger is felt: a target may reach further than its box.
        const { left, top, width, height } = target.getBoundingClientRect();
        const [x, y, reach] = [left + width / 2, top + height / 2, least / 2 - 0.5];
        const isFelt = (x: number, y: number) => target.contains(document.elementFromPoint(x, y));
        const isWide = width >= least || (isFelt(x - reach, y) && isFelt(x + reach, y));
        const isHigh = height >= least || (isFelt(x, y - reach) && isFelt(x, y + reach));
        return isWide && isHigh ? [] : [`${Math.round(width)}×${Math.round(height)} ${target.outerHTML.slice(0, 120)}`];
      });
    }, LEAST_TARGET_PX);
    expect(small, path).toEqual([]);
  }
});

test('no page has a serious mistake that axe can find', async ({ shopper }) => {
  const page = await shopper();
  await busy(page);
  for (const path of PATHS) {
    await open(page, path);
    const found = await page.evaluate(`${axe.source}; axe.run({ resultTypes: ['violations'] })`);
    const serious = (found as any).violations
      .filter(({ impact }: any) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }: any) => `${id}: ${nodes.map((node: any) => `${node.html.slice(0, 120)} ${node.any[0]?.message ?? ''}`).join('\n  ')}`);
    expect(serious, path).toEqual([]);
  }
});

for (const [path, landmark] of [['/', '.prize'], ['/stars', '.leaderboard'], ['/coupons', '.coupon-card']] as const) {
  test(`the page takes the place of the frame on ${path} without a jump`, async ({ network, shopper }) => {
    network.inject({ request: /^GET \S+\.wasm /, kind: 'hold', times: Infinity });
    const page = await shopper({ baseURL: network.url });
    await page.addInitScript(() => {
      Object.assign(window, { shifts: [] });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as any[]) {
          const nodes = entry.sources.map((source: any) => source.node?.outerHTML?.slice(0, 100));
          (window as any).shifts.push({ value: entry.value, nodes });
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto(path);
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => setTimeout(painted))));
    // What stands in the place of something else is no shift to the browser, and one to the finger all the same.
    const top = () => page.locator(landmark).first().evaluate((it) => it.getBoundingClientRect().top);
    const before = await top();
    network.release();
    await isReady(page);
    await page.waitForLoadState('networkidle').catch(() => undefined); // the live stream never rests
    await page.waitForFunction(() => [...document.images].every((image) => image.complete || image.loading === 'lazy'));
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => setTimeout(painted, 300))));
    const shifts: { value: number; nodes: string[] }[] = await page.evaluate('shifts');
    const total = shifts.reduce((sum, shift) => sum + shift.value, 0);
    expect(total, JSON.stringify(shifts, null, 1)).toBeLessThan(MOST_SHIFT);
    expect(await top()).toBe(before);
  });
}

test('no page writes an error to the console or breaks its own content policy', async ({ shopper }) => {
  const page = await shopper();
  const errors: string[] = [];
  page.on('console', (message) => {
    // Chromium reports the page that is meant to be missing as an error of its own.
    if (message.location().url.endsWith('/nowhere') && message.text().includes('404')) return;
    if (message.type() === 'error' || /Content Security Policy/i.test(message.text())) errors.push(message.text());
  });
  page.on('requestfailed', (request) => {
    if (!request.url().endsWith('/api/v1/live')) errors.push(`${request.url()}: ${request.failure()?.errorText}`);
  });
  page.on('response', (response) => {
    const isAskedFor = response.url().endsWith('/nowhere');
    if (response.status() >= 400 && !isAskedFor) errors.push(`${response.status()} ${response.url()}`);
  });
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => console.error(`Content Security Policy: ${event.violatedDirective} ${event.blockedURI}`));
  });
  await busy(page);
  for (const path of PATHS) {
    await open(page, path);
    await page.mouse.wheel(0, 5_000); // lazy pictures
    await page.waitForFunction(() => [...document.images].every((image) => image.complete || image.loading === 'lazy'));
  }
  expect(errors).toEqual([]);
});

test('the keyboard reaches everything, and where it is can be seen', async ({ shopper }) => {
  const page = await shopper();
  await open(page, '/');
  const reached: string[] = [];
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      const isSeen = (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
      return { id: element.dataset.testid ?? element.className, isSeen, isBody: element === document.body };
    });
    if (focused.isBody) break;
    expect(focused.isSeen, `the focus on ${focused.id}`).toBe(true);
    reached.push(focused.id);
  }
  for (const id of ['share', 'join', 'tab-rush', 'tab-mine']) expect(reached).toContain(id);
  await page.getByTestId('join').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('join')).toHaveAttribute('data-state', 'in');
});
