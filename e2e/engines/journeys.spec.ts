/**
 * The ways of a shopper, in every engine from 2018 to today's and without WebAssembly, on the real server, by real taps.
 * Each journey is one tick in the table of `docs/engines.md`, which `table.ts` writes.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { Carnival } from '../fixtures/carnival.ts';
import { Platform } from '../fixtures/platform.ts';
import { codeOn, HALF, type Half, SHOWN } from '../fixtures/poster.ts';
import { WECHAT } from './chat.ts';
import { Chromium } from './chromium.ts';
import { type Engine } from './engine.ts';
import { engines } from './launch.ts';

const PICTURES = fileURLToPath(new URL('../../target/e2e/engines', import.meta.url));
/** Which engines' pictures stand in the documents, and under which name. */
const IN_DOCUMENTS: Record<string, string> = { 'Chromium 64': '64', "today's Chromium": 'today' };
const id = (name: string) => `[data-testid="${name}"]`;
const inState = (name: string, state: string) => `document.querySelector('${id(name)}[data-state="${state}"]')`;
/** The countdown in seconds, as an expression. */
const SECONDS = `(function () {
  var parts = /(\\d+):(\\d+\\.\\d)/.exec(document.querySelector('${id('countdown')}').textContent);
  return parts ? parts[1] * 60 + Number(parts[2]) : -1;
})()`;
const READY = 'window.__carnival && __carnival.marks.ready';

