/** Every driver against one small page: what the journeys rest on must itself be true. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { type Engine, PHONE } from '../engines/engine.ts';
import { engines } from '../engines/launch.ts';
import { StaticHost } from '../fixtures/static_host.ts';

const PAGE = fileURLToPath(new URL('page', import.meta.url));
/** As strict as the server's own policy: a driver must not need `unsafe-eval`. */
const POLICY = { 'content-security-policy': "default-src 'self'" };

for (const { name, installed, launch } of engines) {
  test.describe(name, () => {
    test.skip(!installed && !process.env.CI, 'not on this machine');
    test.describe.configure({ mode: 'serial' });
    let host: StaticHost;
    let engine: Engine;

    test.beforeAll(async () => {
      host = await StaticHost.start(PAGE, POLICY);
      engine = await launch();
      await engine.open(`${host.url}/stars/deep-link`);
    });
    test.afterAll(async () => {
      await engine?.close();
      await host?.stop();
    });

    test('the page has the size of a phone', async () => {
      expect(await engine.evaluate('[innerWidth, innerHeight]')).toEqual([PHONE.width, PHONE.height]);
    });

    test('the page is told that Chinese is spoken', async () => {
      test.skip(name === 'WebKitGTK', "asks the C library's locales, and a bare machine has none but C");
      expect(await engine.evaluate('navigator.language')).toMatch(/^zh/);
    });

    test('a tap waits until nothing covers the button, and counts once', async () => {
      await engine.tap('#button');
      await engine.waitFor('document.getElementById("count").textContent === "1"');
      await engine.tap('#button');
      await engine.waitFor('document.getElementById("count").textContent === "2"');
      expect(await engine.text('#button')).toBe('投票 2');
      expect(await engine.count('button')).toBe(2);
    });

    test('a tap is a touch, where the engine has a touch screen', async () => {
      const touches = name === 'WebKitGTK' ? '0' : '2'; // WebKitWebDriver's finger is a mouse
      expect(await engine.text('#touches')).toBe(touches);
    });

    test('what can never be tapped is named with the reason', async () => {
      await expect(engine.tap('#nobody', 500)).rejects.toThrow('#nobody: it is not in the document');
    });

    test('a promise is awaited, and a thrown error comes back', async () => {
      expect(await engine.evaluate('Promise.resolve({ votes: [1, 2] })')).toEqual({ votes: [1, 2] });
      await expect(engine.evaluate('Promise.reject(new Error("no such star"))')).rejects.toThrow('no such star');
    });

    test('errors of the page are kept', async () => {
      await engine.tap('#break');
      await engine.waitFor('document.getElementById("break").textContent === "broken"');
      const logs = (await engine.logs()).join('\n');
      expect(logs).toContain('an error that was written');
      expect(logs).toContain('an error that was thrown');
    });

    test('a picture is a PNG file', async ({}, info) => {
      const path = info.outputPath('page.png');
      await engine.screenshot(path);
      expect(readFileSync(path).subarray(1, 4).toString()).toBe('PNG');
    });

    test('the network can be cut and comes back', async () => {
      test.skip(name === 'WebKitGTK', 'WebKitWebDriver has no such command');
      await engine.setOffline(true);
      await expect(engine.evaluate('fetch("/page.css").then(function (r) { return r.status; })')).rejects.toThrow();
      await engine.setOffline(false);
      expect(await engine.evaluate('fetch("/page.css").then(function (r) { return r.status; })')).toBe(200);
    });
  });
}
