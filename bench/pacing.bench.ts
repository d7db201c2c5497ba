import type { Bench } from './bench.ts';
import { describeTables } from './pacing/describe-tables.ts';
import { planOf } from './pacing/plan.ts';
import { sameAnswersFigure } from './pacing/same-answers.ts';
import {
  coldStartFigures,
  dailyFigures,
  onePercentFigures,
  pooledFigures,
} from './pacing/tables.ts';

const DAYS = 4;
const QUICK_DAYS = 1;

const bench: Bench = {
  summary:
    'pacing: minutes and abandonment of simulated teams, beside other dialers and the optimum',
  options: ['days'],
  flags: ['quick'],
  describe: describeTables,
  async run({ note, options }) {
    const isQuick = options.quick === 'true';
    const days = readDays(options.days, isQuick ? QUICK_DAYS : DAYS);
    const plan = planOf({ days, isQuick });
    note('synthetic: simulated teams and lists, no real people');
    const pooled = pooledFigures(plan, note);
    return [
      ...pooled,
      ...onePercentFigures(plan, note),
      ...dailyFigures(plan, pooled, note),
      ...coldStartFigures(plan, note),
      await sameAnswersFigure(),
    ];
  },
};
export default bench;

function readDays(text: string | undefined, normal: number): number {
  const days = text === undefined ? normal : Number(text);
  if (Number.isInteger(days) && days >= 1) return days;
  throw new Error(
    '--days takes a whole number, 1 or more: days of a team of five on each of two seeds',
  );
}
