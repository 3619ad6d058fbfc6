/**
 * One small interface for every browser engine, from Chromium 64 to WebKitGTK.
 *
 * Gestures are built here once, over three things each protocol has: run an expression, put a finger
 * on a point, take a picture. Expressions run in the page, so they are ES5: the oldest engine reads them too.
 */
export const PHONE = { width: 390, height: 844, scale: 2 };

/** Longer than a cold start of the module on two busy cores, shorter than a test's patience. */
const PATIENCE_MS = 15_000;
const POLL_MS = 100;

export interface LaunchOptions {
  /** Stands at the end of the engine's own User-Agent, as a chat app's words do. */
  userAgentSuffix?: string;
  /** Chromium's command-line flags. */
  flags?: string[];
}

type Aim = { x: number; y: number } | { why: string };

export abstract class Engine {
  /** What the report calls it: `Chromium 64`. */
  abstract readonly name: string;
  /** Its exact version, by its own word. */
  abstract version(): Promise<string>;
  /** Loads a page; resolves after its load event. */
  abstract open(url: string): Promise<void>;
  /** The value of an ES5 expression, or of the promise it gives. */
  abstract evaluate<T>(expression: string): Promise<T>;
  /** A finger down and up at a point of the viewport, through the engine's own input path. */
  protected abstract touch(x: number, y: number): Promise<void>;
  /** A PNG of what is seen. */
  abstract screenshot(path: string): Promise<void>;
  /** Errors on the console and uncaught exceptions since the start. */
  abstract logs(): Promise<string[]>;
  /** Ends the browser and all it left behind. */
  abstract close(): Promise<void>;

  /** Cuts the network inside the engine. WebKitWebDriver knows no such command: use the fault proxy there. */
  async setOffline(_offline: boolean): Promise<void> {
    throw new Error(`${this.name} cannot be taken offline through its protocol`);
  }

  count(selector: string): Promise<number> {
    return this.evaluate(`document.querySelectorAll(${JSON.stringify(selector)}).length`);
  }

  /** The visible text of the first match; waits for the match. */
  async text(selector: string): Promise<string> {
    const found = `document.querySelector(${JSON.stringify(selector)})`;
    await this.waitFor(found + ' !== null', `an element ${selector}`);
    return this.evaluate(`(${found} || { innerText: '' }).innerText.trim()`);
  }

  /** Waits until an expression is truthy. `what` ends the sentence "waited in vain for …". */
  async waitFor(expression: string, what = expression, timeoutMs = PATIENCE_MS): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    let lastError = '';
    while (Date.now() < deadline) {
      try {
        if (await this.evaluate(`!!(${expression})`)) return;
      } catch (error) {
        lastError = ` (${error})`; // the page may be between two documents; the next try tells
      }
      await pause(POLL_MS);
    }
    const logs = (await this.logs().catch(() => [])).join('\n');
    throw new Error(`${this.name} waited in vain for ${what}${lastError}\n${logs}`);
  }

  /** Brings an element into view, waits until it rests there uncovered, and taps its middle. */
  async tap(selector: string, timeoutMs = PATIENCE_MS): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    let before: Aim = { why: 'was never looked for' };
    while (Date.now() < deadline) {
      const aim = await this.evaluate<Aim>(aimExpression(selector));
      if ('x' in aim && 'x' in before && aim.x === before.x && aim.y === before.y) {
        return this.touch(aim.x, aim.y);
      }
      before = aim;
      await pause(POLL_MS);
    }
    const why = 'why' in before ? before.why : 'does not stand still';
    throw new Error(`${this.name} cannot tap ${selector}: it ${why}`);
  }
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

function aimExpression(selector: string): string {
  return `(function () {
    var target = document.querySelector(${JSON.stringify(selector)});
    if (!target) return { why: 'is not in the document' };
    target.scrollIntoView({ block: 'center' });
    var box = target.getBoundingClientRect();
    if (!box.width || !box.height) return { why: 'has no size' };
    var x = Math.round(box.left + box.width / 2), y = Math.round(box.top + box.height / 2);
    var hit = document.elementFromPoint(x, y);
    if (hit && target.contains(hit)) return { x: x, y: y };
    return { why: 'is covered by ' + (hit ? hit.outerHTML.slice(0, 120) : 'nothing: it is off the screen') };
  })()`;
}
