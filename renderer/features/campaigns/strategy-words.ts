import type { TFunction } from 'i18next';
import type { ListStrategy, StrategyProperty } from '#shared/contract/index.ts';

/** The contract's order, which is the order in which they are offered. */
export const strategyProperties: readonly StrategyProperty[] = [
  'amount',
  'age',
  'brokenPromise',
  'payScore',
  'neverContacted',
  'sinceContact',
  'hasPaid',
  'fewTries',
  'answersNow',
  'limitation',
];

const strengths = ['far-back', 'back', 'bit-back', 'none', 'bit-fore', 'fore', 'far-fore'] as const;
type Strength = (typeof strengths)[number];

/** A weight as a word: three steps back, none, three steps forward. */
export function strengthOf(weight: number): Strength {
  const step = weight === 0 ? 0 : Math.sign(weight) * Math.min(3, Math.ceil(Math.abs(weight) / 34));
  return strengths[step + 3] ?? 'none';
}

export function strengthText(weight: number, t: TFunction): string {
  return t(`strategy.weight-${strengthOf(weight)}`);
}

export function propertyText(property: string, t: TFunction): string {
  return t(`strategy.property.${property}`, { defaultValue: property });
}

type Days = ListStrategy['periods'][number]['days'];

/** The days of another kind, as they begin. */
export function newDays(kind: Days['kind']): Days {
  switch (kind) {
    case 'fromTo':
      return { kind, from: 1, to: 7 };
    case 'lastDays':
      return { kind, days: 7 };
    case 'payDays':
      return { kind, days: [10], after: 2 };
  }
}

/** "10, 25" → [10, 25]; what is no day of a month is left out. */
export function parseMonthDays(text: string): number[] {
  const days = (text.match(/\d+/g) ?? []).map(Number).filter((day) => day >= 1 && day <= 31);
  return [...new Set(days)].slice(0, 10);
}

/** A strategy as it can be asked for while its names are still being typed. */
export function askable(strategy: ListStrategy): ListStrategy {
  const named = <Item extends { name: string }>(item: Item): Item => ({
    ...item,
    name: item.name.trim() || '–',
  });
  return {
    ...strategy,
    priorities: strategy.priorities.map(named),
    periods: strategy.periods.map(named),
  };
}
