import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { SmscAnswers, SmscQuestion } from './smsc-protocol.ts';

/** The near end of the practice SMSC's process. */
export class SmscPeer {
  readonly port: number;
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (value: unknown) => void>();
  #asked = 0;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.port = port;
    child.on('message', (reply: { id: number; value: unknown }) => {
      this.#waiting.get(reply.id)?.(reply.value);
      this.#waiting.delete(reply.id);
    });
  }

  static async start(): Promise<SmscPeer> {
    const child = fork(join(import.meta.dirname, 'smsc-process.ts'), { execArgv: [] });
    const [{ port }] = (await once(child, 'message')) as [{ port: number }];
    return new SmscPeer(child, port);
  }

  ask<Question extends SmscQuestion>(question: Question): Promise<SmscAnswers[Question['kind']]> {
    this.#asked += 1;
    const id = this.#asked;
    return new Promise((resolve) => {
      this.#waiting.set(id, (value) => resolve(value as SmscAnswers[Question['kind']]));
      this.#child.send({ ...question, id });
    });
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    await this.ask({ kind: 'stop' });
    const ended = once(this.#child, 'exit');
    this.#child.disconnect();
    await ended;
  }
}
