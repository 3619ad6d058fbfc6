/** Which engines there are, where they stand, and how to start each. */
import { existsSync, readFileSync } from 'node:fs';
import { Chromium } from './chromium.ts';
import type { Engine } from './engine.ts';
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
  launch: () => Promise<Engine>;
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

export const engines: Available[] = [
  ...['64', '66', '78', '90'].map((version) =>
    engine(`Chromium ${version}`, Chromium.launch, browsers.old?.[version]),
  ),
  engine("today's Chromium", Chromium.launch, browsers.chromium),
  engine('Firefox ESR', Firefox.launch, browsers.firefox),
  engine('WebKitGTK', WebKit.launch, browsers.webkit_driver, browsers.minibrowser),
];

type Launch<Paths extends string[]> = (name: string, ...paths: Paths) => Promise<Engine>;

function engine<P extends string[]>(name: string, launch: Launch<P>, ...paths: { [I in keyof P]: string | undefined }) {
  const installed = paths.every(Boolean);
  return {
    name,
    installed,
    launch: () => (installed ? launch(name, ...(paths as P)) : Promise.reject(new Error(`${name} is not installed`))),
  };
}

function firstExisting(...paths: string[]): string | undefined {
  return paths.find((path) => existsSync(path));
}
