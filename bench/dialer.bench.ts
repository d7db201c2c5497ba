import type { Bench, BenchContext } from './bench.ts';
import { callerIdChoicePart } from './dialer/caller-id-choice.ts';
import { decisionTime } from './dialer/decision-time.ts';
import { nextDebtors } from './dialer/next-debtors.ts';
import type { DialerPart } from './dialer/part.ts';

const parts: readonly DialerPart[] = [decisionTime, nextDebtors, callerIdChoicePart];

const bench: Bench = {
  summary: 'the dialer: time of a pacing decision, next debtors out of a million, caller-id choice',
  options: ['part', 'debtors', 'keep'],
  async run(context) {
    const figures = [];
    for (const part of chosenParts(context)) {
      context.note(part.name);
      figures.push(...(await part.figures(context)));
    }
    return figures;
  },
};
export default bench;

function chosenParts({ options }: BenchContext): readonly DialerPart[] {
  if (options.part === undefined) return parts;
  const chosen = parts.filter(({ name }) => name === options.part);
  if (chosen.length > 0) return chosen;
  throw new Error(`--part is one of: ${parts.map(({ name }) => name).join(', ')}`);
}
