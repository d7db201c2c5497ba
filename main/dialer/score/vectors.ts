import type { PayCase } from './cases.ts';
import { type CaseFacts, numberFeatures } from './features.ts';

/** How facts become the numbers of the model: standardised, words that are seen often as 0 or 1 each. */
export interface Encoding {
  debtKinds: string[];
  countries: string[];
  means: number[];
  scales: number[];
}

const MOST_DEBT_KINDS = 8;
const MOST_COUNTRIES = 6;
/** A word seen less often than this tells nothing. */
const LEAST_SEEN = 30;
/** Cases between two pauses: a few milliseconds. */
export const CASES_AT_ONCE = 1_000;

/** Names of the columns of a vector, in their order; words as `debtKind:loan`. */
export function columnsOf({ debtKinds, countries }: Encoding): string[] {
  return [
    ...numberFeatures,
    ...debtKinds.map((kind) => `debtKind:${kind}`),
    ...countries.map((country) => `country:${country}`),
  ];
}

/**
 * Learnt from the cases that a model is trained with, and from no others.
 * @param pause lets other work of the thread pass
 */
export async function encodingOf(
  cases: readonly PayCase[],
  pause: () => Promise<void>,
): Promise<Encoding> {
  const debtKinds = often(cases, 'debtKind', MOST_DEBT_KINDS);
  const countries = often(cases, 'country', MOST_COUNTRIES);
  await pause();
  const words = { debtKinds, countries };
  const size = numberFeatures.length + debtKinds.length + countries.length;
  const sums = new Float64Array(size);
  const squares = new Float64Array(size);
  for (const [at, { facts }] of cases.entries()) {
    if (at > 0 && at % CASES_AT_ONCE === 0) await pause();
    const row = raw(facts, words);
    for (let index = 0; index < size; index += 1) {
      const value = row[index] ?? 0;
      sums[index] = (sums[index] ?? 0) + value;
      squares[index] = (squares[index] ?? 0) + value * value;
    }
  }
  const count = Math.max(1, cases.length);
  const means = [...sums].map((sum) => sum / count);
  const scales = means.map((mean, index) => {
    const variance = (squares[index] ?? 0) / count - mean * mean;
    // a column that never differs adds nothing
    return variance > 1e-9 ? Math.sqrt(variance) : Number.POSITIVE_INFINITY;
  });
  return { ...words, means, scales: scales.map((scale) => (Number.isFinite(scale) ? scale : 0)) };
}

export function encode(facts: CaseFacts, encoding: Encoding): number[] {
  return raw(facts, encoding).map((value, index) => {
    const scale = encoding.scales[index] ?? 0;
    return scale === 0 ? 0 : (value - (encoding.means[index] ?? 0)) / scale;
  });
}

function raw(
  facts: CaseFacts,
  { debtKinds, countries }: Pick<Encoding, 'debtKinds' | 'countries'>,
) {
  return [
    ...numberFeatures.map((name) => facts.numbers[name]),
    ...debtKinds.map((kind) => Number(facts.debtKind === kind)),
    ...countries.map((country) => Number(facts.country === country)),
  ];
}

function often(cases: readonly PayCase[], what: 'debtKind' | 'country', most: number): string[] {
  const counts = new Map<string, number>();
  for (const { facts } of cases) {
    const word = facts[what];
    if (word !== '') counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, seen]) => seen >= LEAST_SEEN)
    .sort(([one, oneSeen], [other, otherSeen]) => otherSeen - oneSeen || (one < other ? -1 : 1))
    .slice(0, most)
    .map(([word]) => word);
}