for (const { name, installed, launch } of engines) {
  test.describe(name, () => {
    test.skip(!installed && !process.env.CI, 'not on this machine');
    // A translated module under an interpreter alone takes its time.
    test.setTimeout(name.includes('without') ? 120_000 : 60_000);
    let carnival: Carnival;
    let platform: Platform;
    let engine: Engine | undefined;

    // One server for all; each journey has a browser of its own, and so a shopper of its own.
    test.beforeAll(async () => {
      mkdirSync(PICTURES, { recursive: true });
      platform = await Platform.start();
      carnival = await Carnival.start(platform.campaign, platform.environment);
    });
    test.afterAll(async () => {
      await carnival?.stop();
      await platform?.stop();
    });
    test.afterEach(async () => {
      await engine?.close();
      engine = undefined;
    });

    const begin = async (suffix?: string) => (engine = await launch({ userAgentSuffix: suffix }));
    const open = async (engine: Engine, path: string) => {
      await engine.open(carnival.url + path);
      await engine.waitFor(READY, 'the page to be mounted');
    };
    const picture = async (engine: Engine, page: string) => {
      await engine.evaluate('scrollTo(0, 0)');
      await engine.screenshot(join(PICTURES, `${name.replace(/\W+/g, '-').toLowerCase()}-${page}.png`));
      const inDocuments = IN_DOCUMENTS[name];
      const folder = process.env.CARNIVAL_ENGINES_PICTURES;
      if (inDocuments && folder && engine instanceof Chromium) await engine.photograph(join(folder, `${inDocuments}-${page}.jpg`));
    };

    test('open: the page is there and its clock ticks', async ({}, info) => {
      const engine = await begin();
      await open(engine, '/');
      const without = name.includes('without WebAssembly');
      expect(await engine.evaluate('!!__carnival.nowasm'), 'runs translated').toBe(without);
      const before = await engine.evaluate<number>(SECONDS);
      await engine.waitFor(`${SECONDS} !== ${before}`, 'a tick of the countdown');
      const ms = await engine.evaluate<number>('__carnival.marks.ready');
      info.annotations.push({ type: 'version', description: await engine.version() });
      info.annotations.push({ type: 'ready', description: String(Math.round(ms)) });
      expect(await engine.logs(), 'errors of the page').toEqual([]);
    });

    test('join: a tap enters the round', async () => {
      const engine = await begin();
      await open(engine, '/');
      await engine.waitFor(`${SECONDS} > 4`, 'a round with time left');
      await engine.tap(id('join'));
      await engine.waitFor(inState('join', 'in'), 'to be in');
      expect(await engine.text(id('participants'))).toContain('1 / 2');
      await expect.poll(async () => (await carnival.get('/api/v1/campaign')).live.round.participant_count).toBe(1);
      await picture(engine, 'rush');
      expect(await engine.logs(), 'errors of the page').toEqual([]);
    });

    test('vote: a tap counts', async () => {
      const engine = await begin();
      await open(engine, '/');
      await engine.tap(id('tab-stars'));
      await engine.waitFor(`document.querySelectorAll('${id('star-row')}').length >= 4`, 'the leaderboard');
      await engine.tap(`${id('vote')}[data-state="ready"]`);
      await engine.waitFor(inState('vote', 'voted'), 'a vote');
      const board = async () => JSON.stringify(await carnival.get('/api/v1/leaderboards/overall'));
      await expect.poll(board).toContain('"vote_count":1');
      await picture(engine, 'stars');
      expect(await engine.logs(), 'errors of the page').toEqual([]);
    });

    test('claim: a coupon is had, and still had when the page is opened anew', async () => {
      const engine = await begin();
      await open(engine, '/coupons');
      await engine.tap(`${id('coupon')}[data-state="open"] ${id('claim')}`);
      await engine.waitFor(inState('coupon', 'mine'), 'a coupon');
      const code = await engine.text('.coupon-card__code');
      expect(code).toMatch(/\w{4}/);
      await picture(engine, 'coupons');
      await open(engine, '/mine');
      expect(await engine.text('.coupon-card__code')).toBe(code);
      expect(await engine.logs(), 'errors of the page').toEqual([]);
    });

    test('share: in a chat the address becomes a link that leads others here', async () => {
      const engine = await begin(WECHAT);
      await open(engine, '/stars/lu-xingye');
      const star = await engine.text('.star-page__name');
      await engine.tap(id('share'));
      await engine.waitFor(`document.querySelector('${id('share-guide')}')`, 'the guide to the menu');
      await engine.waitFor('/^\\/s\\/[\\w-]{20,}$/.test(location.pathname)', 'a share link as the address');
      const link = await engine.evaluate<string>('location.href');
      expect(Buffer.byteLength(link)).toBeLessThanOrEqual(120);
      await open(engine, new URL(link).pathname);
      expect(await engine.text('.star-page__name')).toBe(star);
    });

    test('poster: a picture is drawn in the page, and the code on it leads others here', async () => {
      const engine = await begin(WECHAT);
      await open(engine, '/stars/lu-xingye');
      const star = await engine.text('.star-page__name');
      await engine.tap(id('poster-button'));
      await engine.waitFor(SHOWN, 'a poster', 30_000);
      expect(await engine.evaluate(`document.querySelector('${id('poster')}').src.slice(0, 15)`)).toBe('data:image/jpeg');
      // WebKitGTK's driver hangs up when it is to take a picture of this one.
      if (name !== 'WebKitGTK') await picture(engine, 'poster');
      const link = codeOn(await engine.evaluate<Half>(HALF));
      expect(link).toContain(`${carnival.url}/s/`);
      // Before the page is left: Firefox calls the end of its stream an error.
      expect(await engine.logs(), 'errors of the page').toEqual([]);
      await open(engine, new URL(link!).pathname);
      expect(await engine.text('.star-page__name')).toBe(star);
    });

    test('sign-in: a tick and a tap, there and back, and taken back again', async () => {
      const engine = await begin(WECHAT);
      await open(engine, '/mine');
      await engine.tap(id('sign-in'));
      await engine.waitFor(`document.querySelector('${id('account-sheet')}')`, 'the notice');
      expect(await engine.evaluate(`document.querySelector('${id('agree')}').checked`), 'ticked by nobody').toBe(false);
      await engine.tap(`${id('account-sheet')} .tick`);
      await engine.waitFor(`document.querySelector('${id('agree')}').checked`, 'a tick');
      await picture(engine, 'notice');
      await engine.tap(id('sign-in-go'));
      await engine.waitFor(`${READY} && document.querySelector('${id('account')}') && !document.querySelector('${id('sign-in')}')`, 'to be signed in');
      expect(await engine.evaluate('location.pathname + location.search')).toBe('/mine');
      await picture(engine, 'account');
      await engine.tap(id('withdraw'));
      await engine.tap(id('withdraw-go'));
      await engine.waitFor(`document.querySelector('${id('sign-in')}')`, 'to be a guest again');
    });
  });
}
