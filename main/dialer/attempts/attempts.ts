import { AppError } from '#shared/errors/index.ts';
import { assertNever, type Clock, Emitter, type IdSource } from '#shared/util/index.ts';
import type { Agents } from '../../agents/index.ts';
import type { Obligation } from '../../contact-rules/types.ts';
import type { Store } from '../../store/types.ts';
import {
  type CallEnd,
  inOrder,
  type LiveCalls,
  OutgoingLeg,
  type Player,
  type Prompts,
  type Ringback,
  recordingPolicy,
  type TrunkGate,
} from '../../telephony/call/index.ts';
import type { MediaPort } from '../../telephony/media/media-protocol.ts';
import type { DialogIdentity, SipFinal } from '../../telephony/sip/types.ts';
import type {
  AttemptOutcome,
  AttemptRunner,
  AttemptStage,
  AttemptStart,
  AttemptStarted,
  TrunkPool,
} from '../types.ts';
import {
  type Attempt,
  firstView,
  isUnanswered,
  type NewAttempt,
  newAttempt,
  outcomeOf,
  stageOf,
} from './attempt.ts';
import { AttemptAgents } from './attempt-agents.ts';
import { AttemptJournal, resultGivenUp } from './attempt-journal.ts';
import {
  type AttemptEffect,
  type AttemptEvent,
  type AttemptState,
  transition,
} from './attempt-machine.ts';
import type { AttemptWrites, ReserveReply } from './attempt-writes.ts';
import { resultOf } from './sip-result.ts';
import { TakeBack } from './take-back.ts';

export interface AttemptsOptions {
  store: Store;
  writes: AttemptWrites;
  media: MediaPort;
  trunks: TrunkGate;
  agents: Agents;
  calls: LiveCalls;
  player: Player;
  prompts: Prompts;
  ringback: Ringback;
  clock: Clock;
  idSource: IdSource;
  clockSuspect(): boolean;
  /** whether the door would still say yes to a contact that it gave and that counts already */
  stillAllowed(reservationId: string): boolean;
  /** channels of trunks: how many calls are on them, and how many they carry */
  lines: TrunkLines;
  /** the firm's own message for who meets no agent; null: it has none, or it cannot be played; absent: never */
  ownMessage?(campaignId: string): Promise<string | null>;
  /** epoch ms when wrap-up ends by itself for calls of this campaign; null = never */
  autoReadyAt(campaignId: string | null): number | null;
  log(message: string, details?: Record<string, unknown>): void;
}

export type TrunkLines = Pick<TrunkPool, 'callsUp' | 'maxConcurrentCalls'>;

type AttemptChange = { campaignId: string | null; ended: AttemptOutcome | null };

/** Runs attempts: asks the door, dials, joins or abandons, and writes each step down before it happens. */
export class Attempts implements AttemptRunner {
  readonly #attempts = new Map<string, Attempt>();
  /** by trunk: attempts that the door is being asked about */
  readonly #reserving = new Map<string, number>();
  readonly #changes = new Emitter<AttemptChange>();
  readonly #stages = new Emitter<AttemptStage>();
  readonly #options: AttemptsOptions;
  readonly #journal: AttemptJournal;
  readonly #agents: AttemptAgents;
  readonly #takeBack: TakeBack;

