import type { Random } from '#shared/util/index.ts';
import type { ReadDb } from '../../store/types.ts';
import type { CallerIdQuestion, ChosenCallerId } from '../types.ts';
import type { AnswerBook } from './answer-book.ts';
import { calleeSlot } from './callee.ts';
import { sampleGamma } from './gamma.ts';
import { HourCap } from './hour-cap.ts';
import { placeOfNumber } from './number-place.ts';
import type { PoolRow } from './pool-rows.ts';
import { isWithinLimits, type LimitsOf } from './rule-limits.ts';
import { shownFrom } from './schedule.ts';

export interface ChooserParts {
  read: ReadDb;
  book: AnswerBook;
  random: Random;
  limitsOf: LimitsOf;
  /** the number as it is now; undefined: there is none */
  find(callerIdId: string): PoolRow | undefined;
}

/** Why a number may not be shown now, and until when; null: not by itself. */
interface Obstacle {
  reason: string;
  until: number | null;
}

const NO_NUMBER: Obstacle = { reason: 'noNumber', until: null };
/** tries of a debtor that are looked at for numbers that reached nobody */
const LATEST_TRIES = 50;

/** Chooses the number that a call shows. Answers from memory and two or three rows found by index. */
export class Chooser {
  readonly #parts: ChooserParts;
  readonly #caps: HourCap;
  /** for `rotation`: when each number was chosen last, as an order */
  readonly #turns = new Map<string, number>();
  #turn = 0;

  constructor(parts: ChooserParts) {
    this.#parts = parts;
    this.#caps = new HourCap(parts.read);
  }

  choose(question: CallerIdQuestion, at: number): ChosenCallerId {
    const open = this.#open(question, at);
    if (!open.ok) return open;
    const preferred = this.#preferred(question, open.numbers, open.mayBeLocal);
    for (const group of preferred) {
      const chosen = this.#firstUnderCap(question, group, at, open);
      if (chosen) return this.#take(chosen, at);
    }
    return { ok: false, ...open.worst };
  }

  /** @param numbers as they were shown in an earlier run, the latest last */
  remember(numbers: readonly string[]): void {
    for (const e164 of numbers) {
      this.#turn += 1;
      this.#turns.set(e164, this.#turn);
    }
  }

  started(e164: string): void {
    this.#caps.started(e164);
  }

