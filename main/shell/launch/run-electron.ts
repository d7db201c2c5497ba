import { type ChildProcess, spawn } from 'node:child_process';
import type { Clock } from '#shared/util/index.ts';
import { childEnvironment } from '../child-environment.ts';

/** A window that is not there by then will not come. */
export const READY_LIMIT_MS = 15_000;

/** Electron as the launcher sees it. */
export interface ElectronProcess {
  /** its window shows the application */
  onReady(listener: () => void): void;
  onExit(listener: (code: number | null) => void): void;
  kill(signal: NodeJS.Signals): void;
}

export type StartElectron = (program: string, args: readonly string[]) => ElectronProcess;

export const startElectron: StartElectron = (program, args) => {
  const child: ChildProcess = spawn(program, [...args], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: childEnvironment(process.env),
  });
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code));
    child.once('error', () => resolve(null));
  });
  return {
    onReady(listener) {
      child.on('message', (message) => {
        if ((message as { type?: string } | null)?.type === 'window-ready') listener();
      });
    },
    onExit: (listener) => void exited.then(listener),
    kill: (signal) => void child.kill(signal),
  };
};

export type ElectronRun =
  /** it ran, and ended so; also when it gave its arguments to an Electron that ran already */
  { ran: true; code: number } | { ran: false; reason: string };

/** Runs Electron to its end, or finds out that it does not come up. */
export function runElectron(electron: ElectronProcess, clock: Clock): Promise<ElectronRun> {
  return new Promise((resolve) => {
    let isReady = false;
    const cancel = clock.setTimer(READY_LIMIT_MS, () => {
      electron.kill('SIGKILL');
      resolve({ ran: false, reason: `it was not ready in ${READY_LIMIT_MS / 1000} s` });
    });
    electron.onReady(() => {
      isReady = true;
      cancel();
    });
    electron.onExit((code) => {
      cancel();
      if (isReady || code === 0) resolve({ ran: true, code: code ?? 1 });
      else resolve({ ran: false, reason: `it ended at once (${code ?? 'by a signal'})` });
    });
  });
}
