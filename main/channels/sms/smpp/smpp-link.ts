import type { SettingsOf } from '#shared/contract/gateway-settings.schema.ts';
import type { Clock } from '#shared/util/index.ts';
import { type BindRole, bindWire } from './bind.ts';
import {
  type LinkEffect,
  type LinkEvent,
  type LinkProblem,
  type LinkState,
  transitionLink,
} from './link-state.ts';
import { type Opening, openSocket } from './open-socket.ts';
import {
  type Answer,
  commandStatus,
  type Pdu,
  type RequestOptions,
  SmppWire,
  type WireEnd,
} from './wire/index.ts';

export interface LinkParts {
  settings: SettingsOf<'smpp'>;
  password: string;
  role: BindRole;
  clock: Clock;
  /** uniform in [0, 1) */
  draw(): number;
  /** deliver_sm and data_sm of the bound SMSC, answered by `wire.reply` */
  onDeliver(pdu: Pdu, wire: SmppWire): void;
  /** a request that was written then is answered: the other end has read all that was written before it */
  onHeard?(wire: SmppWire, writtenAtMs: number): void;
  onState(state: LinkState): void;
}

const unbindWithinMs = 2_000;

/** One bound connection that comes back by itself; owns the timers of `transitionLink`. */
export class SmppLink {
  #parts: LinkParts;
  #state: LinkState = { kind: 'off' };
  #opening: Opening | null = null;
  #wire: SmppWire | null = null;
  #cancelRetry = () => {};
  #cancelEnquire = () => {};
  #waiters: (() => void)[] = [];

  constructor(parts: LinkParts) {
    this.#parts = parts;
  }

  get state(): LinkState {
    return this.#state;
  }

  /** when it is bound */
  get wire(): SmppWire | null {
    return this.#state.kind === 'bound' ? this.#wire : null;
  }

  open(): void {
    this.#apply({ kind: 'open' });
  }

  /** Unbinds; resolves when nothing is open any more, after some seconds at most. */
  close(): Promise<void> {
    this.#apply({ kind: 'close' });
    if (this.#state.kind === 'off') return Promise.resolve();
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  /** `notWritten` when it is not bound. */
  async request(command: string, options: RequestOptions): Promise<Answer> {
    const wire = this.wire;
    if (wire === null) return { kind: 'notWritten' };
    const writtenAtMs = this.#parts.clock.monotonic();
    const answer = await wire.request(command, options);
    if (answer.kind === 'answered') this.#parts.onHeard?.(wire, writtenAtMs);
    return answer;
  }

  #apply(event: LinkEvent): void {
    const before = this.#state;
    const { state, effects } = transitionLink(before, event, this.#parts.draw());
    this.#state = state;
    if (state !== before) this.#parts.onState(state);
    for (const effect of effects) this.#perform(effect);
    if (state.kind === 'off') for (const resolve of this.#waiters.splice(0)) resolve();
  }

  #perform(effect: LinkEffect): void {
    switch (effect.kind) {
      case 'connect':
        return void this.#connect();
      case 'bind':
        return void this.#bind();
      case 'watch':
        return this.#scheduleEnquire();
      case 'retryAfter':
        this.#cancelRetry = this.#parts.clock.setTimer(effect.delayMs, () =>
          this.#apply({ kind: 'retryDue' }),
        );
        return;
      case 'unbind':
        return void this.#unbind();
      case 'letGo':
        return this.#letGo();
    }
  }

  async #connect(): Promise<void> {
    const { settings, clock } = this.#parts;
    const opening = openSocket(settings, clock);
    this.#opening = opening;
    const opened = await opening.opened;
    if (this.#opening !== opening) {
      if (opened.ok) opened.socket.destroy();
      return;
    }
    this.#opening = null;
    if (!opened.ok) return this.#apply({ kind: 'failed', problem: opened.problem });
    const wire: SmppWire = new SmppWire({
      socket: opened.socket,
      clock,
      onRequest: (pdu) => this.#onRequest(pdu, wire),
      onEnd: (end) => {
        if (this.#wire === wire) this.#apply({ kind: 'failed', problem: problemOfEnd(end) });
      },
    });
    this.#wire = wire;
    this.#apply({ kind: 'connected' });
  }

  async #bind(): Promise<void> {
    const wire = this.#wire;
    if (wire === null) return;
    const { role, settings, password } = this.#parts;
    const problem = await bindWire(wire, role, settings, password);
    if (this.#wire !== wire) return;
    this.#apply(problem === null ? { kind: 'bound' } : { kind: 'failed', problem });
  }

  #onRequest(pdu: Pdu, wire: SmppWire): void {
    if (pdu.command === 'enquire_link') return wire.reply(pdu);
    if (pdu.command === 'unbind') return this.#takeLeave(pdu, wire);
    if (pdu.command === 'deliver_sm' || pdu.command === 'data_sm') {
      if (this.#wire === wire) this.#parts.onDeliver(pdu, wire);
      return;
    }
    if (pdu.command === 'alert_notification' || pdu.command === 'outbind') return;
    wire.reply({ ...pdu, command: 'unknown' }, commandStatus.invalidCommandId);
  }

  #takeLeave(pdu: Pdu, wire: SmppWire): void {
    wire.reply(pdu);
    wire.end();
    if (this.#wire !== wire) return;
    // it ends by itself, once the answer is written
    this.#wire = null;
    const problem = { code: 'gateway.connection-lost', detail: 'unbind' };
    this.#apply({ kind: 'failed', problem });
  }

  #scheduleEnquire(): void {
    const { clock, settings } = this.#parts;
    this.#cancelEnquire = clock.setTimer(settings.enquireEveryMs, () => void this.#enquire());
  }

  async #enquire(): Promise<void> {
    const wire = this.wire;
    if (wire === null) return;
    const { settings } = this.#parts;
    const withinMs = Math.min(settings.answerWithinMs, settings.enquireEveryMs);
    const askedAtMs = this.#parts.clock.monotonic();
    const answer = await this.request('enquire_link', { withinMs });
    if (this.wire !== wire) return;
    // a peer that answers nothing but still sends is slow, not dead
    if (answer.kind === 'answered' || wire.lastReceivedAtMs > askedAtMs) {
      return this.#scheduleEnquire();
    }
    this.#apply({ kind: 'failed', problem: { code: 'gateway.no-answer', detail: 'enquire_link' } });
  }

  async #unbind(): Promise<void> {
    await this.#wire?.request('unbind', { withinMs: unbindWithinMs });
    this.#apply({ kind: 'ended' });
  }

  #letGo(): void {
    this.#cancelRetry();
    this.#cancelEnquire();
    this.#opening?.giveUp();
    this.#opening = null;
    const wire = this.#wire;
    this.#wire = null;
    wire?.destroy();
  }
}

function problemOfEnd({ cause, detail }: WireEnd): LinkProblem {
  if (cause === 'badFrame') return { code: 'gateway.protocol', detail };
  return { code: 'gateway.connection-lost', detail };
}
