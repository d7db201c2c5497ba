import type { PacingForecast } from '#shared/contract/index.ts';

/** One point of the price: so many silent calls accepted give so much talk. */
export interface PricePoint {
  goalPercent: number;
  talkMinutes: number;
}

/** Goals of which the price is asked: dense where the curve bends. */
export const pricedGoals: readonly number[] = [0, 0.25, 0.5, 1, 1.5, 2, 3, 4, 5];
/** the end of the scale, as far as a campaign may be set; the rules in force often allow less */
export const mostSilentPercent = 5;
export const silentStepPercent = 0.1;

/**
 * The predictive forecasts as a curve, by goal; those without a goal are left out. More silence accepted never takes
 * talk away: where chance in the simulation says so, neighbours share their mean.
 */
export function priceCurve(forecasts: readonly PacingForecast[]): PricePoint[] {
  const points = forecasts
    .flatMap((one) =>
      one.silentGoalPercent === null
        ? []
        : [{ goalPercent: one.silentGoalPercent, talkMinutes: one.talkMinutesPerHour }],
    )
    .sort((a, b) => a.goalPercent - b.goalPercent);
  return rising(points);
}

/** Pools adjacent violators: the closest curve that never falls. */
function rising(points: readonly PricePoint[]): PricePoint[] {
  const pools: { goals: number[]; sum: number }[] = [];
  for (const { goalPercent, talkMinutes } of points) {
    let pool = { goals: [goalPercent], sum: talkMinutes };
    for (
      let before = pools.at(-1);
      before && meanOf(before) > meanOf(pool);
      before = pools.at(-1)
    ) {
      pools.pop();
      pool = { goals: [...before.goals, ...pool.goals], sum: before.sum + pool.sum };
    }
    pools.push(pool);
  }
  return pools.flatMap((pool) =>
    pool.goals.map((goalPercent) => ({ goalPercent, talkMinutes: meanOf(pool) })),
  );
}

const meanOf = ({ goals, sum }: { goals: readonly number[]; sum: number }): number =>
  sum / goals.length;

/**
 * Talk in minutes of an agent's hour at a goal, between the points in a straight line; beyond the ends as at the end.
 * @returns null without points
 */
export function talkAt(curve: readonly PricePoint[], goalPercent: number): number | null {
  const after = curve.find((point) => point.goalPercent >= goalPercent);
  if (after === undefined) return curve.at(-1)?.talkMinutes ?? null;
  const before = curve.findLast((point) => point.goalPercent <= goalPercent);
  if (before === undefined || before.goalPercent === after.goalPercent) return after.talkMinutes;
  const share = (goalPercent - before.goalPercent) / (after.goalPercent - before.goalPercent);
  return before.talkMinutes + share * (after.talkMinutes - before.talkMinutes);
}

/** What half a percent more, or less at the end of the scale, would change. */
export function nextStep(
  curve: readonly PricePoint[],
  goalPercent: number,
): { goalPercent: number; minutes: number } | null {
  const other =
    goalPercent + 0.5 <= mostSilentPercent ? goalPercent + 0.5 : Math.max(0, goalPercent - 0.5);
  const here = talkAt(curve, goalPercent);
  const there = talkAt(curve, other);
  if (here === null || there === null) return null;
  return { goalPercent: other, minutes: there - here };
}
