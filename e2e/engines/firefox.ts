/** Firefox over WebDriver BiDi, which it speaks itself: no driver program between. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Engine, type LaunchOptions, PHONE } from './engine.ts';
import { type Program, ready, startProgram } from './process.ts';
import { Wire } from './wire.ts';

const PREFERENCES = {
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'app.update.enabled': false,
  'dom.w3c_touch_events.enabled': 1, // off by default where no touch screen is attached
  'intl.accept_languages': 'zh-CN, zh',
};

/** Firefox for Android's; the preference replaces the whole of it. */
const USER_AGENT = 'Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0';

/** What it says of a stream that ends because the page is left, which is as it should be. */
const LEFT = /\/api\/v1\/live was interrupted while the page was loading/;

export class Firefox extends Engine {
  #logs: string[] = [];
  /** What holds up all requests while the network is cut. */
  #intercept?: string;

  private constructor(
    readonly name: string,
    private program: Program,
    private wire: Wire,
    private context: string,
    private browserVersion: string,
  ) {
    super();
    wire.on('log.entryAdded', ({ level, text }) => {
      if (level === 'error' && !LEFT.test(text)) this.#logs.push(text);
    });
    wire.on('network.beforeRequestSent', ({ isBlocked, request }) => {
      if (isBlocked) wire.call('network.failRequest', { request: request.request }).catch(() => {});
    });
  }

  static async launch(name: string, path: string, options: LaunchOptions = {}): Promise<Firefox> {
    const suffix = options.userAgentSuffix;
    const preferences = suffix ? { ...PREFERENCES, 'general.useragent.override': USER_AGENT + suffix } : PREFERENCES;
    const program = startProgram(path, (home) => {
      const lines = Object.entries(preferences).map(
        ([key, value]) => `user_pref(${JSON.stringify(key)}, ${JSON.stringify(value)});`,
      );
      writeFileSync(join(home, 'user.js'), lines.join('\n'));
      return ['--headless', '--no-remote', '--profile', home, '--remote-debugging-port', '0', 'about:blank'];
    });
    const address = await ready(program, name, () => {
      const { ws_host, ws_port } = JSON.parse(readFileSync(join(program.home, 'WebDriverBiDiServer.json'), 'utf8'));
      return `ws://${ws_host}:${ws_port}/session`;
    });
    const wire = await Wire.connect(address);
    const { capabilities } = await wire.call('session.new', { capabilities: {} });
    await wire.call('session.subscribe', { events: ['log.entryAdded'] });
    const { contexts } = await wire.call('browsingContext.getTree');
    const { context } = contexts[0];
    const viewport = { width: PHONE.width, height: PHONE.height };
    await wire.call('browsingContext.setViewport', { context, viewport, devicePixelRatio: PHONE.scale });
    return new Firefox(name, program, wire, context, capabilities.browserVersion);
  }

  async version() {
    return this.browserVersion;
  }

  async open(url: string) {
    await this.wire.call('browsingContext.navigate', { context: this.context, url, wait: 'complete' });
  }

  /** Values cross as JSON text: BiDi's own form of an object is a list of tagged pairs. */
  async evaluate<T>(expression: string): Promise<T> {
    const { type, result, exceptionDetails } = await this.wire.call('script.evaluate', {
      expression: `Promise.resolve(${expression}).then(function (value) { return JSON.stringify(value); })`,
      target: { context: this.context },
      awaitPromise: true,
    });
    if (type === 'exception') throw new Error(exceptionDetails.text);
    return JSON.parse(result.type === 'string' ? result.value : 'null');
  }

  protected async touch(x: number, y: number) {
    const actions = [
      { type: 'pointerMove', x, y },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ];
    const finger = { type: 'pointer', id: 'finger', parameters: { pointerType: 'touch' }, actions };
    await this.wire.call('input.performActions', { context: this.context, actions: [finger] });
    await this.wire.call('input.releaseActions', { context: this.context });
  }

  async screenshot(path: string) {
    const { data } = await this.wire.call('browsingContext.captureScreenshot', { context: this.context });
    writeFileSync(path, Buffer.from(data, 'base64'));
  }

  /** By failing each request: a command that cuts the network itself came to Firefox after 140, which Debian's stable has. */
  override async setOffline(offline: boolean) {
    const events = { events: ['network.beforeRequestSent'], contexts: [this.context] };
    if (offline) {
      await this.wire.call('session.subscribe', events);
      const asked = { phases: ['beforeRequestSent'], contexts: [this.context] };
      this.#intercept = (await this.wire.call('network.addIntercept', asked)).intercept;
    } else if (this.#intercept) {
      await this.wire.call('network.removeIntercept', { intercept: this.#intercept });
      await this.wire.call('session.unsubscribe', events);
      this.#intercept = undefined;
    }
  }

  async logs() {
    return this.#logs;
  }

  async close() {
    this.wire.close();
    await this.program.stop();
  }
}
