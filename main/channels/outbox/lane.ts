import type { GatewaySettings, GatewayState } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Clock } from '#shared/util/index.ts';
import type { GatewayAdapter, OutgoingMessage } from '../types.ts';
import type { Outcome } from './outcome-writes.ts';
import { type OutgoingParts, type ReadyMessage, toOutgoing } from './outgoing.ts';
import { firstQueryMs, pauseMs, retryMs } from './retry.ts';
import { TokenBucket } from './token-bucket.ts';

export interface LaneParts extends OutgoingParts {
  gatewayId: string;
  settings: GatewaySettings;
  adapter: GatewayAdapter;
  clock: Clock;
  /** up to so many messages that wait, asked about and `permitted`; those by hand first */
  fetch(limit: number): Promise<ReadyMessage[]>;
  /** when something waits next, epoch ms; null: nothing does */
  nextLookAt(): number | null;
  /** writes what came of one; resolves when it is durable */
  settle(outcome: Outcome): Promise<void>;
  /** whether a message that waited is still meant to leave, and its contact may be made */
  stillAllowed(row: ReadyMessage['row']): boolean;
  /** whether something was committed since it was permitted that the door may refuse it for */
  hasNews(message: ReadyMessage): boolean;
  /** another gateway that takes messages of this channel now, for those that this one certainly does not take */
  otherGateway(row: ReadyMessage['row']): string | null;
  log(message: string, details?: Record<string, unknown>): void;
}

/** So much is fetched ahead of a fast gateway. */
const AHEAD_MS = 150;
const MOST_AHEAD = 200;
/** Of what a gateway takes at once, at most so much (a tenth) is left to those by hand: nobody waits for answers to a bulk. */
const KEPT_FOR_HAND = 5;
/** Of bulks, so many more may leave before what came of the others is written: a slow disk leaves no more unknown. */
const MOST_UNWRITTEN = 200;
/** What the door said is asked again when it is older: it also says other things at another hour. */
const STALE_MS = 2_000;
/**
 * What waited longer takes its way again. When handing over began is known to so much, also of what a dead run was handing
 * over: gateways that are asked of something that has only just begun know nothing of it.
 */
const LONGEST_WAIT_MS = 90_000;
/** A pause for so long is no time to hold messages back from everybody else. */
const LONG_PAUSE_MS = 5_000;
/** A hand-over that gives no answer for so long never will. */
const STUCK_MS = 180_000;
const SWEEP_MS = 30_000;
/** tries at one gateway before another is asked */
const TRIES_BEFORE_OTHER = 3;
const FETCH_FAILED_MS = 5_000;
/** timers of a day and more are not exact, and a clock may be set */
const LONGEST_SLEEP_MS = 60_000;

/**
 * Hands messages to one gateway: as many at once as it takes, as fast as it may, those by hand before bulks. What it
 * certainly did not take waits again; what nobody knows is left to be asked about.
 */
export class Lane {
  readonly gatewayId: string;
  readonly settings: GatewaySettings;
  readonly adapter: GatewayAdapter;
  readonly #parts: LaneParts;
  readonly #bucket: TokenBucket;
  readonly #byHand: ReadyMessage[] = [];
  readonly #ofBulks: ReadyMessage[] = [];
  readonly #underWay = new Map<string, { startedMs: number; giveUp(): void }>();
  readonly #settling = new Set<Promise<void>>();
  #state: GatewayState['kind'] = 'connecting';
  #refusals = 0;
  #pausedUntilMs = 0;
  #fetching: Promise<void> | null = null;
  #fetchAgain = true;
  #isClosed = false;
  #wakeTimer: (() => void) | null = null;
  #sweepTimer: (() => void) | null = null;

  constructor(parts: LaneParts) {
    this.#parts = parts;
    this.gatewayId = parts.gatewayId;
    this.settings = parts.settings;
    this.adapter = parts.adapter;
    this.#bucket = new TokenBucket(parts.clock, parts.settings.maxPerSecond);
  }

  /** Messages that are with the gateway, or about to be. */
  get busy(): number {
    return this.#underWay.size + this.#byHand.length + this.#ofBulks.length;
  }