  #take(chosen: PoolRow, at: number): ChosenCallerId {
    this.#turn += 1;
    this.#turns.set(chosen.e164, this.#turn);
    this.#caps.chose(chosen.e164, at);
    return { ok: true, e164: chosen.e164, callerIdId: chosen.callerIdId };
  }

  /** Numbers that may be shown in this call, but for the cap of the hour. */
  #open(question: CallerIdQuestion, at: number) {
    const { find, limitsOf } = this.#parts;
    const limits = limitsOf(question, at);
    const numbers: PoolRow[] = [];
    let worst = NO_NUMBER;
    for (const callerIdId of candidates(question)) {
      const row = find(callerIdId);
      if (row === undefined || row.trunkId !== question.trunkId) continue;
      const obstacle = isWithinLimits(row, limits)
        ? obstacleOf(row, at)
        : { reason: 'rules', until: null };
      if (obstacle === null) numbers.push(row);
      else worst = sooner(worst, obstacle);
    }
    if (numbers.length === 0) return { ok: false as const, ...worst };
    return { ok: true as const, numbers, worst, mayBeLocal: limits.localPresence !== 'forbid' };
  }

  /**
   * Groups that are tried in their order: numbers that this debtor has not seen in vain before those they have, and local ones
   * before others.
   */
  #preferred(
    { choice, debtorId, number }: CallerIdQuestion,
    numbers: PoolRow[],
    mayBeLocal: boolean,
  ): PoolRow[][] {
    let groups = [numbers];
    if (choice.localPresence && mayBeLocal) {
      const { region, hasArea } = placeOfNumber(number);
      if (hasArea) groups = groups.flatMap((group) => split(group, isIn(region)));
    }
    if (choice.changeAfterFailure && numbers.length > 1) {
      const seen = this.#shownInVain(debtorId);
      const fresh = groups.map((group) => group.filter(({ e164 }) => !seen.includes(e164)));
      // All have been shown: the one shown longest ago comes first, the last one not again at once.
      const again = [...seen].reverse().map((e164) => numbers.filter((row) => row.e164 === e164));
      groups = [...fresh, ...again];
    }
    return groups;
  }

  /** Numbers that were shown to a debtor since somebody was reached, the latest first. */
  #shownInVain(debtorId: string): string[] {
    const rows = this.#parts.read.all<{ callerId: string | null; joinedAt: number | null }>(
      `SELECT callerId, joinedAt FROM attempt WHERE debtorId = ? AND dialedAt IS NOT NULL
        ORDER BY reservedAt DESC LIMIT ${LATEST_TRIES}`,
      debtorId,
    );
    const reachedAt = rows.findIndex(({ joinedAt }) => joinedAt !== null);
    const inVain = reachedAt === -1 ? rows : rows.slice(0, reachedAt);
    return [...new Set(inVain.flatMap(({ callerId }) => callerId ?? []))];
  }

  #firstUnderCap(
    question: CallerIdQuestion,
    group: PoolRow[],
    at: number,
    open: { worst: Obstacle },
  ): PoolRow | null {
    const rest = this.#scored(question, group, at);
    while (rest.length > 0) {
      const best = takeBest(rest);
      // A campaign without a pool has nothing to spread its calls over: only the number's own cap holds.
      const hasPool = question.choice.pool.length > 0;
      const cap = smaller(best.maxPerHour, hasPool ? question.choice.maxPerHour : null);
      const until = this.#caps.freeFrom(best.e164, cap, at);
      if (until <= at) return best;
      open.worst = sooner(open.worst, { reason: 'hourCap', until });
    }
    return null;
  }

  /** The best is the one with the highest score. */
  #scored(question: CallerIdQuestion, group: PoolRow[], at: number): Scored[] {
    if (question.choice.choose === 'rotation')
      return group.map((row) => ({ row, score: -(this.#turns.get(row.e164) ?? 0) }));
    const { read, book, random } = this.#parts;
    const { region, hour } = calleeSlot(read, question, at);
    const beliefOf = book.beliefsAt(region, hour, at);
    return group.map((row) => {
      // Thompson: one draw of what each might be; the less is known of a number, the more often it wins by chance.
      const { mean, shape } = beliefOf(row.e164);
      return { row, score: (mean / shape) * sampleGamma(shape, random) };
    });
  }
}

interface Scored {
  row: PoolRow;
  score: number;
}

function candidates({ choice, callerIdId }: CallerIdQuestion): readonly string[] {
  if (choice.pool.length > 0) return choice.pool;
  return callerIdId === null ? [] : [callerIdId];
}

/** A rest whose date has passed is over, whether or not the row says so yet. */
function obstacleOf({ refusedBecause, state, schedule }: PoolRow, at: number): Obstacle | null {
  if (refusedBecause !== null) return { reason: refusedBecause, until: null };
  if (state.kind === 'retired') return { reason: 'retired', until: null };
  if (state.kind === 'resting' && (state.until === null || state.until > at))
    return { reason: 'resting', until: state.until };
  const from = shownFrom(schedule, at);
  return from > at ? { reason: 'schedule', until: from } : null;
}

/** The one that passes first says what the call waits for. */
function sooner(one: Obstacle, other: Obstacle): Obstacle {
  if (one === NO_NUMBER) return other;
  if (other.until === null) return one;
  return one.until === null || other.until < one.until ? other : one;
}

function takeBest(scored: Scored[]): PoolRow {
  let best = 0;
  for (let index = 1; index < scored.length; index += 1)
    if ((scored[index]?.score ?? 0) > (scored[best]?.score ?? 0)) best = index;
  const [taken] = scored.splice(best, 1);
  if (taken === undefined) throw new RangeError('nothing to choose from');
  return taken.row;
}

function split(rows: PoolRow[], first: (row: PoolRow) => boolean): PoolRow[][] {
  return [rows.filter(first), rows.filter((row) => !first(row))];
}

const isIn = (region: string) => (row: PoolRow) => row.place.region === region;

function smaller(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}
