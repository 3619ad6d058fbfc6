/**
 * Calls and events over one WebSocket: the common form of the Chrome DevTools Protocol and WebDriver BiDi.
 * (Node learnt a WebSocket client of its own in 22; the floor here is 20.)
 */
import { WebSocket } from 'ws';

/** No single call may take longer: a dead engine must not eat the whole test's time. */
const CALL_MS = 30_000;

type Listener = (params: any) => void;

export class Wire {
  #socket: WebSocket;
  #lastId = 0;
  #waiting = new Map<number, { resolve: (result: any) => void; reject: (error: Error) => void }>();
  #listeners = new Map<string, Listener[]>();

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => this.#receive(JSON.parse(String(data))));
    socket.on('close', () => this.#waiting.forEach(({ reject }) => reject(new Error('the browser hung up'))));
  }

  static connect(url: string): Promise<Wire> {
    return new Promise((resolve, reject) => {
      // Chromium 64 does not speak the compression extension.
      const socket = new WebSocket(url, { perMessageDeflate: false });
      socket.on('open', () => resolve(new Wire(socket)));
      socket.on('error', reject);
    });
  }

  call(method: string, params: object = {}): Promise<any> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => settle(reject)(new Error(`${method} got no answer`)), CALL_MS);
      const settle = <T>(end: (value: T) => void) => (value: T) => {
        clearTimeout(timer);
        this.#waiting.delete(id);
        end(value);
      };
      this.#waiting.set(id, { resolve: settle(resolve), reject: settle(reject) });
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }

  on(event: string, listener: Listener) {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
  }

  once(event: string): Promise<any> {
    return new Promise((resolve) => this.on(event, resolve));
  }

  close() {
    this.#socket.terminate();
  }

  #receive(message: any) {
    const waiting = this.#waiting.get(message.id);
    if (message.error) waiting?.reject(new Error(message.message ?? message.error.message ?? message.error));
    else if (waiting) waiting.resolve(message.result);
    else this.#listeners.get(message.method)?.forEach((listener) => listener(message.params));
  }
}
