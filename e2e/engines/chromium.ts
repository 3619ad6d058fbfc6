/** Chromium, any version from 64 on, over raw CDP: new automation libraries no longer know the old protocol. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Engine, type LaunchOptions, PHONE } from './engine.ts';
import { type Program, ready, startProgram } from './process.ts';
import { Wire } from './wire.ts';

const FLAGS = [
  '--headless',
  '--no-sandbox', // test machines run as root, or without user namespaces
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--lang=zh-CN',
  '--remote-debugging-port=0',
];

export class Chromium extends Engine {
  #logs: string[] = [];

  private constructor(
    readonly name: string,
    private program: Program,
    private page: Wire,
  ) {
    super();
    const keep = (text: string) => this.#logs.push(text);
    page.on('Runtime.exceptionThrown', ({ exceptionDetails: e }) => keep(e.exception?.description ?? e.text));
    page.on('Runtime.consoleAPICalled', ({ type, args }) => {
      if (type === 'error') keep(args.map((arg: any) => arg.value ?? arg.description).join(' '));
    });
    page.on('Log.entryAdded', ({ entry }) => {
      if (entry.level === 'error') keep(`${entry.text} ${entry.url ?? ''}`);
    });
  }

  static async launch(name: string, path: string, options: LaunchOptions = {}): Promise<Chromium> {
    const flags = [...FLAGS, ...(options.flags ?? [])];
    const program = startProgram(path, (home) => [...flags, `--user-data-dir=${home}`, 'about:blank']);
    const portFile = join(program.home, 'DevToolsActivePort');
    const target = await ready(program, name, async () => {
      if (!existsSync(portFile)) return undefined;
      const port = readFileSync(portFile, 'utf8').split('\n')[0];
      const targets: any[] = await (await fetch(`http://127.0.0.1:${port}/json/list`)).json();
      return targets.find((target) => target.type === 'page')?.webSocketDebuggerUrl as string | undefined;
    });
    const chromium = new Chromium(name, program, await Wire.connect(target as string));
    await chromium.#becomePhone(options.userAgentSuffix);
    return chromium;
  }

  async #becomePhone(suffix = '') {
    for (const domain of ['Page', 'Runtime', 'Network', 'Log']) await this.page.call(`${domain}.enable`);
    const { width, height, scale } = PHONE;
    const metrics = { width, height, deviceScaleFactor: scale, mobile: true };
    await this.page.call('Emulation.setDeviceMetricsOverride', metrics);
    await this.page.call('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 1 });
    const { userAgent } = await this.page.call('Browser.getVersion');
    await this.page.call('Network.setUserAgentOverride', {
      userAgent:
        userAgent
          .replace('Headless', '')
          .replace('X11; Linux x86_64', 'Linux; Android 9; Phone')
          .replace(' Safari/', ' Mobile Safari/') + suffix,
      acceptLanguage: 'zh-CN,zh',
    });
  }

  async open(url: string) {
    const loaded = this.page.once('Page.loadEventFired');
    const { errorText } = await this.page.call('Page.navigate', { url });
    if (errorText) throw new Error(`${url}: ${errorText}`);
    await loaded;
  }

  async evaluate<T>(expression: string): Promise<T> {
    const params = { expression, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await this.page.call('Runtime.evaluate', params);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  protected async touch(x: number, y: number) {
    await this.page.call('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
    await this.page.call('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  }

  async version() {
    const { product } = await this.page.call('Browser.getVersion');
    return product.replace(/^\D+/, '');
  }

  async screenshot(path: string) {
    const { data } = await this.page.call('Page.captureScreenshot', { format: 'png' });
    writeFileSync(path, Buffer.from(data, 'base64'));
  }

  /** A small picture for documents. */
  async photograph(path: string) {
    const { data } = await this.page.call('Page.captureScreenshot', { format: 'jpeg', quality: 70 });
    writeFileSync(path, Buffer.from(data, 'base64'));
  }

  override async setOffline(offline: boolean) {
    const unlimited = { latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
    await this.page.call('Network.emulateNetworkConditions', { offline, ...unlimited });
  }

  async logs() {
    return this.#logs;
  }

  async close() {
    this.page.close();
    await this.program.stop();
  }
}
