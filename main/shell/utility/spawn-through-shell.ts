import type { ChildProcessPort, ProcessMessage, SpawnPort } from '../ports.ts';
import type { EngineToProcesses, ProcessesToEngine } from './child-messages.ts';
import type { ShellPort, UtilityMessage, UtilityPort } from './utility-ports.ts';

const STOP_GRACE_MS = 5_000;

/** The engine's way to start processes inside Electron: the shell does it, and hands back a port to the new process. */
export function createSpawnThroughShell(shellPort: ShellPort): SpawnPort {
  const children = new Map<number, ShellChild>();
  let nextId = 1;
  shellPort.on('message', (event) => {
    const message = event.data as ProcessesToEngine;
    const child = children.get(message?.childId);
    if (!child) return;
    if (message.type === 'child-exit') children.delete(message.childId);
    child.onShell(message, event);
  });
  return (name, options = {}) => {
    const childId = nextId;
    nextId += 1;
    const child = new ShellChild(childId, (message) => shellPort.postMessage(message));
    children.set(childId, child);
    const { args = [], env = {} } = options;
    if (name === 'engine') throw new TypeError('an engine starts no engine');
    const message: EngineToProcesses = {
      type: 'spawn-child',
      childId,
      name,
      args: [...args],
      env: { ...env },
    };
    shellPort.postMessage(message);
    return child;
  };
}

class ShellChild implements ChildProcessPort {
  readonly #childId: number;
  readonly #tell: (message: EngineToProcesses) => void;
  readonly #exited = Promise.withResolvers<number | null>();
  readonly #listeners: ((message: ProcessMessage) => void)[] = [];
  #waiting: ProcessMessage[] = [];
  #port: UtilityPort | null = null;
  #pid: number | undefined;

  constructor(childId: number, tell: (message: EngineToProcesses) => void) {
    this.#childId = childId;
    this.#tell = tell;
  }

  get pid(): number | undefined {
    return this.#pid;
  }

  send(message: ProcessMessage): void {
    if (this.#port === null) this.#waiting.push(message);
    else this.#port.postMessage(message);
  }

  onMessage(listener: (message: ProcessMessage) => void): void {
    this.#listeners.push(listener);
  }

  onExit(listener: (code: number | null) => void): void {
    void this.#exited.promise.then(listener);
  }

  /** The end of its port lets it end in order; the shell ends it when it does not. */
  async stop(graceMs = STOP_GRACE_MS): Promise<void> {
    this.#port?.close();
    this.#tell({ type: 'stop-child', childId: this.#childId, graceMs });
    await this.#exited.promise;
  }

  onShell(message: ProcessesToEngine, event: UtilityMessage): void {
    if (message.type === 'child-exit') return this.#exited.resolve(message.code);
    const port = event.ports[0];
    if (message.type !== 'child-port' || !port) return;
    this.#port = port;
    this.#pid = message.pid;
    port.on('message', ({ data }) => {
      for (const listener of this.#listeners) listener(data);
    });
    port.start();
    for (const waiting of this.#waiting.splice(0)) port.postMessage(waiting);
  }
}
