/** WebKitGTK, the nearest thing to iOS's WKWebView that runs here: WebDriver over HTTP, its window on a virtual screen. */
import { writeFileSync } from 'node:fs';
import { Engine, type LaunchOptions, PHONE } from './engine.ts';
import { freePort, type Program, ready, startProgram } from './process.ts';

/**
 * WebDriver has no command for the console, and WebKit prints nothing from the private session that automation is.
 * So the page is listened to from its load event on; what broke before that shows in the other engines.
 */
const LISTEN = `(function () {
  var heard = (window.__heard = []), write = console.error;
  console.error = function () { heard.push([].join.call(arguments, ' ')); write.apply(console, arguments); };
  addEventListener('error', function (event) { heard.push(String(event.error || event.message)); });
  addEventListener('unhandledrejection', function (event) { heard.push(String(event.reason)); });
})()`;

/** An iPhone's, before what the app adds: MiniBrowser can only replace the whole of it. */
const USER_AGENT =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148';

export class WebKit extends Engine {
  private constructor(
    readonly name: string,
    private screen: Program,
    private driver: Program,
    private session: string,
    private browserVersion: string,
  ) {
    super();
  }

  static async launch(
    name: string,
    driverPath: string,
    miniBrowser: string,
    options: LaunchOptions = {},
  ): Promise<WebKit> {
    // The screen is the phone's, and the browser fills it: its window with a toolbar cannot be made this narrow.
    // `-displayfd 1` lets the server choose a free display and print its number.
    const screenArgs = ['-displayfd', '1', '-screen', '0', `${PHONE.width}x${PHONE.height}x24`, '-nolisten', 'tcp'];
    const screen = startProgram('Xvfb', () => screenArgs);
    const display = await ready(screen, 'Xvfb', () => /^\d+$/m.exec(screen.output())?.[0]);
    const port = await freePort();
    const driver = startProgram(driverPath, () => [`--port=${port}`], {
      DISPLAY: `:${display}`,
      GDK_BACKEND: 'x11',
      WEBKIT_DISABLE_COMPOSITING_MODE: '1', // there is no GPU behind this screen
      NO_AT_BRIDGE: '1',
    });
    const root = `http://127.0.0.1:${port}`;
    await ready(driver, name, async () => (await command(`${root}/status`, 'GET')).ready);
    const args = ['--automation', '--full-screen'];
    if (options.userAgentSuffix) args.push(`--user-agent=${USER_AGENT}${options.userAgentSuffix}`);
    const browser = { 'webkitgtk:browserOptions': { binary: miniBrowser, args } };
    const { sessionId, capabilities } = await command(`${root}/session`, 'POST', { capabilities: { alwaysMatch: browser } });
    const session = `${root}/session/${sessionId}`;
    const webkit = new WebKit(name, screen, driver, session, capabilities.browserVersion);
    await webkit.#post('window/rect', { width: PHONE.width, height: PHONE.height });
    return webkit;
  }

  async version() {
    return this.browserVersion;
  }

  async open(url: string) {
    await this.#post('url', { url });
    await this.evaluate(LISTEN);
  }

  async evaluate<T>(expression: string): Promise<T> {
    const script = `var done = arguments[arguments.length - 1];
      Promise.resolve(${expression}).then(
        function (value) { done({ json: JSON.stringify(value) }); },
        function (error) { done({ error: String(error) }); });`;
    const { json, error } = await this.#post('execute/async', { script, args: [] });
    if (error) throw new Error(error);
    return JSON.parse(json ?? 'null');
  }

  protected async touch(x: number, y: number) {
    const actions = [
      { type: 'pointerMove', x, y },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ];
    const finger = { type: 'pointer', id: 'finger', parameters: { pointerType: 'touch' }, actions };
    await this.#post('actions', { actions: [finger] });
  }

  async screenshot(path: string) {
    writeFileSync(path, Buffer.from(await command(`${this.session}/screenshot`, 'GET'), 'base64'));
  }

  logs() {
    return this.evaluate<string[]>('window.__heard || []');
  }

  async close() {
    await this.driver.stop();
    await this.screen.stop();
  }

  #post(path: string, body: object) {
    return command(`${this.session}/${path}`, 'POST', body);
  }
}

async function command(url: string, method: 'GET' | 'POST', body?: object): Promise<any> {
  const response = await fetch(url, { method, body: body && JSON.stringify(body) });
  const { value } = (await response.json()) as { value: any };
  if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}
