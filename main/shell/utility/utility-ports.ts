import type { ProcessMessage } from '../ports.ts';

/** The parts of Electron's message ports that a utility process uses; it can import no more of Electron. */
export interface UtilityPort {
  postMessage(message: ProcessMessage): void;
  on(event: 'message', listener: (event: UtilityMessage) => void): void;
  on(event: 'close', listener: () => void): void;
  start(): void;
  close(): void;
}

export interface UtilityMessage {
  data: ProcessMessage;
  ports: readonly UtilityPort[];
}

/** `process.parentPort` of a utility process: the shell. */
export interface ShellPort {
  postMessage(message: ProcessMessage): void;
  on(event: 'message', listener: (event: UtilityMessage) => void): void;
}

/** @returns null outside Electron's utility processes */
export function findShellPort(): ShellPort | null {
  return (process as { parentPort?: ShellPort }).parentPort ?? null;
}
