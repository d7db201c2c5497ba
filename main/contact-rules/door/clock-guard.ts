import type { Clock } from '#shared/util/index.ts';

/** Why the wall clock is not to be trusted. */
export type ClockSuspicion = 'behindNewestRow' | 'steppedBack' | 'steppedForward';

/** Watches the wall clock, because hours and caps are worth nothing under a wrong one. */
export interface ClockGuard {
  /** stays true until a person confirms the time */
  readonly suspect: boolean;
  readonly reason: ClockSuspicion | null;
  /**
   * Looks at both clocks; call it before each decision.
   * @param newestRowAt epoch ms of the newest contact event or decision; null for an empty store
   * @returns whether the clock may be trusted
   */
  check(newestRowAt: number | null): boolean;
  /** a person has looked at the time and says that it is right */
  confirm(): void;
  /** the machine goes to sleep: monotonic clocks of some systems stand still meanwhile */
  suspended(): void;
  /** the machine woke up; a forward step is explained by that, a step back is not */
  resumed(): void;
}

const stepMs = 60_000;
/** what two quartz clocks may drift apart without anybody touching them */
const driftPerMs = 200e-6;
/** rows are written by several threads, and NTP steps back by fractions of a second every day */
const behindRowMs = 5_000;
/** a check may run between the wake-up and the word of the shell about it */
const wakeUpMs = 120_000;

export function createClockGuard(clock: Pick<Clock, 'now' | 'monotonic'>): ClockGuard {
  let wallAtBase = clock.now();
  let monotonicAtBase = clock.monotonic();
  let reason: ClockSuspicion | null = null;
  let suspectedAt = 0;
  let asleep = false;
  let newestSeen = Number.NEGATIVE_INFINITY;
  let confirmedRowsTo = Number.NEGATIVE_INFINITY;

  const stepped = () => clock.now() - wallAtBase - (clock.monotonic() - monotonicAtBase);
  const rebase = () => {
    wallAtBase = clock.now();
    monotonicAtBase = clock.monotonic();
  };
  const suspectBecause = (found: ClockSuspicion) => {
    reason = found;
    suspectedAt = clock.monotonic();
  };
  const checkStep = () => {
    const step = stepped();
    const allowed = stepMs + (clock.monotonic() - monotonicAtBase) * driftPerMs;
    if (step <= -allowed) suspectBecause('steppedBack');
    else if (step >= allowed && !asleep) suspectBecause('steppedForward');
  };
  const checkRows = (newestRowAt: number | null) => {
    if (newestRowAt === null) return;
    const behind = newestRowAt - clock.now() > behindRowMs;
    if (behind && newestRowAt > confirmedRowsTo) suspectBecause('behindNewestRow');
  };

  return {
    get suspect() {
      return reason !== null;
    },
    get reason() {
      return reason;
    },
    check(newestRowAt) {
      // seen even while suspect: a confirmation is about all rows there are
      if (newestRowAt !== null) newestSeen = Math.max(newestSeen, newestRowAt);
      if (reason === null) checkStep();
      if (reason === null) checkRows(newestRowAt);
      return reason === null;
    },
    confirm() {
      reason = null;
      confirmedRowsTo = newestSeen;
      rebase();
    },
    suspended() {
      asleep = true;
    },
    resumed() {
      const recent = clock.monotonic() - suspectedAt < wakeUpMs;
      if (reason === 'steppedForward' && recent) reason = null;
      asleep = false;
      if (reason !== null) return;
      if (stepped() <= -stepMs) suspectBecause('steppedBack');
      else rebase();
    },
  };
}
