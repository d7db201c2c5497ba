import type { AbandonmentBudget } from '#shared/contract/index.ts';
import type { RuleOf } from '#shared/rule-packs/index.ts';

export type AbandonRateRule = RuleOf<'abandonRate'>;

/** What came of the calls of one window. */
export interface AbandonmentCounts {
  /** a person answered and no agent came */
  abandoned: number;
  /** a person answered and met an agent */
  passedToAgent: number;
  /** persons whom the dialer took for machines and hung up on; an estimate */
  amdFalsePositiveEstimate: number;
}

/** Below so many answers a percentage says nothing, and counts decide (reference §6). */
export const SMALL_SAMPLE = 300;
/** one abandonment at once, and one more for each so many answers: no second before a hundred have answered */
const ANSWERS_FOR_ONE_MORE = 100;
/** percentages are compared in thousandths of one, whole numbers, so that 3.000 % is not above 3 % */
const PARTS_PER_PERCENT = 1_000;
const PARTS = 100 * PARTS_PER_PERCENT;

type Measured = Pick<AbandonmentBudget, 'numerator' | 'denominator' | 'percent' | 'state' | 'left'>;

/**
 * Measures a window against one rule: numerator ÷ denominator as the rule defines them. The limit itself passes ("no
 * more than three percent"), the throttle takes hold when it is reached.
 * @returns `left`: how many calls may be abandoned now, one after another, without going over the limit
 */
export function measureAbandonment(rule: AbandonRateRule, counts: AbandonmentCounts): Measured {
  const numerator = sum(rule.numerator.map((term) => counts[term]));
  const denominator = sum(rule.denominator.map((term) => termOf(counts, term)));
  const percent = denominator === 0 ? null : (100 * numerator) / denominator;
  const measured = { numerator, denominator, percent };
  const above = numerator * PARTS > partsOf(rule.limitPercent) * denominator;
  if (denominator < SMALL_SAMPLE) {
    const may = 1 + Math.floor(denominator / ANSWERS_FOR_ONE_MORE);
    // one in ten answers is no breach yet; two in fifty are
    const state = above && numerator > may ? 'breach' : 'few';
    return { ...measured, state, left: Math.max(0, Math.floor(may - numerator)) };
  }
  const throttled = numerator * PARTS >= partsOf(rule.throttleAtPercent) * denominator;
  return {
    ...measured,
    state: above ? 'breach' : throttled ? 'throttle' : 'ok',
    left: leftBelowLimit(rule, numerator, denominator),
  };
}

function termOf(counts: AbandonmentCounts, term: AbandonRateRule['denominator'][number]): number {
  return term === 'humanAnswered' ? counts.abandoned + counts.passedToAgent : counts[term];
}

/** The largest k with (numerator + k) ÷ (denominator + k) within the limit; each abandoned call was also answered. */
function leftBelowLimit(rule: AbandonRateRule, numerator: number, denominator: number): number {
  const limit = partsOf(rule.limitPercent);
  const counted = rule.numerator.includes('abandoned') ? PARTS : 0;
  const answered = rule.denominator.some(
    (term) => term === 'abandoned' || term === 'humanAnswered',
  );
  const spent = counted - (answered ? limit : 0);
  // an abandoned call that the rule does not count, or a limit of everything, is never too many
  if (spent <= 0) return Number.MAX_SAFE_INTEGER;
  return Math.max(0, Math.floor((limit * denominator - PARTS * numerator) / spent));
}

function partsOf(percent: number): number {
  return Math.round(percent * PARTS_PER_PERCENT);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
