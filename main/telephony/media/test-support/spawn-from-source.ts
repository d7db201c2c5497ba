import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ChildProcessPort, SpawnPort } from '../../../shell/ports.ts';

/** Starts the real entry from its source, as the Node shell does in development. */
export const spawnFromSource: SpawnPort = (name) => {
  const entry = fileURLToPath(new URL(`../../../entries/${name}.ts`, import.meta.url));
  return wrap(fork(entry, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [] }));
};

function wrap(child: ChildProcess): ChildProcessPort {
  return {
    pid: child.pid,
    send: (message) => {
      if (child.connected) child.send(message as object);
    },
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.on('exit', listener),
    stop: (graceMs = 2_000) =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
        child.once('exit', () => {
          clearTimeout(timer);
          resolve();
        });
        child.kill('SIGTERM');
      }),
  };
}
