/**
 * How long old engines take beside today's: the same page, the same network, a processor four times as slow. Over raw CDP,
 * which automation libraries no longer speak as these do.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';

const PATIENCE_MS = 30_000;
const POLL_MS = 50;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Runs in the page; ES5, for Chromium 64. Taps until a row has changed. */
const PROBE = `window.__interactive = 0;
  (function look(was) {
    var votes = document.querySelector('[data-testid=star-votes]');
    var button = document.querySelector('[data-testid=vote]');
    if (votes && was !== undefined && votes.textContent !== was) {
      window.__interactive = performance.now();
      return;
    }
    if (votes && button && was === undefined) {
      was = votes.textContent;
      button.click();
    }
    requestAnimationFrame(function () { look(was); });
  })();`;

/** When a tap has changed a row, and when the module has taken the frame's place, ms. */
export async function inEngine(path, url, net, cpuSlowdown) {
  const home = mkdtempSync(join(tmpdir(), 'carnival-bench-'));
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--remote-debugging-port=0'];
  const browser = spawn(path, [...flags, `--user-data-dir=${home}`, 'about:blank'], { stdio: 'ignore', env: { ...process.env, HOME: home } });
  try {
    const portFile = join(home, 'DevToolsActivePort');
    await until(() => existsSync(portFile) && readFileSync(portFile, 'utf8').includes('\n'));
    const port = readFileSync(portFile, 'utf8').split('\n')[0];
    const tab = await until(async () => (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()).find(({ type }) => type === 'page'));
    const call = await connect(tab.webSocketDebuggerUrl);
    for (const domain of ['Page', 'Runtime', 'Network']) await call(`${domain}.enable`);
    await call('Emulation.setDeviceMetricsOverride', { width: 390, height: 844, deviceScaleFactor: 2, mobile: true });
    await call('Network.emulateNetworkConditions', { offline: false, ...net });
    await call('Emulation.setCPUThrottlingRate', { rate: cpuSlowdown });
    await call('Page.addScriptToEvaluateOnNewDocument', { source: PROBE });
    await call('Page.navigate', { url });
    // Asked seldom: asking takes the main thread's time.
    return await until(async () => {
      await pause(2000);
      const expression = '[window.__interactive, window.__carnival && __carnival.marks.ready || 0]';
      const { result } = await call('Runtime.evaluate', { expression, returnByValue: true });
      const [interactive, ready] = result.value ?? [];
      return interactive && ready ? { 'interactive, ms': interactive, 'module in place, ms': ready } : undefined;
    });
  } finally {
    browser.kill('SIGKILL');
    await new Promise((done) => (browser.exitCode === null && browser.signalCode === null ? browser.on('exit', done) : done()));
    // Its children may outlive it by a moment, and write: what is left over of a profile is no reason to lose a run.
    try {
      rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    } catch (error) {
      console.error(`  ${home} stays: ${error.code}`);
    }
  }
}

async function until(probe) {
  for (const begun = Date.now(); Date.now() - begun < PATIENCE_MS; await pause(POLL_MS)) {
    const found = await Promise.resolve().then(probe).catch(() => undefined);
    if (found) return found;
  }
  throw new Error('waited in vain for an engine');
}

function connect(url) {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  const waiting = new Map();
  let last = 0;
  socket.on('message', (data) => {
    const { id, result, error } = JSON.parse(String(data));
    const [resolve, reject] = waiting.get(id) ?? [];
    if (error) reject?.(new Error(error.message));
    else resolve?.(result);
  });
  const call = (method, params = {}) =>
    new Promise((resolve, reject) => {
      waiting.set(++last, [resolve, reject]);
      socket.send(JSON.stringify({ id: last, method, params }));
    });
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(call));
    socket.on('error', reject);
  });
}
