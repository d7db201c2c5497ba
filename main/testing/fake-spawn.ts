import type { ChildProcessPort, ProcessMessage, ProcessName, SpawnPort } from '../shell/ports.ts';

/** A child process that a test plays. */
export class FakeChild implements ChildProcessPort {
  readonly name: ProcessName;
  readonly args: readonly string[];
  readonly pid: number | undefined = 4_711;
  readonly sent: ProcessMessage[] = [];
  stops = 0;
  #messageListeners: ((message: ProcessMessage) => void)[] = [];
  #exitListeners: ((code: number | null) => void)[] = [];

  constructor(name: ProcessName, args: readonly string[]) {
    this.name = name;
    this.args = args;
  }

  send(message: ProcessMessage): void {
    this.sent.push(message);
  }

  onMessage(listener: (message: ProcessMessage) => void): void {
    this.#messageListeners.push(listener);
  }

  onExit(listener: (code: number | null) => void): void {
    this.#exitListeners.push(listener);
  }

  stop(): Promise<void> {
    this.stops += 1;
    this.exits(null);
    return Promise.resolve();
  }

  /** it sends a message to the process that started it */
  says(message: ProcessMessage): void {
    for (const listener of this.#messageListeners) listener(message);
  }

  exits(code: number | null): void {
    for (const listener of this.#exitListeners.splice(0)) listener(code);
  }
}

/** A SpawnPort that starts nothing, and every child that it was asked for. */
export function fakeSpawn(): {
  spawn: SpawnPort;
  children: FakeChild[];
  latest(): FakeChild;
} {
  const children: FakeChild[] = [];
  return {
    children,
    spawn(name, options = {}) {
      const child = new FakeChild(name, options.args ?? []);
      children.push(child);
      return child;
    },
    latest() {
      const child = children.at(-1);
      if (!child) throw new Error('nothing was started');
      return child;
    },
  };
}
