/** Which engines there are, where they stand, and how to start each. */
import { existsSync, readFileSync } from 'node:fs';
import { Chromium } from './chromium.ts';
import type { Engine, LaunchOptions } from './engine.ts';
import { Firefox } from './firefox.ts';
import { WebKit } from './webkit.ts';

/** The file that `cargo xtask test` writes after it has put every engine in place. */
interface Browsers {
  chromium?: string;
  firefox?: string;
  webkit_driver?: string;
  minibrowser?: string;
  /** Chromium by major version. 64 and 66 are the X5 kernels of 2018, 78 the first XWEB, 90 the last before `@layer`. */
  old?: Record<string, string>;
}

export interface Available {
  name: string;
  /** False where this machine lacks it: then `launch` says so. */
  installed: boolean;
  launch: (options?: LaunchOptions) => Promise<Engine>;
}

/** Without that file (tests started by hand): what the system has. */
const SYSTEM: Browsers = {
  chromium: firstExisting('/usr/bin/chromium', '/usr/bin/google-chrome'),
  firefox: firstExisting('/usr/bin/firefox-esr', '/usr/bin/firefox'),
  webkit_driver: firstExisting('/usr/bin/WebKitWebDriver'),
  minibrowser: firstExisting(
    '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
    '/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
  ),
};

export const browsers: Browsers = process.env.CARNIVAL_BROWSERS
  ? JSON.parse(readFileSync(process.env.CARNIVAL_BROWSERS, 'utf8'))
  : SYSTEM;

const old = (version: string) => chromium(`Chromium ${version}`, browsers.old?.[version]);
/** V8's own way to be without WebAssembly: today's has it no more where it may compile nothing at all. */
const NO_WASM_OLD = '--js-flags=--noexpose-wasm';
const NO_WASM = '--js-flags=--jitless';

/** What every test run drives. The ends of the range, the first XWEB, and each other family. */
const ALWAYS: Available[] = [
  old('64'),
  old('78'),
  chromium("today's Chromium", browsers.chromium),
  webkit('WebKitGTK'),
  firefox('Firefox ESR'),
  chromium("today's Chromium without WebAssembly", browsers.chromium, NO_WASM),
];

/** The kernels between, for `cargo xtask engines`, in the order of the table. */
const ALL: Available[] = [
  ...['64', '66', '78', '90', '107', '109', '116', '117', '122', '130', '131'].map(old),
  chromium("today's Chromium", browsers.chromium),
  webkit('WebKitGTK'),
  firefox('Firefox ESR'),
  chromium('Chromium 64 without WebAssembly', browsers.old?.['64'], NO_WASM_OLD),
  chromium("today's Chromium without WebAssembly", browsers.chromium, NO_WASM),
];

export const engines = process.env.CARNIVAL_ENGINES === 'all' ? ALL : ALWAYS;

function chromium(name: string, path: string | undefined, ...flags: string[]): Available {
  return available(name, [path], ([path = ''], options) =>
    Chromium.launch(name, path, { ...options, flags: [...flags, ...(options.flags ?? [])] }),
  );
}

function firefox(name: string): Available {
  return available(name, [browsers.firefox], ([path = ''], options) => Firefox.launch(name, path, options));
}

function webkit(name: string): Available {
  return available(name, [browsers.webkit_driver, browsers.minibrowser], ([driver = '', browser = ''], options) =>
    WebKit.launch(name, driver, browser, options),
  );
}

function available(
  name: string,
  paths: (string | undefined)[],
  launch: (paths: string[], options: LaunchOptions) => Promise<Engine>,
): Available {
  const there = paths.filter((path) => path !== undefined);
  const installed = there.length === paths.length;
  return {
    name,
    installed,
    launch: (options = {}) => (installed ? launch(there, options) : Promise.reject(new Error(`${name} is not installed`))),
  };
}

function firstExisting(...paths: string[]): string | undefined {
  return paths.find((path) => existsSync(path));
}