  setState(kind: GatewayState['kind']): void {
    if (this.#state === kind) return;
    this.#state = kind;
    if (kind === 'off' || kind === 'connecting') this.#giveBackWaiting();
    this.#fetchAgain = true;
    this.wake();
  }

  /** Whether one more by hand would leave within a second. */
  get takesAtOnce(): boolean {
    if (!this.#mayWork) return false;
    const ahead = this.#byHand.length + 1;
    const isQuick = ahead <= this.#bucket.available || ahead <= this.settings.maxPerSecond;
    return isQuick && this.#byHand.length < this.adapter.concurrency;
  }

  /** One by hand with its contact taken. */
  handOver(message: ReadyMessage): void {
    this.#byHand.push(message);
    this.wake();
  }

  /** Something new may wait. */
  lookAgain(): void {
    this.#fetchAgain = true;
    this.wake();
  }

  wake(): void {
    if (this.#isClosed) return;
    this.#wakeTimer?.();
    this.#wakeTimer = null;
    this.#start();
    this.#fetch();
    this.#planWaking();
    this.#planSweep();
  }

  /** What was not handed over waits for another day; what is under way is left to be asked about. */
  async close(closeAdapter: () => Promise<void> = () => this.adapter.close()): Promise<void> {
    this.#isClosed = true;
    this.#wakeTimer?.();
    this.#sweepTimer?.();
    await this.#fetching;
    this.#giveBackWaiting();
    await closeAdapter();
    for (const { giveUp } of this.#underWay.values()) giveUp();
    await Promise.all(this.#settling);
  }

  get #mayWork(): boolean {
    const isUp = this.#state !== 'off' && this.#state !== 'connecting';
    return isUp && !this.#isClosed && this.#parts.clock.monotonic() >= this.#pausedUntilMs;
  }

  /** At once; one where the last ones failed, until one is taken. */
  get #most(): number {
    return this.#state === 'failing' ? 1 : this.adapter.concurrency;
  }

  get #room(): number {
    return this.#most - this.#underWay.size;
  }

  /** What those of bulks find of it. */
  get #roomForBulks(): number {
    const kept = Math.min(KEPT_FOR_HAND, Math.floor(this.#most / 10));
    return Math.min(this.#room - kept, this.#unwrittenRoom);
  }

  get #unwrittenRoom(): number {
    return this.adapter.concurrency + MOST_UNWRITTEN - this.#settling.size;
  }

  /** Whether the next one may start, but for the pace. */
  get #hasNext(): boolean {
    if (this.#byHand.length > 0) return this.#room > 0;
    return this.#ofBulks.length > 0 && this.#roomForBulks > 0;
  }

  #start(): void {
    while (this.#mayWork && this.#hasNext) {
      if (!this.#bucket.take()) return;
      const message = this.#byHand.shift() ?? this.#ofBulks.shift();
      if (message) this.#begin(message);
    }
  }

  #begin(message: ReadyMessage): void {
    const { clock, log } = this.#parts;
    const { promise, resolve } = Promise.withResolvers<Result>();
    const beganAt = clock.now();
    let isGivenUp = false;
    const giveUp = () => {
      isGivenUp = true;
      resolve({ kind: 'unknown', code: 'gateway.no-answer', detail: null });
    };
    this.#underWay.set(message.row.id, { startedMs: clock.monotonic(), giveUp });
    const answered = (result: Result) => {
      resolve(result);
      // an answer that nobody waited for says at least that the gateway has it, and under which names
      if (isGivenUp && result.kind === 'accepted') this.#settleLate(message, result, beganAt);
    };
    this.#send(message).then(answered, (error: unknown) => {
      log('a gateway failed while it was given a message', { error: String(error) });
      resolve({ kind: 'unknown', code: 'gateway.failed', detail: null });
    });
    const settled = promise.then((result) => this.#settle(message, result, beganAt));
    this.#settling.add(settled);
    void settled.finally(() => {
      const wasFull = this.#unwrittenRoom <= 0;
      this.#settling.delete(settled);
      if (wasFull) this.wake();
    });
  }

  async #send(message: ReadyMessage): Promise<Result> {
    const { clock, stillAllowed, hasNews, log } = this.#parts;
    const now = clock.now();
    // a clock that was set back says nothing of how long it waited
    const waitedMs = Math.abs(now - message.permittedAt);
    if (waitedMs > LONGEST_WAIT_MS) return { kind: 'back' };
    let outgoing: OutgoingMessage;
    try {
      if (waitedMs > STALE_MS && !stillAllowed(message.row)) return { kind: 'back' };
      outgoing = await toOutgoing(this.#parts, message, this.settings, now);
      // a hold that was set before this instant stops it
      if (hasNews(message) && !stillAllowed(message.row)) return { kind: 'back' };
    } catch (error) {
      // nobody has it yet: what cannot be read now is tried again
      if (error instanceof AppError)
        return { kind: 'rejected', code: error.code, detail: null, badAddress: false };
      log('a message could not be made ready', { error: String(error) });
      return { kind: 'later', code: 'gateway.failed', detail: null, retryAfterMs: null };
    }
    return this.adapter.send(outgoing);
  }

  async #settle({ row }: ReadyMessage, result: Result, beganAt: number): Promise<void> {
    this.#underWay.delete(row.id);
    this.#notePace(result);
    const written = this.#parts.settle({ ...this.#outcomeOf(row, result), beganAt });
    this.wake();
    await written.catch((error: unknown) => {
      // The row stays `permitted`: after the next start it is unknown, and asked about.
      this.#parts.log('what came of a message was not written', { error: String(error) });
    });
    if (result.kind === 'later' || result.kind === 'back') this.lookAgain();
  }

