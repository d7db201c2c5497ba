import { type Clock, Emitter } from '#shared/util/index.ts';
import type { Agents } from './agents.ts';

/** The key says "about to be done" and nothing of how soon. */
const CLOSING_MS = 5_000;
/** The timer that ends a wrap-up says something only near its end: most agents are done long before. */
const TIMER_SPEAKS_MS = 10_000;
/** A form that is hardly begun says little: nobody is expected later than so. */
const LONGEST_ESTIMATE_MS = 120_000;

interface Notice {
  callId: string;
  /** epoch ms; by the agent's own word, null = not given */
  closingAt: number | null;
  autoReadyAt: number | null;
  timerSpoke: boolean;
  cancelTimer: (() => void) | null;
}

export interface Closing {
  callId: string;
  inMs?: number | undefined;
  /** how much of the form is done, 0 … 1 */
  progress?: number | undefined;
}

/** When agents in wrap-up are expected to be ready: by their key, by their form, by the timer. */
export class WrapUpNotices {
  readonly #notices = new Map<string, Notice>();
  readonly #changes = new Emitter<string>();
  readonly #agents: Agents;
  readonly #clock: Clock;

  constructor(agents: Agents, clock: Clock) {
    this.#agents = agents;
    this.#clock = clock;
    agents.on((event) => {
      if (event.type === 'changed') this.#follow(event.status.personId);
    });
  }

  /** @param listener gets the person whose notice came, changed or went */
  onChange(listener: (personId: string) => void): () => void {
    return this.#changes.on(listener);
  }

  /** Epoch ms; null: not in wrap-up, or nothing is known. */
  readyAt(personId: string): number | null {
    const notice = this.#notices.get(personId);
    if (!notice) return null;
    const timer = notice.timerSpoke ? notice.autoReadyAt : null;
    if (notice.closingAt === null) return timer;
    return notice.autoReadyAt === null
      ? notice.closingAt
      : Math.min(notice.closingAt, notice.autoReadyAt);
  }

  /** The agent's word; repeated, the last one holds. One that comes for another call means nothing any more. */
  closing(personId: string, { callId, inMs, progress }: Closing): void {
    this.#follow(personId);
    const notice = this.#notices.get(personId);
    if (notice?.callId !== callId) return;
    const now = this.#clock.now();
    notice.closingAt = now + (inMs ?? this.#byForm(personId, progress, now));
    this.#changes.emit(personId);
  }

  dispose(): void {
    for (const notice of this.#notices.values()) notice.cancelTimer?.();
    this.#notices.clear();
  }

  /** The rest of the form takes as long as its parts did so far. */
  #byForm(personId: string, progress: number | undefined, now: number): number {
    if (progress === undefined) return CLOSING_MS;
    const sinceMs = now - this.#agents.status(personId).since;
    if (progress <= 0) return LONGEST_ESTIMATE_MS;
    return Math.min(LONGEST_ESTIMATE_MS, (sinceMs * (1 - progress)) / progress);
  }

  #follow(personId: string): void {
    const state = this.#agents.state(personId);
    const known = this.#notices.get(personId);
    if (state.kind !== 'wrapUp') {
      if (known) this.#forget(personId, known);
      return;
    }
    if (known?.callId === state.callId && known.autoReadyAt === state.autoReadyAt) return;
    known?.cancelTimer?.();
    const { callId, autoReadyAt } = state;
    // The agent asked for more time: an earlier word does not hold any more.
    const notice: Notice = {
      callId,
      closingAt: null,
      autoReadyAt,
      timerSpoke: false,
      cancelTimer: null,
    };
    this.#notices.set(personId, notice);
    if (autoReadyAt !== null) this.#speakNearTheEnd(personId, notice, autoReadyAt);
    if (known) this.#changes.emit(personId);
  }

  #speakNearTheEnd(personId: string, notice: Notice, autoReadyAt: number): void {
    const delayMs = Math.max(0, autoReadyAt - TIMER_SPEAKS_MS - this.#clock.now());
    notice.cancelTimer = this.#clock.setTimer(delayMs, () => {
      notice.cancelTimer = null;
      notice.timerSpoke = true;
      this.#changes.emit(personId);
    });
  }

  #forget(personId: string, notice: Notice): void {
    notice.cancelTimer?.();
    this.#notices.delete(personId);
    this.#changes.emit(personId);
  }
}
