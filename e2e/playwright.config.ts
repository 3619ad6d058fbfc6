import { defineConfig } from '@playwright/test';
import { PHONE } from './engines/engine.ts';
import { browsers } from './engines/launch.ts';

/** All output stands with the other build products, so that one `cargo clean` takes it. */
const OUTPUT = '../target/e2e';

/** A mid-range phone held upright: what the page is designed for. */
const phone = {
  viewport: { width: PHONE.width, height: PHONE.height },
  deviceScaleFactor: PHONE.scale,
  isMobile: true,
  hasTouch: true,
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
};

export default defineConfig({
  outputDir: `${OUTPUT}/results`,
  reporter: [
    ['list'],
    ['html', { outputFolder: `${OUTPUT}/report`, open: 'never' }],
    ['json', { outputFile: `${OUTPUT}/results.json` }],
    ['./engines/table.ts'],
  ],
  // Browser, server and compiler share two cores; tests that measure time must not share them with each other.
  workers: 1,
  // A test that passes the second time is listed as flaky and is to be mended. It is no reason for a whole run of half an
  // hour to say nothing of what else it was run for: the machine it shares may have stood still for a second.
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: !!process.env.CI,
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath: browsers.chromium, args: ['--no-sandbox', '--disable-dev-shm-usage'] },
    testIdAttribute: 'data-testid',
    actionTimeout: 10_000,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'drivers', testDir: 'selftest' },
    { name: 'phone', testDir: '.', testIgnore: ['selftest/**', 'engines/**', 'states/**'], use: phone },
    { name: 'engines', testDir: 'engines' },
    // Pictures for the documents are made when they are asked for: `cargo xtask states`.
    ...(process.env.CARNIVAL_STATES ? [{ name: 'states', testDir: 'states', use: phone }] : []),
  ],
});
