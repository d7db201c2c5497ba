import type { LoginCode } from '#shared/contract/index.ts';
import type { Random } from '#shared/util/index.ts';
import type { ContractEvent } from '../../../renderer/client/index.ts';
import { NodeAgent } from '../../support/node-agent.ts';

/** Where an agent stands in a call: what a test waits for before it kills. */
export type Moment =
  | 'ready'
  /** of any call, as a lead is told */
  | 'dialing'
  | 'ringing'
  | 'connected'
  | 'recording'
  | 'hangingUp'
  | 'wrapUp'
  | 'disposing'
  | 'disposed';

/** What the agent believes to have recorded; the store must agree after everything. */
export interface Disposal {
  callId: string;
  code: string;
  note: string;
  amountMinor: number | null;
  /** null while no answer has come */
  acknowledged: 'yes' | { refusedBy: string } | null;
}

export interface Heard {
  callId: string;
  talkedMs: number;
  /** listened to just before the agent hangs up; otherwise after the end, when silence has begun again */
  inTheCall: boolean;
  /**
   * level of the debtor's tone in the first second or the last half second, whichever is louder: a debtor who hangs up in
   * the very moment in which the agent listens was heard all the same
   */
  levelDbfs: number;
  /** when it was listened to, monotonic ms */
  at: number;
}

export interface WorkingAgentOptions {
  url: string;
  login: LoginCode;
  random: Random;
  onMoment(moment: Moment, agent: WorkingAgent): void;
}

/** Hz of the debtor's voice and of the agent's */
export const DEBTOR_HZ = 700;
export const AGENT_HZ = 440;

const LINE_PATIENCE_MS = 8_000;
const HALF_SECOND_OF_PACKETS = 25;

/** An agent who works by itself: takes its line back after every restart, talks, hangs up, records outcomes. */
export class WorkingAgent {
  readonly disposals = new Map<string, Disposal>();
  readonly heard: Heard[] = [];
  readonly problems: string[] = [];
  readonly node: NodeAgent;
  /** when the line came up after the latest restart, monotonic ms; null while it is down */
  lineUpAt: number | null = null;
  personId = '';
  readonly #options: WorkingAgentOptions;
  #renewing = false;
  #again = false;
  #closed = false;
  #engineIsNew = Promise.withResolvers<never>();
  #talkingSince = new Map<string, number>();
  #hangUpTimer: NodeJS.Timeout | null = null;
  #levelAtFirst = -127;

  constructor(options: WorkingAgentOptions) {
    this.#options = options;
    this.#engineIsNew.promise.catch(() => {});
    this.node = new NodeAgent({
      url: options.url,
      login: options.login,
      onEvent: (event) => this.#onEvent(event),
      onEngineRestart: () => this.#onEngineRestart(),
    });
  }

  async start(): Promise<void> {
    this.personId = (await this.node.send('access.me', {})).personId;
    await this.#keepLine();
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#hangUpTimer) clearTimeout(this.#hangUpTimer);
    await this.node.close();
  }

  #onEngineRestart(): void {
    this.lineUpAt = null;
    this.#talkingSince.clear();
    if (this.#hangUpTimer) clearTimeout(this.#hangUpTimer);
    this.#engineIsNew.reject(new Error('the engine has started anew'));
    this.#engineIsNew = Promise.withResolvers<never>();
    this.#engineIsNew.promise.catch(() => {});
    void this.#keepLine();
  }

