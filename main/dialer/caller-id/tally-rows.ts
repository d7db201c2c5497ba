import type { ReadDb } from '../../store/types.ts';
import type { CallResult } from './answer-book.ts';
import { gammaQuantile } from './gamma.ts';

const DAY_MS = 24 * 3_600_000;
/** Older days count less than a ten-thousandth. */
const LEARNT_DAYS = 14;
const SHOWN_DAYS = 30;

interface TallyRow {
  e164: string;
  region: string;
  hour: number;
  day: string;
  calls: number;
  answers: number;
}

export interface LoadedTallies {
  results: { result: CallResult; at: number }[];
  /** numbers, the one shown last at the end */
  lastShown: string[];
}

/** What the answer book learns at the start, oldest day first. */
export function loadTallies(db: ReadDb, now: number): LoadedTallies {
  const rows = db.all<TallyRow>(
    'SELECT e164, region, hour, day, calls, answers FROM callerIdTally WHERE day >= ? ORDER BY day, id',
    dayOf(now - LEARNT_DAYS * DAY_MS),
  );
  const last = db.all<{ e164: string }>(
    'SELECT e164 FROM callerIdTally GROUP BY e164 ORDER BY max(updatedAt)',
  );
  return {
    results: rows.map(({ e164, day, ...counts }) => ({
      result: { shown: e164, ...counts },
      at: Math.min(now, Date.parse(`${day}T12:00:00Z`)),
    })),
    lastShown: last.map(({ e164 }) => e164),
  };
}

export interface Counts {
  calls: number;
  answers: number;
  refusals: number;
  answerRate: number | null;
}

const SUMS = 'sum(calls) AS calls, sum(answers) AS answers, sum(refusals) AS refusals';
type Sums = Omit<Counts, 'answerRate'>;

export function withRate({ calls, answers, refusals }: Sums): Counts {
  return { calls, answers, refusals, answerRate: calls === 0 ? null : answers / calls };
}

export const noCounts: Counts = { calls: 0, answers: 0, refusals: 0, answerRate: null };

/** Counts of one number since a day (UTC). */
export function countsSince(db: ReadDb, e164: string, day: string): Counts {
  const sums = db.get<{ [Key in keyof Sums]: number | null }>(
    `SELECT ${SUMS} FROM callerIdTally WHERE e164 = ? AND day >= ?`,
    e164,
    day,
  );
  const { calls, answers, refusals } = sums ?? noCounts;
  return withRate({ calls: calls ?? 0, answers: answers ?? 0, refusals: refusals ?? 0 });
}

export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** Answers against what the same calls (region and hour) brought with other numbers; 1 = as the others, 90 % interval. */
export interface Against {
  ratio: number;
  low: number;
  high: number;
}

/** Fewer expected answers say nothing. */
const LEAST_EXPECTED = 3;
const Z90 = 1.645;

interface Cell {
  e164: string;
  cell: string;
  calls: number;
  answers: number;
}

/** Reads number by number, each by the index, and yields after each. */
export function* comparing(db: ReadDb, now: number): Generator<void, Map<string, Against>> {
  const since = shownSince(now);
  const cells: Cell[] = [];
  let e164 = '';
  for (;;) {
    const next = db.get<{ e164: string | null }>(
      'SELECT min(e164) AS e164 FROM callerIdTally WHERE e164 > ?',
      e164,
    );
    if (!next || next.e164 === null) break;
    e164 = next.e164;
    const own = db.all<Cell>(
      `SELECT e164, region || '|' || hour AS cell, sum(calls) AS calls, sum(answers) AS answers
        FROM callerIdTally WHERE e164 = ? AND day >= ? GROUP BY region, hour`,
      e164,
      since,
    );
    for (const cell of own) cells.push(cell);
    yield;
  }
  return againstOthers(cells);
}

function againstOthers(cells: readonly Cell[]): Map<string, Against> {
  const totals = new Map<string, { calls: number; answers: number }>();
  for (const { cell, calls, answers } of cells) {
    const total = totals.get(cell) ?? { calls: 0, answers: 0 };
    totals.set(cell, { calls: total.calls + calls, answers: total.answers + answers });
  }
  const sums = new Map<string, { answers: number; expected: number }>();
  for (const { e164, cell, calls, answers } of cells) {
    const total = totals.get(cell);
    const others = (total?.calls ?? 0) - calls;
    // Calls that no other number made cannot be compared.
    if (total === undefined || others <= 0) continue;
    const sum = sums.get(e164) ?? { answers: 0, expected: 0 };
    const expected = (calls * (total.answers - answers)) / others;
    sums.set(e164, { answers: sum.answers + answers, expected: sum.expected + expected });
  }
  return new Map(
    [...sums]
      .filter(([, { expected }]) => expected >= LEAST_EXPECTED)
      .map(([e164, sum]) => [e164, intervalOf(sum)]),
  );
}

/** Poisson answers with Jeffreys' prior. */
function intervalOf({ answers, expected }: { answers: number; expected: number }): Against {
  return {
    ratio: answers / expected,
    low: gammaQuantile(answers + 0.5, -Z90) / expected,
    high: gammaQuantile(answers + 0.5, Z90) / expected,
  };
}

/** What came of showing one number, by hour of the callee's clock, region and day (UTC). */
export function resultsOf(db: ReadDb, e164: string, since: string) {
  const by = <Key extends string | number>(column: 'hour' | 'region' | 'day') =>
    db
      .all<Sums & { key: Key }>(sumSql[column], e164, since)
      .map(({ key, ...sums }) => ({ key, ...withRate(sums) }));
  return {
    byHour: by<number>('hour').map(({ key, ...counts }) => ({ hour: key, ...counts })),
    byRegion: by<string>('region').map(({ key, ...counts }) => ({ region: key, ...counts })),
    byDay: by<string>('day').map(({ key, ...counts }) => ({ day: key, ...counts })),
  };
}

const sumOf = (column: string, order: string) =>
  `SELECT ${column} AS key, ${SUMS} FROM callerIdTally WHERE e164 = ? AND day >= ? GROUP BY ${column} ORDER BY ${order}`;
const sumSql = {
  hour: sumOf('hour', 'hour'),
  region: sumOf('region', 'calls DESC'),
  day: sumOf('day', 'day'),
};

export const shownSince = (now: number): string => dayOf(now - SHOWN_DAYS * DAY_MS);
export const daysAgo = (now: number, days: number): string => dayOf(now - (days - 1) * DAY_MS);
