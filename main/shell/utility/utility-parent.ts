import type { ParentPort, ProcessMessage } from '../ports.ts';
import { CHANNEL_VARIABLE, PARENT_PORT_MESSAGE } from './child-messages.ts';
import { findShellPort, type ShellPort, type UtilityPort } from './utility-ports.ts';

export interface UtilityParent extends ParentPort {
  /** the parent is gone; never told where a utility process ends with its parent by itself */
  onGone(listener: () => void): void;
}

/**
 * The parent of this utility process: the shell, or the engine where the shell started this process for it.
 * @returns null outside Electron's utility processes
 */
export function findUtilityParent(
  shellPort: ShellPort | null = findShellPort(),
  env: Readonly<Record<string, string | undefined>> = process.env,
): UtilityParent | null {
  if (shellPort === null) return null;
  return env[CHANNEL_VARIABLE] === 'port' ? throughPort(shellPort) : directly(shellPort);
}

function directly(shellPort: ShellPort): UtilityParent {
  return {
    send: (message) => shellPort.postMessage(message),
    onMessage: (listener) => shellPort.on('message', ({ data }) => listener(data)),
    onGone: () => {},
  };
}

/** What is said before the port is there waits for it. */
function throughPort(shellPort: ShellPort): UtilityParent {
  let port: UtilityPort | null = null;
  const waiting: ProcessMessage[] = [];
  const messageListeners: ((message: ProcessMessage) => void)[] = [];
  const goneListeners: (() => void)[] = [];
  shellPort.on('message', ({ data, ports }) => {
    const given = ports[0];
    if (port !== null || !given || !isPortMessage(data)) return;
    port = given;
    port.on('message', (event) => {
      for (const listener of messageListeners) listener(event.data);
    });
    port.on('close', () => {
      for (const listener of goneListeners) listener();
    });
    port.start();
    for (const message of waiting.splice(0)) port.postMessage(message);
  });
  return {
    send(message) {
      if (port === null) waiting.push(message);
      else port.postMessage(message);
    },
    onMessage: (listener) => void messageListeners.push(listener),
    onGone: (listener) => void goneListeners.push(listener),
  };
}

function isPortMessage(data: ProcessMessage): boolean {
  return (data as { type?: unknown } | null)?.type === PARENT_PORT_MESSAGE;
}
