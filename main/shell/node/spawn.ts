import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from '../child-environment.ts';
import type { ChildProcessPort, ProcessName, SpawnPort } from '../ports.ts';
import { nodeFlags } from './node-flags.ts';

/** a child that has not ended by then is ended */
export const STOP_GRACE_MS = 5_000;

/**
 * Starts our programs as children of this process, with a message channel that carries structured clones. Their standard
 * output is dropped (it belongs to whoever starts a program by hand), their errors go where ours go.
 */
export const nodeSpawn: SpawnPort = (name, options = {}) => {
  const child = fork(programFile(name, import.meta.url), [...(options.args ?? [])], {
    serialization: 'advanced',
    env: childEnvironment(process.env, options.env),
    execArgv: [...nodeFlags],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // Ctrl-C in a terminal reaches its whole group; the order in which our processes end is ours to choose
    detached: process.platform !== 'win32',
  });
  return childPort(child);
};

/**
 * The file of a program: beside the bundle that asks, or in `main/entries` when the sources run themselves.
 * @param from `import.meta.url` of a file in a folder of `main/shell`, or of a bundle
 */
export function programFile(name: ProcessName, from: string): string {
  const relative = from.endsWith('.ts') ? `../../entries/${name}.ts` : `./${name}.mjs`;
  return fileURLToPath(new URL(relative, from));
}

function childPort(child: ChildProcess): ChildProcessPort {
  // one that did not start says so by `error` and never by `exit`
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code));
    child.on('error', () => {
      if (child.pid === undefined) resolve(null);
    });
  });
  return {
    get pid() {
      return child.pid;
    },
    send(message) {
      // the callback keeps a channel that closes meanwhile from throwing; `exit` tells the rest
      if (child.connected) child.send(message as object, () => {});
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void exited.then(listener),
    async stop(graceMs = STOP_GRACE_MS) {
      askToEnd(child);
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await exited;
      clearTimeout(timer);
    },
  };
}

/** On Windows a signal ends a program at once; the end of its channel it can answer in order. */
function askToEnd(child: ChildProcess): void {
  if (process.platform !== 'win32') child.kill('SIGTERM');
  else if (child.connected) child.disconnect();
}
