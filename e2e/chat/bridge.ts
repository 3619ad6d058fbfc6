/**
 * WeChat's side of the JS-SDK, recorded: a bridge that checks signatures as a real client does, with the platform's
 * own ticket, and notes what it is told. The SDK above it is the official script.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { BrowserContext, Page } from '@playwright/test';

export const USER_AGENT = {
  android:
    'Mozilla/5.0 (Linux; Android 16; V2366HA Build/BP2A.250605.031.A3; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/146.0.7680.177 Mobile Safari/537.36 XWEB/1460075 MMWEBSDK/20260202 MMWEBID/5120 MicroMessenger/8.0.70.3060(0x28004652) WeChat/arm64 Weixin NetType/WIFI Language/zh_CN ABI/arm64',
  ios: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.69(0x1800452f) NetType/4G Language/zh_CN',
  harmony:
    'Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile MicroMessenger/8.0.10.41(0xf3100a29) Weixin NetType/WIFI Language/zh_CN MMWEBID/2907 MMWEBSDK/202508070004 XWEB/1140319',
  qq: 'Mozilla/5.0 (Linux; Android 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/121.0.6167.71 MQQBrowser/6.2 TBS/047925 Mobile Safari/537.36 V1_AND_SQ_9.2.66_13188_YYB_D QQ/9.2.66.33870 NetType/WIFI WebP/0.3.0 AppId/537339358',
};

/** The hosts of the SDK, best first. */
export const SDK_HOSTS = ['res.wx.qq.com', 'res2.wx.qq.com'];

/** The npm package is the official 1.6.0 code as a module; in a page it puts itself into `window`. */
const SDK = `(function () { var module = { exports: {} };
${readFileSync(createRequire(import.meta.url).resolve('weixin-js-sdk'), 'utf8')}
window.wx = window.jWeixin = module.exports; })();`;

export interface Manner {
  /** Which address this client checks a signature against. */
  checks: 'landing' | 'current';
  /** What it says of every signature, in place of checking it. */
  says?: string;
  /** Whether it answers at all. */
  isSilent?: boolean;
  /** After how many milliseconds its bridge is there. */
  lateMs?: number;
}

export interface Call {
  name: string;
  data: Record<string, any>;
}

/** Puts a bridge into every page of the context. */
export async function putBridge(context: BrowserContext, platform: string, manner: Manner) {
  await context.exposeFunction('__verify', async (data: Record<string, string>, url: string) => {
    const { ticket } = (await (await fetch(`${platform}/stand-in/ticket`)).json()) as { ticket: string };
    const text = `jsapi_ticket=${ticket}&noncestr=${data.verifyNonceStr}&timestamp=${data.verifyTimestamp}&url=${url}`;
    return createHash('sha1').update(text).digest('hex') === data.verifySignature;
  });
  await context.addInitScript((manner: Manner) => {
    const page = window as any;
    const landing = location.href.split('#')[0];
    page.__calls = [];
    const bridge = {
      async invoke(name: string, data: Record<string, any>, answer: (reply: { err_msg: string }) => void) {
        page.__calls.push({ name, data: JSON.parse(JSON.stringify(data)) });
        if (manner.isSilent) return;
        if (name === 'preVerifyJSAPI') {
          const url = manner.checks === 'landing' ? landing : location.href.split('#')[0];
          const isRight = await page.__verify(data, url);
          page.__isVerified = isRight && !manner.says;
          answer({ err_msg: manner.says ?? (isRight ? 'config:ok' : 'config:invalid signature') });
        } else if (page.__isVerified) {
          answer({ err_msg: `${name}:ok` });
        } else {
          answer({ err_msg: `${name}:fail, the permission value is offline verifying` });
        }
      },
      on(name: string) {
        page.__calls.push({ name: `on ${name}`, data: {} });
      },
    };
    setTimeout(() => {
      page.WeixinJSBridge = bridge;
      document.dispatchEvent(new Event('WeixinJSBridgeReady'));
    }, manner.lateMs ?? 0);
  }, manner);
}

/** Serves the SDK from its own hosts, but those that are down; returns what was asked for. */
export async function serveSdk(context: BrowserContext, down: string[] = []): Promise<string[]> {
  const asked: string[] = [];
  await context.route(/^https:\/\/(res2?\.wx|open\.weixin|open\.mobile)\.qq\.com\//, (route) => {
    const { host, pathname } = new URL(route.request().url());
    asked.push(host + pathname);
    if (down.includes(host)) return route.abort('connectionrefused');
    if (SDK_HOSTS.includes(host)) return route.fulfill({ contentType: 'text/javascript', body: SDK });
    return route.abort();
  });
  return asked;
}

/** What the bridge was told under a name, oldest first. */
export async function told(page: Page, name: string): Promise<Record<string, any>[]> {
  const calls = (await page.evaluate(() => (window as any).__calls)) as Call[];
  return calls.filter((call) => call.name === name).map((call) => call.data);
}