  /** Until the line is up; begins again whenever the engine does. */
  async #keepLine(): Promise<void> {
    this.#again = true;
    if (this.#renewing) return;
    this.#renewing = true;
    while (this.#again && !this.#closed) {
      this.#again = false;
      const renewed = this.node.renewLine();
      renewed.catch(() => {});
      await Promise.race([renewed, this.#engineIsNew.promise, impatience()]).then(
        () => {
          this.lineUpAt = performance.now();
          this.#options.onMoment('ready', this);
        },
        () => {
          this.#again = true;
        },
      );
    }
    this.#renewing = false;
    if (this.#closed) return;
    const status = await this.node.send('agent.status', {}).catch(() => null);
    if (status?.workState === 'wrapUp' && status.callId) this.#dispose(status.callId);
  }

  #onEvent(event: ContractEvent): void {
    switch (event.name) {
      case 'call.connected':
        return this.#talk(event.data.call.callId);
      case 'call.changed': {
        const { personId, recording, state } = event.data.call;
        if (state === 'dialing' || state === 'ringing') this.#options.onMoment(state, this);
        if (personId === this.personId && recording === 'on')
          this.#options.onMoment('recording', this);
        return;
      }
      case 'agent.changed': {
        const { personId, workState, callId } = event.data;
        if (personId !== this.personId || workState !== 'wrapUp' || callId === null) return;
        this.#listen(callId, false);
        if (this.disposals.has(callId)) return;
        this.#options.onMoment('wrapUp', this);
        setTimeout(() => this.#dispose(callId), 10 + this.#options.random.next() * 150);
        return;
      }
      default:
        return;
    }
  }

  #talk(callId: string): void {
    this.#talkingSince.set(callId, performance.now());
    this.node.talker?.tone(AGENT_HZ, -12);
    this.#levelAtFirst = -127;
    setTimeout(() => {
      if (this.#talkingSince.has(callId)) this.#levelAtFirst = this.#level();
    }, 950);
    this.#options.onMoment('connected', this);
    const talkMs =
      this.#options.random.next() < 0.5 ? 300 : 2_000 + this.#options.random.next() * 3_000;
    this.#hangUpTimer = setTimeout(() => {
      this.#listen(callId, true);
      this.#options.onMoment('hangingUp', this);
      // the debtor may have hung up, or the engine may have died: the call is over either way
      this.node.send('call.hang-up', { callId: callId as never }).catch(() => {});
    }, talkMs);
  }

  /** What came of the debtor's voice, judged once a call. */
  #listen(callId: string, inTheCall: boolean): void {
    const since = this.#talkingSince.get(callId);
    if (since === undefined) return;
    this.#talkingSince.delete(callId);
    const levelDbfs = Math.max(this.#level(), this.#levelAtFirst);
    const at = performance.now();
    this.heard.push({ callId, talkedMs: at - since, inTheCall, levelDbfs, at });
    this.node.talker?.tone(null);
    this.node.peer?.heard.clear();
  }

  #level(): number {
    return this.node.peer?.heard.tone(DEBTOR_HZ, HALF_SECOND_OF_PACKETS) ?? -127;
  }

  #dispose(callId: string): void {
    if (this.disposals.has(callId) || this.#closed) return;
    const promised = this.#options.random.next() < 0.4;
    const disposal: Disposal = {
      callId,
      code: promised ? 'promise' : 'refuses',
      note: `note of ${callId}`,
      amountMinor: promised ? 1_000 + this.disposals.size : null,
      acknowledged: null,
    };
    this.disposals.set(callId, disposal);
    this.#options.onMoment('disposing', this);
    this.node
      .send('call.dispose', {
        callId: callId as never,
        dispositionCode: disposal.code,
        note: disposal.note,
        next: 'ready',
        ...(disposal.amountMinor === null
          ? {}
          : {
              promise: {
                amountMinor: disposal.amountMinor as never,
                currency: 'PLN' as never,
                dueOn: '2099-01-31' as never,
              },
            }),
      })
      .then(
        () => {
          disposal.acknowledged = 'yes';
          this.#options.onMoment('disposed', this);
        },
        (error: unknown) => {
          disposal.acknowledged = { refusedBy: String(error) };
          this.problems.push(`outcome of ${callId} was refused: ${String(error)}`);
        },
      );
  }
}

function impatience(): Promise<never> {
  return new Promise((_resolve, reject) => {
    setTimeout(() => reject(new Error('no line in time')), LINE_PATIENCE_MS).unref();
  });
}
