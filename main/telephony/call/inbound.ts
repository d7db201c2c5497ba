import { AppError } from '#shared/errors/index.ts';
import { assertNever, type Clock, Emitter, type IdSource } from '#shared/util/index.ts';
import type { Agents } from '../../agents/index.ts';
import type { Store } from '../../store/types.ts';
import type { MediaPort } from '../media/media-protocol.ts';
import type { IncomingCall } from '../sip/types.ts';
import {
  begin,
  type InboundEffect,
  type InboundEvent,
  type InboundState,
  transition,
} from './inbound-machine.ts';
import { firstInboundView, type InboundCaller, type InboundDuties } from './inbound-view.ts';
import { inboundWrites } from './inbound-writes.ts';
import { IncomingLeg } from './incoming-leg.ts';
import type { LiveCall, LiveCalls } from './live-calls.ts';
import type { Player } from './player.ts';
import type { Prompts } from './prompts.ts';
import type { CallEnd, TrunkGate } from './types.ts';

export interface InboundOptions {
  store: Store;
  media: MediaPort;
  trunks: TrunkGate;
  agents: Agents;
  calls: LiveCalls;
  player: Player;
  prompts: Prompts;
  clock: Clock;
  idSource: IdSource;
  /** who calls, by the number shown */
  identify(trunkId: string, call: IncomingCall): InboundCaller;
  /** what the rules ask of a call with this caller, decided at arrival */
  dutiesOf(caller: InboundCaller): InboundDuties;
  /** facts for the rule packs: an inbound conversation counts for some waits */
  onConversation(caller: InboundCaller, callId: string): void;
  log(message: string, details?: Record<string, unknown>): void;
}

interface Inbound {
  callId: string;
  trunkId: string;
  caller: InboundCaller;
  state: InboundState;
  leg: IncomingLeg;
  joinedAt: number | null;
  refusedBy: Set<string>;
  cancelTimer: (() => void) | null;
  queue: Promise<void>;
}

export type InboundAnnouncement =
  | { type: 'offered'; call: LiveCall; personId: string }
  | { type: 'missed'; missedInboundId: string };

/** How long one agent is rung before the next. */
const OFFER_MS = 15_000;

/** Calls that come in: matched to a debtor, offered to a free agent, or answered with a message. */
export class InboundCalls {
  readonly #calls = new Map<string, Inbound>();
  readonly #announcements = new Emitter<InboundAnnouncement>();
  readonly #options: InboundOptions;

