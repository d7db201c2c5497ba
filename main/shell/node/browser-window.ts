import { type ChildProcess, spawn } from 'node:child_process';
import { childEnvironment } from '../child-environment.ts';

/** A browser program that we started; the window may live in another process that was there before. */
export interface BrowserProcess {
  onExit(listener: (code: number | null) => void): void;
  /** asks it to close its windows */
  close(): void;
}

export type StartBrowser = (program: string, flags: readonly string[]) => BrowserProcess;

/** Starts the browser. What it writes is for its developers, and would bury what we say. */
export const startBrowser: StartBrowser = (program, flags) => {
  const child: ChildProcess = spawn(program, [...flags], {
    stdio: 'ignore',
    env: childEnvironment(process.env),
    // Ctrl-C in the terminal reaches the whole group: the window goes after the engine has ended calls in order
    detached: process.platform !== 'win32',
  });
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code));
    child.once('error', () => resolve(null));
  });
  return {
    onExit: (listener) => void exited.then(listener),
    close: () => void child.kill('SIGTERM'),
  };
};
