/** Starting programs so that nothing of them outlives the test: own process group, own home, own profile. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pause } from './engine.ts';

export interface Program {
  /** A directory of its own, removed with it. */
  readonly home: string;
  /** Everything it printed so far. */
  output(): string;
  hasExited(): boolean;
  /** Kills the whole process group, waits, and removes `home`. */
  stop(): Promise<void>;
}

const running = new Set<ChildProcess>();
process.on('exit', () => running.forEach(killGroup)); // the runner itself was ended

export function startProgram(path: string, args: (home: string) => string[], env: NodeJS.ProcessEnv = {}): Program {
  const home = mkdtempSync(join(tmpdir(), 'carnival-e2e-'));
  const child = spawn(path, args(home), {
    detached: true, // leader of a group, so that its helpers go with it
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, HOME: home, TMPDIR: home, ...env },
  });
  running.add(child);
  let output = '';
  const keep = (chunk: Buffer) => (output += chunk);
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const exited = new Promise<void>((resolve) => {
    child.on('exit', () => resolve());
    child.on('error', (error) => {
      output += `${error}\n`;
      resolve();
    });
  }).then(() => void running.delete(child));
  return {
    home,
    output: () => output,
    hasExited: () => !running.has(child),
    async stop() {
      killGroup(child);
      await exited;
      rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}

/** Asks again and again until there is an answer; says what the program printed when there never is. */
export async function ready<T>(program: Program, what: string, probe: () => T | Promise<T>, timeoutMs = 30_000) {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline && !program.hasExited()) {
    try {
      const answer = await probe();
      if (answer) return answer;
    } catch {
      // not yet
    }
    await pause(50);
  }
  const output = program.output();
  await program.stop();
  throw new Error(`${what} did not start:\n${output}`);
}

/** A port nobody listens on right now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function killGroup(child: ChildProcess) {
  if (child.pid === undefined) return; // it never started
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // already gone
  }
}
