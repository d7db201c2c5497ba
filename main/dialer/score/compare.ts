/** How a model does on cases that it was not trained with, against calling in random order. */
export interface Comparison {
  cases: number;
  payers: number;
  /** chance that a payer stands before one who did not pay; random order: 0.5 */
  auc: number;
  /** share of the payers among the first so many percent; random order: the same share as of the cases */
  found: { percent: number; share: number }[];
}

const PARTS = [10, 20, 50];

/** @param scored the model's chance and the outcome of each case */
export function compare(scored: readonly { chance: number; paid: boolean }[]): Comparison {
  const sorted = scored.toSorted((one, other) => other.chance - one.chance);
  const payers = sorted.filter(({ paid }) => paid).length;
  return {
    cases: sorted.length,
    payers,
    auc: areaUnder(sorted, payers),
    found: PARTS.map((percent) => ({ percent, share: shareFound(sorted, payers, percent) })),
  };
}

/** Wilcoxon's rank sum; cases of one chance share their ranks. */
function areaUnder(sorted: readonly { chance: number; paid: boolean }[], payers: number): number {
  const others = sorted.length - payers;
  if (payers === 0 || others === 0) return 0.5;
  let before = 0;
  let pairs = 0;
  for (let from = 0; from < sorted.length; ) {
    let to = from;
    let paid = 0;
    while (to < sorted.length && sorted[to]?.chance === sorted[from]?.chance) {
      if (sorted[to]?.paid) paid += 1;
      to += 1;
    }
    const unpaid = to - from - paid;
    pairs += before * unpaid + (paid * unpaid) / 2;
    before += paid;
    from = to;
  }
  return pairs / (payers * others);
}

/** Where the part ends among cases of one chance, each of them counts by its share. */
function shareFound(
  sorted: readonly { chance: number; paid: boolean }[],
  payers: number,
  percent: number,
): number {
  if (payers === 0) return 0;
  const first = (sorted.length * percent) / 100;
  let found = 0;
  for (let from = 0; from < first; ) {
    let to = from;
    let paid = 0;
    while (to < sorted.length && sorted[to]?.chance === sorted[from]?.chance) {
      if (sorted[to]?.paid) paid += 1;
      to += 1;
    }
    found += paid * Math.min(1, (first - from) / (to - from));
    from = to;
  }
  return found / payers;
}
