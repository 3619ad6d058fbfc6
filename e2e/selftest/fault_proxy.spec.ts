/** The broken network itself: each fault leaves the server knowing exactly what its name says. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { FaultProxy } from '../fixtures/fault_proxy.ts';

let server: Server;
let proxy: FaultProxy;
let heard: string[];

test.beforeEach(async () => {
  heard = [];
  server = createServer((request, response) => {
    heard.push(`${request.method} ${request.url}`);
    response.end('counted '.repeat(100));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  proxy = await FaultProxy.start(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
test.afterEach(async () => {
  await proxy.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const vote = () => fetch(`${proxy.url}/votes`, { method: 'POST', signal: AbortSignal.timeout(1_000) });
const fault = (kind: 'lose-request' | 'lose-answer' | 'cut-answer' | 'hang') =>
  proxy.inject({ request: /^POST \/votes/, kind, times: 1 });

test('without a fault everything passes', async () => {
  expect(await (await vote()).text()).toContain('counted');
  expect(heard).toEqual(['POST /votes']);
});

test('a lost request was never heard, and the next one passes', async () => {
  fault('lose-request');
  await expect(vote()).rejects.toThrow('fetch failed');
  expect(heard).toEqual([]);
  expect((await vote()).status).toBe(200);
});

for (const kind of ['lose-answer', 'cut-answer', 'hang'] as const) {
  test(`after ${kind} the server has done it and the browser does not know`, async () => {
    fault(kind);
    await expect(vote()).rejects.toThrow();
    expect(heard).toEqual(['POST /votes']);
    expect(proxy.struck).toBe(1);
    expect((await vote()).status).toBe(200);
  });
}

test('a held request is heard once it is released', async () => {
  proxy.inject({ request: /^POST \/votes/, kind: 'hold', times: 1 });
  const answer = vote();
  await expect.poll(() => proxy.struck).toBe(1);
  expect(heard).toEqual([]);
  proxy.release();
  expect((await answer).status).toBe(200);
  expect(heard).toEqual(['POST /votes']);
});

test('a fault meets only the request it names', async () => {
  fault('lose-request');
  expect((await fetch(`${proxy.url}/campaign`)).status).toBe(200);
  expect(proxy.struck).toBe(0);
});

test('a network that is down refuses, and comes up again', async () => {
  proxy.down();
  await expect(vote()).rejects.toThrow('fetch failed');
  proxy.up();
  expect((await vote()).status).toBe(200);
});

test('a delay is felt both ways', async () => {
  proxy.delayMs = 150;
  const began = Date.now();
  await (await vote()).text();
  expect(Date.now() - began).toBeGreaterThanOrEqual(300);
});
