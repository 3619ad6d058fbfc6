/** The whole way of a shopper, in every engine from 2018 to today's, on the real server: join, vote, claim, by real taps. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { Carnival } from '../fixtures/carnival.ts';
import { type Engine } from './engine.ts';
import { engines } from './launch.ts';

const PICTURES = fileURLToPath(new URL('../../target/e2e/engines', import.meta.url));
const id = (name: string) => `[data-testid="${name}"]`;
const readyIn = (name: string, state: string) => `document.querySelector('${id(name)}[data-state="${state}"]')`;
/** The countdown in seconds, as an expression. */
const SECONDS = `(function () {
  var parts = /(\\d+):(\\d+\\.\\d)/.exec(document.querySelector('${id('countdown')}').textContent);
  return parts ? parts[1] * 60 + Number(parts[2]) : -1;
})()`;

for (const { name, installed, launch } of engines) {
  test.describe(name, () => {
    test.skip(!installed && !process.env.CI, 'not on this machine');
    let carnival: Carnival;
    let engine: Engine;

    test.beforeEach(async () => {
      mkdirSync(PICTURES, { recursive: true });
      carnival = await Carnival.start();
      engine = await launch();
    });
    test.afterEach(async () => {
      await engine?.close();
      await carnival?.stop();
    });

    const picture = (page: string) =>
      engine.screenshot(join(PICTURES, `${name.replace(/\W+/g, '-').toLowerCase()}-${page}.png`));

    test('a shopper joins, votes and claims', async () => {
      await engine.open(carnival.url);
      await engine.waitFor('window.__carnival && __carnival.marks.ready', 'the page to be mounted');

      // The countdown ticks; and there is time enough to join this round.
      await engine.waitFor(`${SECONDS} > 4`, 'a round with time left');
      const before = await engine.evaluate<number>(SECONDS);
      await engine.waitFor(`${SECONDS} !== ${before}`, 'a tick of the countdown');

      await engine.tap(id('join'));
      await engine.waitFor(readyIn('join', 'in'), 'to be in');
      expect(await engine.text(id('participants'))).toContain('1 / 2');
      await expect.poll(async () => (await carnival.get('/api/v1/campaign')).live.round.participant_count).toBe(1);
      await engine.evaluate('scrollTo(0, 0)');
      await picture('rush');

      await engine.tap(id('tab-stars'));
      await engine.waitFor(`document.querySelectorAll('${id('star-row')}').length >= 4`, 'the leaderboard');
      await engine.tap(`${id('vote')}[data-state="ready"]`);
      await engine.waitFor(readyIn('vote', 'voted'), 'a vote');
      await expect.poll(async () => JSON.stringify(await carnival.get('/api/v1/leaderboards/overall'))).toContain('"vote_count":1');
      await engine.evaluate('scrollTo(0, 0)');
      await picture('stars');

      await engine.tap(id('tab-coupons'));
      await engine.tap(`${id('coupon')}[data-state="open"] ${id('claim')}`);
      await engine.waitFor(readyIn('coupon', 'mine'), 'a coupon');
      expect(await engine.text('.coupon-card__code')).toMatch(/\w{4}/);
      await picture('coupons');

      expect(await engine.logs(), 'errors of the page').toEqual([]);
    });

    test('a page opened anew knows what the shopper has', async () => {
      await engine.open(`${carnival.url}/coupons`);
      await engine.tap(`${id('coupon')}[data-state="open"] ${id('claim')}`);
      const code = await engine.text('.coupon-card__code');
      await engine.open(`${carnival.url}/mine`);
      expect(await engine.text('.coupon-card__code')).toBe(code);
      expect(await engine.logs()).toEqual([]);
    });
  });
}
