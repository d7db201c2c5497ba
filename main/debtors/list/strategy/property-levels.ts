import type { StrategyProperty } from '#shared/contract/index.ts';
import { NO_DAY, OTHER_BALANCE } from '../debtor-columns.ts';
import type { DebtorIndex } from '../debtor-index.ts';
import { daysPastDueAt, todayByZone } from '../today-by-zone.ts';
import { dayPartNow } from './day-part.ts';
import { FULL, Quantiles } from './quantiles.ts';

/** A property of a row, 0 … FULL. */
export type LevelOf = (row: number) => number;

/** Properties whose values are brought to levels by where they stand among all of a list. */
const SCALED = ['age', 'sinceContact', 'limitation'] as const;
type Scaled = (typeof SCALED)[number];

/** How values of a list become levels; made once for a look at all of it, so that who changes later is measured alike. */
export interface Scaling {
  /** by code of the currency: amounts of several currencies are not compared */
  amounts: Map<number, Quantiles>;
  others: Map<Scaled, Quantiles>;
}

/** they are read only when a strategy asks for them */
const OF_STRATEGIES = new Set<StrategyProperty>([
  'brokenPromise',
  'hasPaid',
  'fewTries',
  'answersNow',
  'limitation',
  'payScore',
]);
const DAY_S = 86_400;
/** a broken promise counts half after so many days */
const HALF_LIFE_DAYS = 45;

export function needsStrategyColumns(properties: readonly StrategyProperty[]): boolean {
  return properties.some((property) => OF_STRATEGIES.has(property));
}

export function makeScaling(
  index: DebtorIndex,
  rows: Uint32Array,
  properties: readonly StrategyProperty[],
): Scaling {
  const scaling: Scaling = { amounts: new Map(), others: new Map() };
  if (properties.includes('amount')) scaling.amounts = amountScales(index, rows);
  for (const property of SCALED) {
    if (!properties.includes(property)) continue;
    const value = measureOf(index, property);
    scaling.others.set(property, new Quantiles(Float64Array.from(rows, value)));
  }
  return scaling;
}

/** Reads a property of rows. Values hold for the instant at which the reader is made. */
export function levelReader(
  index: DebtorIndex,
  scaling: Scaling,
  property: StrategyProperty,
): LevelOf {
  const { columns, strategyColumns } = index;
  switch (property) {
    case 'amount':
      return amountReader(index, scaling);
    case 'age':
    case 'limitation':
    case 'sinceContact':
      return scaledReader(index, scaling, property);
    case 'neverContacted':
      return (row) => (columns.lastContact[row] === 0 ? FULL : 0);
    case 'hasPaid':
      return (row) => (strategyColumns.paid[row] === 1 ? FULL : 0);
    case 'fewTries':
      return (row) => Math.round(FULL / (1 + (strategyColumns.tries[row] ?? 0)));
    case 'payScore':
      return (row) => strategyColumns.payLevel[row] ?? 0;
    case 'brokenPromise':
      return brokenReader(index);
    case 'answersNow':
      return answersReader(index);
  }
}

function amountScales(index: DebtorIndex, rows: Uint32Array): Map<number, Quantiles> {
  const { balance, currency } = index.columns;
  const amounts = new Map<number, number[]>();
  const add = (code: number, amount: number) => {
    const known = amounts.get(code);
    if (known) known.push(amount);
    else amounts.set(code, [amount]);
  };
  for (const row of rows) {
    const owed = balance[row] ?? 0;
    if (owed !== OTHER_BALANCE) add(currency.codes[row] ?? 0, owed);
    else
      for (const each of index.columns.balancesAt(row))
        add(currency.codeOf(each.currency) ?? 0, each.amountMinor);
  }
  return new Map(
    [...amounts].map(([code, list]) => [code, new Quantiles(Float64Array.from(list))]),
  );
}

/** Who owes in several currencies stands where the greatest of the amounts does; who owes nothing, last. */
function amountReader({ columns }: DebtorIndex, { amounts }: Scaling): LevelOf {
  const { balance, currency } = columns;
  const level = (code: number | undefined, amount: number) =>
    amount <= 0 || code === undefined ? 0 : (amounts.get(code)?.levelOf(amount) ?? 0);
  return (row) => {
    const owed = balance[row] ?? 0;
    if (owed !== OTHER_BALANCE) return level(currency.codes[row], owed);
    return columns
      .balancesAt(row)
      .reduce(
        (most, each) => Math.max(most, level(currency.codeOf(each.currency), each.amountMinor)),
        0,
      );
  };
}

function scaledReader(index: DebtorIndex, { others }: Scaling, property: Scaled): LevelOf {
  const value = measureOf(index, property);
  const scale = others.get(property);
  const none = property === 'sinceContact' ? FULL : 0;
  return (row) => {
    const own = value(row);
    return Number.isNaN(own) ? none : (scale?.levelOf(own) ?? 0);
  };
}

/** What is compared, the more the further forward; NaN: there is none. */
function measureOf(index: DebtorIndex, property: Scaled): (row: number) => number {
  const { columns, clock, strategyColumns } = index;
  const today = todayByZone(columns, clock.now());
  switch (property) {
    case 'age':
      return (row) => daysPastDueAt(columns, today, row) || Number.NaN;
    case 'sinceContact':
      return (row) => {
        const at = columns.lastContact[row] ?? 0;
        return at === 0 ? Number.NaN : Math.floor((clock.now() / 1_000 - at) / DAY_S);
      };
    case 'limitation':
      return (row) => {
        const end = strategyColumns.limitationDay[row] ?? NO_DAY;
        const daysLeft = end - (today[columns.timeZone.codes[row] ?? 0] ?? 0);
        return end === NO_DAY || daysLeft < 0 ? Number.NaN : -daysLeft;
      };
  }
}

function brokenReader(index: DebtorIndex): LevelOf {
  const { columns, clock, strategyColumns } = index;
  const today = todayByZone(columns, clock.now());
  return (row) => {
    if (columns.promiseAt(row) !== 'broken') return 0;
    const day = strategyColumns.brokenDay[row] ?? NO_DAY;
    const days = Math.max(0, (today[columns.timeZone.codes[row] ?? 0] ?? 0) - day);
    return Math.round(FULL * 0.5 ** (days / HALF_LIFE_DAYS));
  };
}

function answersReader(index: DebtorIndex): LevelOf {
  const { columns, clock, strategyColumns } = index;
  const parts = columns.timeZone.values.map((zone) => dayPartNow(clock.now(), zone ?? 'UTC'));
  return (row) => strategyColumns.answerLevel(row, parts[columns.timeZone.codes[row] ?? 0] ?? 0);
}