  constructor(options: InboundOptions) {
    this.#options = options;
    options.trunks.onIncoming((trunkId, sip) => {
      this.#begin(trunkId, sip).catch((error: unknown) => {
        options.log('inbound', { error: String(error) });
        sip.reject(500, 'Server Internal Error');
      });
    });
    options.agents.on((event) => {
      if (event.type === 'lostDuringCall') this.#onAgentLost(event.callId);
    });
    options.media.onRestart(() => {
      for (const inbound of this.#calls.values()) this.#send(inbound, { type: 'hangUp' });
    });
  }

  on(listener: (announcement: InboundAnnouncement) => void): () => void {
    return this.#announcements.on(listener);
  }

  /** @throws AppError `call.gone` when the caller has gone or it is offered to somebody else */
  async answer(callId: string, personId: string): Promise<void> {
    const inbound = this.#offeredTo(callId, personId);
    await this.#feed(inbound, { type: 'taken' });
  }

  async reject(callId: string, personId: string): Promise<void> {
    await this.#notTaken(this.#offeredTo(callId, personId), personId);
  }

  async endAll(): Promise<void> {
    await Promise.all(
      [...this.#calls.values()].map((inbound) => this.#feed(inbound, { type: 'hangUp' })),
    );
  }

  #offeredTo(callId: string, personId: string): Inbound {
    const inbound = this.#calls.get(callId);
    if (inbound?.state.kind !== 'offering' || inbound.state.personId !== personId)
      throw new AppError('call.gone', 'this call is not offered to you any more');
    return inbound;
  }

  async #begin(trunkId: string, sip: IncomingCall): Promise<void> {
    const { idSource, media, trunks, store } = this.#options;
    const callId = idSource.next();
    const caller = this.#options.identify(trunkId, sip);
    const inbound: Inbound = {
      callId,
      trunkId,
      caller,
      state: { kind: 'message' },
      joinedAt: null,
      refusedBy: new Set(),
      cancelTimer: null,
      queue: Promise.resolve(),
      leg: new IncomingLeg(media, trunks.mediaOf(trunkId), callId, sip, {
        onEnded: () => this.#send(inbound, { type: 'callerLeft' }),
        onFarEndKnows: () => this.#closeDialog(inbound),
      }),
    };
    inbound.leg.ringing();
    await store.write(
      inboundWrites,
      'inbound.begin',
      { callId, legId: callId, trunkId, ...caller, identity: sip.identity },
      { priority: 'call' },
    );
    this.#calls.set(callId, inbound);
    this.#addCall(inbound);
    if (inbound.leg.state === 'ended') {
      await this.#miss(inbound, 'hungUp');
      return this.#finish(inbound, 'debtor');
    }
    const first = begin(this.#nextAgent(inbound));
    inbound.state = first.state;
    for (const effect of first.effects) await this.#perform(inbound, effect);
  }

  #nextAgent(inbound: Inbound): string | null {
    const { agents } = this.#options;
    const personId = agents.free(null).find((candidate) => !inbound.refusedBy.has(candidate));
    if (personId === undefined) return null;
    agents.apply(personId, { type: 'reserve', callId: inbound.callId });
    return personId;
  }

  #addCall(inbound: Inbound): void {
    const { calls, clock } = this.#options;
    const { caller, callId } = inbound;
    const { recording, obligations } = this.#options.dutiesOf(caller);
    calls.add({
      leg: { legId: callId, hangUp: () => this.#feed(inbound, { type: 'hangUp' }) },
      language: caller.language,
      hangUpBy: null,
      recordingPolicy: recording,
      view: firstInboundView({ callId, caller, recording, obligations, now: clock.now() }),
    });
  }

  /** A restart need not tell the far end any more. */
  #closeDialog(inbound: Inbound): void {
    this.#options.store
      .write(inboundWrites, 'inbound.dialog-ended', { callId: inbound.callId })
      .catch((error: unknown) => this.#options.log('inbound', { error: String(error) }));
  }

  #send(inbound: Inbound, event: InboundEvent): void {
    void this.#feed(inbound, event);
  }

  #feed(inbound: Inbound, event: InboundEvent): Promise<void> {
    inbound.queue = inbound.queue
      .then(() => this.#take(inbound, event))
      .catch(async (error: unknown) => {
        this.#options.log('inbound', { error: String(error) });
        await inbound.leg.hangUp();
      });
    return inbound.queue;
  }

  async #take(inbound: Inbound, event: InboundEvent): Promise<void> {
    const next = transition(inbound.state, event);
    if (next === null) return;
    const before = inbound.state;
    inbound.state = next.state;
    inbound.cancelTimer?.();
    inbound.cancelTimer = null;
    for (const effect of next.effects) await this.#perform(inbound, effect);
    if (next.state.kind === 'ended')
      await this.#finish(inbound, this.#endedBy(inbound, event), before);
  }

  #endedBy(inbound: Inbound, event: InboundEvent): CallEnd['endedBy'] {
    if (event.type === 'callerLeft') return 'debtor';
    const asked = this.#options.calls.find(inbound.callId)?.hangUpBy;
    return event.type === 'hangUp' && asked === 'agent' ? 'agent' : 'engine';
  }

  async #perform(inbound: Inbound, effect: InboundEffect): Promise<void> {
    const { agents, calls, clock } = this.#options;
    const { callId } = inbound;
    switch (effect.type) {
      case 'offer': {
        const { personId } = effect;
        calls.update(callId, { state: 'offered', personId });
        const call = calls.find(callId);
        if (call) this.#announcements.emit({ type: 'offered', call, personId });
        inbound.cancelTimer = clock.setTimer(
          OFFER_MS,
          () => void this.#notTaken(inbound, personId),
        );
        return;
      }
      case 'withdraw':
        calls.update(callId, { state: 'ringing', personId: null });
        agents.apply(effect.personId, { type: 'released', callId });
        return;
      case 'join':
        return this.#join(inbound, effect.personId);
      case 'playMessage':
        return this.#playMessage(inbound);
      case 'miss':
        return this.#miss(inbound, effect.reason);
      case 'endLeg':
        inbound.leg
          .hangUp()
          .catch((error: unknown) => this.#options.log('inbound', { error: String(error) }));
        return;
      default:
        return assertNever(effect, 'inbound effect');
    }
  }

  async #notTaken(inbound: Inbound, personId: string): Promise<void> {
    inbound.refusedBy.add(personId);
    await this.#feed(inbound, { type: 'notTaken', next: this.#nextAgent(inbound) });
  }

  async #join(inbound: Inbound, personId: string): Promise<void> {
    const { agents, calls, clock, store } = this.#options;
    const { callId } = inbound;
    await store.write(inboundWrites, 'inbound.answer', { callId, personId }, { priority: 'call' });
    if (!(await inbound.leg.answer())) return;
    calls.update(callId, { answeredAt: clock.now() });
    try {
      await calls.join(callId, personId, { alertTone: false });
      agents.apply(personId, { type: 'joined', callId });
    } catch (error) {
      // The agent's line went in this very moment: the caller hears a message instead of silence.
      this.#options.log('inbound join', { error: String(error) });
      this.#send(inbound, { type: 'joinFailed' });
      return;
    }
    inbound.joinedAt = clock.now();
    this.#options.onConversation(inbound.caller, callId);
  }

  async #playMessage(inbound: Inbound): Promise<void> {
    const { player, prompts, store } = this.#options;
    const { callId } = inbound;
    await store.write(
      inboundWrites,
      'inbound.answer',
      { callId, personId: null },
      { priority: 'call' },
    );
    if (inbound.leg.state !== 'up' && !(await inbound.leg.answer())) return;
    const file = prompts.file('inbound-no-agent', inbound.caller.language);
    player
      .playToLeg(inbound.leg.legId, file)
      .then(() => this.#send(inbound, { type: 'messageEnded' }))
      .catch((error: unknown) => this.#options.log('inbound', { error: String(error) }));
  }

  async #miss(inbound: Inbound, reason: 'noAgent' | 'hungUp'): Promise<void> {
    const { number, debtorId } = inbound.caller;
    const { missedInboundId } = await this.#options.store.write(
      inboundWrites,
      'inbound.miss',
      { callId: inbound.callId, number, debtorId, trunkId: inbound.trunkId, reason },
      { priority: 'call' },
    );
    this.#announcements.emit({ type: 'missed', missedInboundId });
  }

  async #finish(
    inbound: Inbound,
    endedBy: CallEnd['endedBy'],
    before: InboundState = inbound.state,
  ): Promise<void> {
    const { agents, calls, store } = this.#options;
    const { callId } = inbound;
    if (!this.#calls.delete(callId)) return;
    const personId = before.kind === 'talking' ? before.personId : null;
    const attemptResult = inbound.joinedAt === null ? 'abandoned' : 'answered';
    // Taken, and gone before anybody spoke: somebody has to call back.
    if (personId !== null && inbound.joinedAt === null) await this.#miss(inbound, 'hungUp');
    await store.write(
      inboundWrites,
      'inbound.end',
      { callId, attemptResult, endedBy, personId, joinedAt: inbound.joinedAt },
      { priority: 'call' },
    );
    calls.finish(callId, { attemptResult, endedBy });
    if (personId === null) return;
    // An agent who took the call and was not joined has had no call: nothing is to be recorded of it.
    if (inbound.joinedAt === null) agents.apply(personId, { type: 'released', callId });
    else agents.apply(personId, { type: 'callEnded', callId, autoReadyAt: null });
  }

  #onAgentLost(callId: string): void {
    const inbound = this.#calls.get(callId);
    if (!inbound) return;
    if (inbound.state.kind === 'offering') void this.#notTaken(inbound, inbound.state.personId);
    else this.#send(inbound, { type: inbound.joinedAt === null ? 'joinFailed' : 'hangUp' });
  }
}
