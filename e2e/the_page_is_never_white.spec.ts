/** Whatever breaks as the page starts, the frame stands: a title, a sentence of what is wrong, a link to take elsewhere. */
import type { Page, Route } from '@playwright/test';
import { expect, open, test } from './fixtures/journey.ts';

const MODULE = /carnival-page-\w+\.wasm$/;
const GLUE = /carnival-page-\w+\.js$/;
const TRANSLATION = /carnival-page-\w+\.nowasm\.js$/;
/** Three tries with pauses of 0.8 and 1.6 s between them. */
const ALL_TRIES = { timeout: 15_000 };

const missing = (route: Route) => route.fulfill({ status: 404, body: '' });
const script = (body: string) => (route: Route) => route.fulfill({ contentType: 'text/javascript', body });

async function saysWhatIsWrong(page: Page, reason: 'engine' | 'network' | 'crash') {
  const rescue = page.locator('#rescue');
  await expect(rescue).toBeVisible(ALL_TRIES);
  await expect(rescue.locator('[data-reason]:visible')).toHaveAttribute('data-reason', reason);
  await expect(rescue.locator('[data-reason]:visible')).toHaveText(/\S{4,}/);
  await expect(page.locator('#rescue-link')).toHaveText(page.url());
  await expect(page.locator('#rescue-retry')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/\S/);
}

test('a glue that throws', async ({ shopper }) => {
  const page = await shopper({}, { mayThrow: /torn/ });
  await page.route(GLUE, script('throw new Error("torn")'));
  await page.goto('/');
  await saysWhatIsWrong(page, 'engine');
});

test('a glue that is not there', async ({ shopper }) => {
  const page = await shopper();
  await page.route(GLUE, missing);
  await page.goto('/stars');
  await saysWhatIsWrong(page, 'network');
});

test('a glue that an engine can’t parse', async ({ shopper }) => {
  const page = await shopper({}, { mayThrow: /^$/ });
  await page.route(GLUE, script('let a = ??;'));
  await page.goto('/');
  await saysWhatIsWrong(page, 'engine');
});

test('a module mangled on its way: the translation takes its place', async ({ shopper }) => {
  const page = await shopper();
  await page.route(MODULE, (route) => route.fulfill({ contentType: 'application/wasm', body: 'no module at all' }));
  await open(page, '/');
  expect(await page.evaluate(() => Object.keys((window as any).__carnival.nowasm))).toEqual(['page']);
  await expect(page.locator('#rescue')).toBeHidden();
});

test('a module mangled on its way, and no translation', async ({ shopper }) => {
  const page = await shopper();
  await page.route(MODULE, (route) => route.fulfill({ contentType: 'application/wasm', body: 'no module at all' }));
  await page.route(TRANSLATION, missing);
  await page.goto('/');
  await saysWhatIsWrong(page, 'engine');
});

test('a module that traps as it starts', async ({ shopper }) => {
  const page = await shopper();
  await page.route(MODULE, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: allTraps(await response.body()) });
  });
  await page.goto('/');
  await saysWhatIsWrong(page, 'engine');
});

test('a module that traps later', async ({ shopper }) => {
  const page = await shopper({}, { mayThrow: /unreachable/ });
  await open(page, '/');
  await page.evaluate(() => void setTimeout(() => { throw new WebAssembly.RuntimeError('unreachable'); }));
  await expect(page.locator('#rescue')).toBeVisible();
  await saysWhatIsWrong(page, 'crash');
});

test('an engine without WebAssembly: the translation is the page', async ({ shopper }) => {
  const page = await shopper();
  await page.addInitScript('delete window.WebAssembly');
  const modules: string[] = [];
  page.on('request', (request) => void (MODULE.test(request.url()) && modules.push(request.url())));
  await open(page, '/coupons');
  await expect(page.getByTestId('coupon').first()).toBeVisible();
  expect(modules).toEqual([]);
});

test('an engine without WebAssembly, and no translation', async ({ shopper }) => {
  const page = await shopper();
  await page.addInitScript('delete window.WebAssembly');
  await page.route(TRANSLATION, missing);
  await page.goto('/');
  await saysWhatIsWrong(page, 'network');
});

test('an engine that lacks what no translation brings', async ({ shopper }) => {
  const page = await shopper();
  await page.addInitScript('delete window.TextDecoder');
  await page.goto('/');
  await saysWhatIsWrong(page, 'engine');
});

test('what the server wrote into the page is broken: the page asks for it anew', async ({ shopper }) => {
  const page = await shopper();
  await page.route('**/', async (route) => {
    const response = await route.fetch();
    const html = await response.text();
    const broken = html.replace(/(<script type="application\/json" id="boot"[^>]*>)/, '$1{"snapshot":');
    expect(broken).not.toBe(html);
    await route.fulfill({ response, body: broken });
  });
  await open(page, '/');
  await expect(page.getByTestId('countdown')).toHaveText(/\d\d:\d\d\.\d/);
  await expect(page.locator('#rescue')).toBeHidden();
});

test('a storage that throws', async ({ shopper }) => {
  const page = await shopper();
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage']) {
      Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError'); } });
    }
  });
  await open(page, '/stars');
  await expect(page.getByTestId('star-row').first()).toBeVisible();
});

test('a script of the chat app that throws is none of ours', async ({ shopper }) => {
  const page = await shopper({}, { mayThrow: /chat app/ });
  await page.addInitScript('setTimeout(function () { throw new Error("chat app") }); throw new Error("chat app")');
  await open(page, '/');
  await expect(page.locator('#rescue')).toBeHidden();
});

test('what a chat app adds to the address, behind the fragment too, breaks nothing', async ({ shopper }) => {
  const page = await shopper();
  await open(page, '/stars/lu-xingye?from=singlemessage&isappinstalled=0#appinstall=0');
  await expect(page.getByRole('heading', { name: '陆星也' })).toBeVisible();
  // Signatures are made for the address as it was opened, without its fragment.
  const landing = await page.evaluate(() => (window as any).__carnival.landing as string);
  expect(landing).toMatch(/\/stars\/lu-xingye\?from=singlemessage&isappinstalled=0$/);
});

/** The same module, each of its functions nothing but a trap. */
function allTraps(module: Buffer): Buffer {
  const CODE = 10;
  const trapping = Buffer.from(module);
  let at = 8;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = trapping[at++] as number;
      value += (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < trapping.length) {
    const section = trapping[at++];
    const end = number() + at;
    if (section === CODE) {
      for (let bodies = number(); bodies > 0; bodies -= 1) {
        const next = number() + at;
        // No locals, `unreachable` over and over, `end`.
        trapping.fill(0, at, next - 1);
        trapping[next - 1] = 0x0b;
        at = next;
      }
    }
    at = end;
  }
  return trapping;
}