  #settleLate({ row }: ReadyMessage, result: Result, beganAt: number): void {
    this.#parts
      .settle({ ...this.#outcomeOf(row, result), beganAt })
      .catch((error: unknown) =>
        this.#parts.log('a late answer was not written', { error: String(error) }),
      );
  }

  #outcomeOf(row: ReadyMessage['row'], result: Result): Outcome {
    const { clock, otherGateway } = this.#parts;
    const now = clock.now();
    const isTired = result.kind === 'later' && row.tries + 1 >= TRIES_BEFORE_OTHER;
    const nextGatewayId = isTired ? otherGateway(row) : null;
    return {
      messageId: row.id,
      gatewayId: this.gatewayId,
      result,
      nextAt: nextGatewayId === null ? now + waitOf(row, result) : now,
      nextGatewayId,
    };
  }

  /** A gateway that says later is left alone for a while, as long as it asks or longer each time. */
  #notePace(result: Result): void {
    if (result.kind === 'accepted') this.#refusals = 0;
    if (result.kind !== 'later') return;
    const waitMs = result.retryAfterMs ?? pauseMs(this.#refusals);
    this.#refusals += 1;
    const untilMs = this.#parts.clock.monotonic() + waitMs;
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, untilMs);
    if (waitMs >= LONG_PAUSE_MS) this.#giveBackWaiting();
  }

  /** What nobody has yet waits in the queue again, where it can be cancelled and is asked about anew. */
  #giveBackWaiting(): void {
    for (const message of [...this.#byHand.splice(0), ...this.#ofBulks.splice(0)]) {
      const given = this.#giveBack(message);
      this.#settling.add(given);
      void given.finally(() => this.#settling.delete(given));
    }
  }

  #giveBack({ row }: ReadyMessage): Promise<void> {
    const { settle, clock } = this.#parts;
    const result = { kind: 'back' } as const;
    const outcome = { messageId: row.id, gatewayId: this.gatewayId, result, nextGatewayId: null };
    return settle({ ...outcome, nextAt: clock.now() }).catch(() => {});
  }

  #fetch(): void {
    if (!this.#fetchAgain || this.#fetching !== null || !this.#mayWork) return;
    const ahead = Math.ceil((this.settings.maxPerSecond * AHEAD_MS) / 1_000);
    const wanted = Math.min(MOST_AHEAD, Math.max(1, ahead));
    const there = this.#byHand.length + this.#ofBulks.length;
    // half of them at a time, so that a fetch is worth its commit
    if (there > wanted / 2) return;
    this.#fetchAgain = false;
    this.#fetching = this.#parts
      .fetch(wanted - there)
      .then((messages) => {
        for (const message of messages) {
          (message.row.bulkId === null ? this.#byHand : this.#ofBulks).push(message);
        }
        if (messages.length > 0) this.#fetchAgain = true;
      })
      .catch((error: unknown) => {
        this.#parts.log('messages that wait were not fetched', { error: String(error) });
        this.#pausedUntilMs = this.#parts.clock.monotonic() + FETCH_FAILED_MS;
        this.#fetchAgain = true;
      })
      .finally(() => {
        this.#fetching = null;
        this.wake();
      });
  }

  #planWaking(): void {
    const delayMs = this.#nextWakingMs();
    if (delayMs === null) return;
    this.#wakeTimer = this.#parts.clock.setTimer(Math.min(delayMs, LONGEST_SLEEP_MS), () => {
      this.#fetchAgain = true;
      this.wake();
    });
  }

  /** null: only something that happens wakes it */
  #nextWakingMs(): number | null {
    const { clock, nextLookAt } = this.#parts;
    if (this.#state === 'off' || this.#state === 'connecting') return null;
    const pausedMs = this.#pausedUntilMs - clock.monotonic();
    if (pausedMs > 0) return pausedMs;
    const isReady = this.#byHand.length + this.#ofBulks.length > 0;
    if (isReady) return this.#hasNext ? Math.max(1, this.#bucket.msUntilNext) : null;
    if (this.#fetching !== null || this.#fetchAgain) return null;
    const at = nextLookAt();
    return at === null ? null : Math.max(1, at - clock.now());
  }

  #planSweep(): void {
    if (this.#sweepTimer !== null || this.#underWay.size === 0) return;
    const { clock } = this.#parts;
    this.#sweepTimer = clock.setTimer(SWEEP_MS, () => {
      this.#sweepTimer = null;
      for (const { startedMs, giveUp } of this.#underWay.values()) {
        if (clock.monotonic() - startedMs > STUCK_MS) giveUp();
      }
      this.#planSweep();
    });
  }
}

type Result = Outcome['result'];

function waitOf(row: ReadyMessage['row'], result: Result): number {
  if (result.kind === 'later') return Math.max(result.retryAfterMs ?? 0, retryMs(row.tries));
  return result.kind === 'unknown' ? firstQueryMs : 0;
}
