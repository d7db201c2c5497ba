import type { Clock, Random } from '#shared/util/index.ts';
import { Emitter } from '#shared/util/index.ts';
import { type ContactRules, readRulesSettings } from '../../contact-rules/index.ts';
import type { OpenStore } from '../../store/index.ts';
import type {
  AttemptOutcome,
  CallerIdChooser,
  CallerIdQuestion,
  ChosenCallerId,
} from '../types.ts';
import { callerIdWrites } from './caller-id-writes.ts';
import { Chooser } from './chooser.ts';
import { NumberLearner } from './number-learner.ts';
import type { PoolEvent } from './pool-machine.ts';
import { findPoolNumber, loadPool, type PoolContext, type PoolRow } from './pool-rows.ts';
import { createLimitsOf } from './rule-limits.ts';
import { loadTallies } from './tally-rows.ts';
import { readShownResult } from './tally-writes.ts';

export interface CallerIdsParts {
  store: Pick<OpenStore, 'read' | 'write' | 'meta'>;
  rules: Pick<ContactRules, 'packsFor'>;
  clock: Clock;
  random: Random;
  log(message: string, details?: Record<string, unknown>): void;
}

/** Rests that are over are ended in the rows so often; the choice looks at the date itself. */
const LOOK_MS = 60_000;
/** An attempt is told of once or twice, within seconds. */
const REMEMBERED = 10_000;

/** The numbers that the firm shows: what is known of them in memory, which one a call shows, and what its results mean for it. */
export class CallerIds implements CallerIdChooser {
  readonly #parts: CallerIdsParts;
  readonly #learner = new NumberLearner();
  readonly #chooser: Chooser;
  readonly #changes = new Emitter<{ callerIdId: string }>();
  #numbers: Map<string, PoolRow> | null = null;
  #loadedAt = Number.NEGATIVE_INFINITY;
  readonly #learnt = new Set<string>();
  #cancelLook: (() => void) | null = null;

  constructor(parts: CallerIdsParts) {
    this.#parts = parts;
    const { read } = parts.store;
    this.#chooser = new Chooser({
      read,
      book: this.#learner.book,
      random: parts.random,
      limitsOf: createLimitsOf(parts.rules, read),
      find: (callerIdId) => this.#pool().get(callerIdId),
    });
  }

  /** Learns from what is on record; from then on rests end by themselves. */
  start(): void {
    const { store, clock } = this.#parts;
    const { results, lastShown } = loadTallies(store.read, clock.now());
    this.#learner.book.load(results);
    this.#chooser.remember(lastShown);
    this.#look();
  }

  stop(): void {
    this.#cancelLook?.();
    this.#cancelLook = null;
  }

  onChange(listener: (change: { callerIdId: string }) => void): () => void {
    return this.#changes.on(listener);
  }

  choose(question: CallerIdQuestion, at: number): ChosenCallerId {
    return this.#chooser.choose(question, at);
  }

  onStarted(e164: string, _question: CallerIdQuestion, _at: number): void {
    this.#chooser.started(e164);
  }

  /** After the commit that ended the attempt: its row says what came of it. Told again, it learns nothing more. */
  onResult({ attemptId }: Pick<AttemptOutcome, 'attemptId'>): void {
    if (this.#learnt.has(attemptId)) return;
    if (this.#learnt.size >= REMEMBERED) this.#learnt.clear();
    this.#learnt.add(attemptId);
    const result = readShownResult(this.#parts.store.read, attemptId);
    if (!result?.counts) return;
    const event = this.#learner.learn({ ...result, shown: result.e164 });
    if (event !== null) this.#restAll(result.e164, event);
  }

  /** What to show of the numbers and to check new ones with. */
  context(): PoolContext {
    const { store } = this.#parts;
    const { site } = readRulesSettings(store.read);
    return {
      storeKind: store.meta.storeKind,
      siteCountries: site.map((place) => place.slice(0, 2)),
    };
  }

  find(callerIdId: string): PoolRow | null {
    return findPoolNumber(this.#parts.store.read, callerIdId, this.context());
  }

  list(): PoolRow[] {
    return loadPool(this.#parts.store.read, this.context());
  }

  /** Numbers or their trunks were changed: they are read again before the next choice. */
  changed(callerIdIds: readonly string[]): void {
    this.#numbers = null;
    for (const callerIdId of callerIdIds) this.#changes.emit({ callerIdId });
  }

  /** Takes an event to a number; says so when it meant something. */
  async apply(callerIdId: string, event: PoolEvent): Promise<void> {
    const input = { callerIdId, event };
    if (await this.#parts.store.write(callerIdWrites, 'caller-id.apply', input))
      this.changed([callerIdId]);
  }

  /** What was learnt counts no more: a number comes back from a rest, or another firm's habits come with it. */
  forget(e164: string): void {
    this.#learner.forget(e164);
  }

  #pool(): Map<string, PoolRow> {
    const now = this.#parts.clock.monotonic();
    // Trunks are saved elsewhere: a number of a trunk that changed is read again at least so often.
    if (this.#numbers === null || now - this.#loadedAt > LOOK_MS) {
      this.#numbers = new Map(this.list().map((row) => [row.callerIdId, row]));
      this.#loadedAt = now;
    }
    return this.#numbers;
  }

  /** The same number on several trunks is one number to those who are called. */
  #restAll(e164: string, event: PoolEvent): void {
    for (const row of this.#pool().values())
      if (row.e164 === e164) this.#applyLater(row.callerIdId, event);
  }

  #applyLater(callerIdId: string, event: PoolEvent): void {
    this.apply(callerIdId, event).catch((error: unknown) =>
      this.#parts.log('state of a number', { callerIdId, error: String(error) }),
    );
  }

  #look(): void {
    const now = this.#parts.clock.now();
    for (const { callerIdId, e164, state } of this.#pool().values())
      if (state.kind === 'resting' && state.until !== null && state.until <= now) {
        this.forget(e164);
        this.#applyLater(callerIdId, { type: 'restOver' });
      }
    this.#cancelLook = this.#parts.clock.setTimer(LOOK_MS, () => this.#look());
  }
}
