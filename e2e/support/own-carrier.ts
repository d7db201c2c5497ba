import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import type { CallRecord, CarrierReport, carrierCommand } from '../../main/practice/index.ts';
import { until } from './until.ts';

const entry = fileURLToPath(new URL('../../main/entries/practice-carrier.ts', import.meta.url));
/** as a parent writes it: what has a default may be left out */
type CarrierCommand = z.input<typeof carrierCommand>;
type Report<Type extends CarrierReport['type']> = Extract<CarrierReport, { type: Type }>;

const CALL_WITHIN_MS = 40_000;

/** A carrier that a test holds in its hands: it calls in when it is told, and shows its calls while they are up. */
export class OwnCarrier {
  readonly #child: ChildProcess;
  port = 0;

  private constructor() {
    this.#child = fork(entry, [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  }

  static async start(scenario: Record<string, unknown>): Promise<OwnCarrier> {
    const carrier = new OwnCarrier();
    const listen = { host: '127.0.0.1', port: 0 };
    const { port } = await carrier.#tell({ type: 'start', scenario, listen }, 'ready');
    carrier.port = port;
    return carrier;
  }

  /** A debtor calls the firm. @returns how to find the call again */
  async callIn(request: Omit<Extract<CarrierCommand, { type: 'call-in' }>, 'type'>) {
    const { callNumber } = await this.#tell({ type: 'call-in', ...request }, 'called-in');
    return callNumber;
  }

  async calls(): Promise<readonly CallRecord[]> {
    return (await this.#tell({ type: 'status' }, 'status')).calls;
  }

  /** Waits for a call, or for something to happen to one. */
  call(what: string, matches: (call: CallRecord) => boolean): Promise<CallRecord> {
    // a whole message may be played, on a machine that does other things too
    return until(what, async () => (await this.calls()).find(matches), CALL_WITHIN_MS);
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.disconnect();
    await ended;
  }

  async #tell<Type extends CarrierReport['type']>(
    command: CarrierCommand,
    expected: Type,
  ): Promise<Report<Type>> {
    const answer = once(this.#child, 'message') as Promise<[CarrierReport]>;
    this.#child.send(command);
    const [report] = await answer;
    if (report.type !== expected) throw new Error(`the carrier said ${JSON.stringify(report)}`);
    return report as Report<Type>;
  }
}