  constructor(options: AttemptsOptions) {
    this.#options = options;
    this.#journal = new AttemptJournal(options);
    this.#agents = new AttemptAgents(options);
    this.#takeBack = new TakeBack({
      ...options,
      read: options.store.read,
      unanswered: () => this.#unanswered().map(({ contact }) => contact),
      takeBack: (callId) => this.#takeBackCall(callId),
    });
    options.agents.on((event) => {
      if (event.type === 'changed' && event.status.workState === 'ready') this.#serveWaiting();
      else if (event.type === 'lostDuringCall') this.#onAgentLost(event.callId);
    });
    options.media.onRestart(() => this.#onMediaLost());
  }

  onChange(listener: (change: AttemptChange) => void): () => void {
    return this.#changes.on(listener);
  }

  onStage(listener: (stage: AttemptStage) => void): () => void {
    return this.#stages.on(listener);
  }

  inFlight(campaignId: string): number {
    return this.#count(
      campaignId,
      (state) => state.kind !== 'joined' && state.kind !== 'abandoning',
    );
  }

  callsUp(campaignId: string): number {
    return this.#count(campaignId, () => true);
  }

  beforeInvite(trunkId: string): number {
    let count = 0;
    for (const { start, state, onTrunk } of this.#attempts.values())
      if (start.trunkId === trunkId && state.kind === 'reserved' && !onTrunk) count += 1;
    return count;
  }

  /** @throws AppError `call.line-limit` when every channel of the trunk is taken; `call.no-line` when the agent has gone */
  async start(start: AttemptStart, callId?: string): Promise<AttemptStarted> {
    return this.#start(start, callId ?? this.#options.idSource.next());
  }

  async #start(start: AttemptStart, callId: string): Promise<AttemptStarted> {
    const attemptId = this.#options.idSource.next();
    const reply = await this.#reserve({ attemptId, callId, start });
    if (!reply.ok) {
      const { blockedBy, nextAllowedAt, overridable, override, because } = reply;
      return { ok: false, blockedBy, nextAllowedAt, overridable, override, because };
    }
    const { debtorId, number } = start;
    const { reservationId, marks } = reply;
    const contact = { callId, debtorId, number, reservationId, marks };
    const attempt = this.#create({ attemptId, callId, start, contact });
    this.#addCall(attempt, reply.obligations, reply.language);
    this.#takeBack.watch();
    this.#stage(attempt, null);
    if (!this.#agents.isThere(attempt)) {
      // The agent's line went while the row was written: whoever answered would meet nobody.
      await this.#feed(attempt, { type: 'hangUp', by: 'engine', reason: 'asked' });
      throw new AppError('call.no-line', 'the agent is not there any more');
    }
    void attempt.leg.dial();
    this.#announce(attempt, null);
    return { ok: true, attemptId, callId };
  }

  /** Asks the door; a channel of the trunk is kept meanwhile, so that no more calls are let through than it carries. */
  async #reserve(of: Pick<NewAttempt, 'attemptId' | 'callId' | 'start'>): Promise<ReserveReply> {
    const { store, writes, clockSuspect, lines } = this.#options;
    const { trunkId } = of.start;
    const reserving = this.#reserving.get(trunkId) ?? 0;
    const taken = lines.callsUp(trunkId) + this.beforeInvite(trunkId) + reserving;
    if (taken >= lines.maxConcurrentCalls(trunkId))
      throw new AppError('call.line-limit', 'every line of the trunk is taken');
    this.#reserving.set(trunkId, reserving + 1);
    try {
      const input = { ...of, clockSuspect: clockSuspect() };
      return await store.write(writes, 'attempt.reserve', input, { priority: 'call' });
    } finally {
      this.#reserving.set(trunkId, (this.#reserving.get(trunkId) ?? 1) - 1);
    }
  }

  async cancelUnanswered(campaignId: string): Promise<void> {
    const waiting = this.#unanswered().filter(({ start }) => start.campaignId === campaignId);
    await Promise.all(
      waiting.map((attempt) =>
        this.#feed(attempt, { type: 'hangUp', by: 'engine', reason: 'takenBack' }),
      ),
    );
  }

  giveUpRinging(callIds: readonly string[]): void {
    for (const attempt of this.#unanswered())
      if (callIds.includes(attempt.callId))
        void this.#enqueue(attempt, async () => {
          if (isUnanswered(attempt.state))
            await this.#take(attempt, { type: 'hangUp', by: 'engine', reason: 'noAgentSoon' });
        });
  }

  #unanswered(): Attempt[] {
    return [...this.#attempts.values()].filter(({ state }) => isUnanswered(state));
  }

  /** The door would not say yes any more: who answered meanwhile is talked to. */
  #takeBackCall(callId: string): void {
    for (const attempt of this.#unanswered())
      if (attempt.callId === callId)
        void this.#enqueue(attempt, async () => {
          if (isUnanswered(attempt.state))
            await this.#take(attempt, { type: 'hangUp', by: 'engine', reason: 'takenBack' });
        });
  }

  /** Ends every call of this run, so that the far ends hear of it before the engine stops. */
  async endAll(): Promise<void> {
    await Promise.all(
      [...this.#attempts.values()].map((attempt) =>
        this.#feed(attempt, { type: 'hangUp', by: 'engine', reason: 'asked' }),
      ),
    );
  }

  #create(of: NewAttempt): Attempt {
    const attempt = newAttempt(of, (self) => this.#createLeg(self));
    this.#attempts.set(attempt.attemptId, attempt);
    return attempt;
  }

  #createLeg(attempt: Attempt): OutgoingLeg {
    const { callId, start } = attempt;
    const { trunkId, number, callerId } = start;
    return new OutgoingLeg(
      this.#options,
      { legId: callId, trunkId, number, callerId },
      {
        beforeSend: (identity) => this.#beforeSend(attempt, identity),
        onRinging: () => this.#send(attempt, { type: 'ringing' }),
        onEarlyMedia: () => this.#onEarlyMedia(attempt),
        onAnswered: (identity) => this.#onAnswered(attempt, identity),
        onFailed: (final) => this.#onFailed(attempt, final),
        onEnded: (end) =>
          this.#send(attempt, {
            type: 'farEndLeft',
            by: end.by === 'network' ? 'network' : 'debtor',
          }),
        onFarEndKnows: () => this.#journal.closeDialog(attempt),
      },
    );
  }

  #addCall(attempt: Attempt, obligations: readonly Obligation[], language: string): void {
    const policy = recordingPolicy(attempt.start.recordCalls, obligations);
    this.#options.calls.add({
      leg: {
        legId: attempt.leg.legId,
        hangUp: () => this.#hangUpAsked(attempt),
      },
      language,
      hangUpBy: null,
      recordingPolicy: policy,
      view: firstView(attempt, this.#options.clock.now(), inOrder(obligations), policy),
    });
  }

  /** The agent, the lead or the engine ends the call through the registry of calls. */
  #hangUpAsked(attempt: Attempt): Promise<void> {
    const by = this.#options.calls.find(attempt.callId)?.hangUpBy === 'agent' ? 'agent' : 'engine';
    return this.#feed(attempt, { type: 'hangUp', by, reason: 'asked' });
  }

  async #beforeSend(attempt: Attempt, identity: DialogIdentity): Promise<void> {
    attempt.onTrunk = true;
    if (attempt.state.kind === 'ended') throw new AppError('call.gone', 'the attempt is over');
    await this.#journal.send(attempt, identity);
    if (this.#stateOf(attempt) === 'ended')
      throw new AppError('call.gone', 'the attempt ended while it was written');
    attempt.identity = identity;
    if (attempt.state.kind === 'reserved') this.#send(attempt, { type: 'sent' });
  }

  /** Resolves when the confirmed dialog is durable: the ACK waits for it, the voice does not. */
  #onAnswered(attempt: Attempt, identity: DialogIdentity): Promise<void> {
    attempt.identity = identity;
    attempt.answeredAt = this.#options.clock.now();
    const event = { type: 'answered', personId: this.#agents.choose(attempt) } as const;
    return new Promise((resolve) => {
      void this.#enqueue(attempt, () => this.#take(attempt, event, resolve)).then(resolve);
    });
  }

  /** Who dialed by hand hears what the carrier plays. */
  #onEarlyMedia(attempt: Attempt): void {
    const { personId } = attempt.start;
    if (personId !== null && isUnanswered(attempt.state))
      this.#options.ringback.listen(attempt.callId, attempt.leg.legId, personId);
  }

  #onFailed(attempt: Attempt, final: SipFinal): void {
    attempt.final = final;
    if (final.answeredWhileCancelling === true) return this.#onReachedTooLate(attempt);
    const neverSent = attempt.identity === null && final.status === 0;
    this.#send(
      attempt,
      neverSent ? { type: 'neverSent' } : { type: 'failed', result: resultOf(final) },
    );
  }

  /** The answer crossed our CANCEL: the attempt has ended as something else and is corrected. */
  #onReachedTooLate(attempt: Attempt): void {
    const answeredAt = this.#options.clock.now();
    void this.#enqueue(attempt, async () => {
      if (attempt.state.kind === 'ended' && attempt.state.result !== 'abandoned') {
        attempt.state = { ...attempt.state, result: 'abandoned' };
        this.#stage(attempt, 'dialing');
      }
      await this.#take(attempt, { type: 'failed', result: 'abandoned' });
      await this.#journal.correctReachedTooLate(attempt, answeredAt);
      this.#announce(attempt, outcomeOf(attempt, 'abandoned'));
    });
  }

  #send(attempt: Attempt, event: AttemptEvent): void {
    void this.#feed(attempt, event);
  }

  /** Takes one event after those before it; resolves when its effects have been started. */
  #feed(attempt: Attempt, event: AttemptEvent): Promise<void> {
    return this.#enqueue(attempt, () => this.#take(attempt, event));
  }

  #enqueue(attempt: Attempt, work: () => Promise<void>): Promise<void> {
    attempt.queue = attempt.queue.then(work).catch((error: unknown) => {
      this.#options.log('attempt', { attemptId: attempt.attemptId, error: String(error) });
      return this.#giveUp(attempt);
    });
    return attempt.queue;
  }

  async #take(attempt: Attempt, event: AttemptEvent, onStored?: () => void): Promise<void> {
    const next = transition(attempt.state, event);
    if (next === null) return this.#returnAgent(attempt, event);
    const before = attempt.state;
    attempt.state = next.state;
    this.#stage(attempt, before.kind, event.type === 'hangUp' && event.reason === 'noAgentSoon');
    await this.#journal.persist(attempt, before, event);
    onStored?.();
    for (const effect of next.effects) await this.#perform(attempt, effect);
    this.#show(attempt);
    if (next.state.kind === 'ended') this.#finish(attempt, before);
    else this.#announce(attempt, null);
  }

  /** An agent was chosen for an answer that came too late to mean anything. */
  async #returnAgent(attempt: Attempt, event: AttemptEvent): Promise<void> {
    if (event.type === 'answered') await this.#journal.confirmDialog(attempt);
    this.#agents.giveBack(attempt, event);
  }

  async #perform(attempt: Attempt, effect: AttemptEffect): Promise<void> {
    const { clock } = this.#options;
    switch (effect.type) {
      case 'startRingTimer':
        attempt.cancelTimer = clock.setTimer(attempt.start.ringTimeoutMs, () =>
          this.#send(attempt, { type: 'hangUp', by: 'engine', reason: 'ringTimeout' }),
        );
        return;
      case 'startAgentTimer':
        attempt.cancelTimer = clock.setTimer(attempt.start.answerToAgentMaxMs, () =>
          this.#send(attempt, { type: 'agentLimit' }),
        );
        return;
      case 'stopTimers':
        attempt.cancelTimer?.();
        attempt.cancelTimer = null;
        this.#options.ringback.stop(attempt.callId);
        return;
      case 'join':
        return this.#join(attempt, effect.personId);
      case 'playAbandonment':
        return this.#playAbandonment(attempt);
      case 'endLeg':
        // Not waited for: a far end that never answers a BYE must not hold the agent.
        attempt.leg
          .hangUp()
          .catch((error: unknown) => this.#options.log('hang up', { error: String(error) }));
        return;
      default:
        return assertNever(effect, 'attempt effect');
    }
  }

  async #join(attempt: Attempt, personId: string): Promise<void> {
    const { calls, agents } = this.#options;
    try {
      calls.update(attempt.callId, { answeredAt: attempt.answeredAt, personId });
      await calls.join(attempt.callId, personId, { alertTone: true });
      agents.apply(personId, { type: 'joined', callId: attempt.callId });
      attempt.talking = true;
    } catch (error) {
      // The line went in this very moment: the person hears a message instead of silence.
      this.#options.log('join failed', { error: String(error) });
      agents.apply(personId, { type: 'released', callId: attempt.callId });
      this.#send(attempt, { type: 'joinFailed' });
    }
  }

  #playAbandonment(attempt: Attempt): void {
    this.#speakAbandonment(attempt)
      .then(() => this.#send(attempt, { type: 'messageEnded' }))
      .catch((error: unknown) =>
        this.#options.log('abandonment message', { error: String(error) }),
      );
  }

  /** The firm's own words, or those that come with the program: nobody hears nothing because of a file. */
  async #speakAbandonment(attempt: Attempt): Promise<void> {
    const { calls, player, prompts } = this.#options;
    const { legId } = attempt.leg;
    const language = calls.find(attempt.callId)?.language ?? 'en';
    const own = await this.#ownMessage(attempt.start.campaignId);
    if (own !== null && (await player.playToLeg(legId, own)) === 'ended') return;
    // hung up meanwhile: there is nobody to speak to
    if (attempt.state.kind !== 'abandoning') return;
    await player.playToLeg(legId, prompts.file('abandonment', language));
  }

  async #ownMessage(campaignId: string | null): Promise<string | null> {
    if (campaignId === null) return null;
    try {
      return (await this.#options.ownMessage?.(campaignId)) ?? null;
    } catch (error) {
      this.#options.log('own abandonment message', { error: String(error) });
      return null;
    }
  }

  /** What clients see follows the attempt; `joined` is shown by the join itself. */
  #show(attempt: Attempt): void {
    const { calls, ringback } = this.#options;
    const { personId } = attempt.start;
    if (attempt.state.kind === 'ringing') {
      calls.update(attempt.callId, { state: 'ringing' });
      if (personId !== null) ringback.start(attempt.callId, personId);
    } else if (attempt.state.kind === 'answered')
      calls.update(attempt.callId, { answeredAt: attempt.answeredAt });
  }

  #finish(attempt: Attempt, before: AttemptState): void {
    const { state } = attempt;
    if (state.kind !== 'ended') return;
    this.#attempts.delete(attempt.attemptId);
    this.#options.calls.finish(attempt.callId, {
      attemptResult: state.result,
      endedBy: state.endedBy as CallEnd['endedBy'],
    });
    this.#agents.free(attempt, before);
    this.#announce(attempt, outcomeOf(attempt, state.result));
  }

  #stage(attempt: Attempt, before: AttemptState['kind'] | null, takenBack = false): void {
    const stage = stageOf(attempt, before, takenBack);
    if (stage !== null) this.#stages.emit(stage);
  }

  #announce(attempt: Attempt, ended: AttemptOutcome | null): void {
    this.#changes.emit({ campaignId: attempt.start.campaignId, ended });
  }

  /** A person waits and an agent has just become free. */
  #serveWaiting(): void {
    for (const attempt of this.#attempts.values()) {
      if (attempt.state.kind !== 'answered' || attempt.agentComing) continue;
      const personId = this.#agents.choose(attempt);
      if (personId === null) continue;
      attempt.agentComing = true;
      this.#send(attempt, { type: 'agentFound', personId });
    }
  }

  /** The agent's line is gone: the debtor is told good-bye by the far end's own tone, not left in silence. */
  #onAgentLost(callId: string): void {
    for (const attempt of this.#attempts.values())
      if (attempt.callId === callId) void this.#enqueue(attempt, () => this.#loseAgent(attempt));
  }

  /** Who answered and was not joined yet hears the message; everybody else's call ends. */
  #loseAgent(attempt: Attempt): Promise<void> {
    const toldBefore = attempt.talking || isUnanswered(attempt.state);
    return this.#take(
      attempt,
      toldBefore ? { type: 'hangUp', by: 'engine', reason: 'asked' } : { type: 'joinFailed' },
    );
  }

  /** Every RTP socket is gone with the media process: nobody may be left in silence. */
  #onMediaLost(): void {
    for (const attempt of this.#attempts.values())
      this.#send(attempt, { type: 'hangUp', by: 'engine', reason: 'asked' });
  }

  /** A row could not be written: end the call rather than go on without a record of it. */
  #giveUp(attempt: Attempt): void {
    if (!this.#attempts.has(attempt.attemptId)) return;
    attempt.cancelTimer?.();
    this.#options.ringback.stop(attempt.callId);
    this.#attempts.delete(attempt.attemptId);
    const given = resultGivenUp(attempt);
    // Nothing may have left, but a client is told that it was interrupted.
    const result = given === 'abandoned' ? given : 'interrupted';
    attempt.state = { kind: 'ended', result, endedBy: 'engine' };
    this.#stage(attempt, 'dialing');
    this.#journal.endLater(attempt, (written) =>
      this.#announce(attempt, outcomeOf(attempt, written)),
    );
    // Not waited for, as above. The trunk may be gone too: recovery at the next start tells the far end.
    attempt.leg.hangUp().catch(() => {});
    this.#options.calls.finish(attempt.callId, {
      attemptResult: result,
      endedBy: 'engine',
    });
    this.#agents.freeHolder(attempt.callId);
    this.#announce(attempt, null);
  }

  #stateOf(attempt: Attempt): AttemptState['kind'] {
    return attempt.state.kind;
  }

  #count(campaignId: string, matches: (state: AttemptState) => boolean): number {
    let count = 0;
    for (const attempt of this.#attempts.values())
      if (attempt.start.campaignId === campaignId && matches(attempt.state)) count += 1;
    return count;
  }
}
