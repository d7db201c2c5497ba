import { foldText } from '#shared/util/index.ts';
import type { ReadDb } from '../../store/types.ts';

/** Shorter ones would take out parts of unrelated words. */
const SHORTEST = 3;
const NUMBER = /^(?:number:)?\+?\d{7,15}$/;
/** Words of our own, which tell what happened and never to whom. */
const WORD = /^[A-Za-z][A-Za-z0-9.-]{0,40}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Everything in the store that names these debtors: names, ids, numbers, addresses; the longest first. */
export function personStrings(read: ReadDb, ids: readonly string[]): string[] {
  const who = JSON.stringify(ids);
  const strings = new Set<string>();
  const add = (value: unknown) => {
    if (typeof value === 'string' && value.length >= SHORTEST) strings.add(value);
  };
  const debtors = read.all<Record<string, unknown>>(
    `SELECT externalRef, displayName, searchName, givenName, familyName, companyName, nationalId, taxId,
       companyNumber, street FROM debtor WHERE id IN (SELECT value FROM json_each(?))`,
    who,
  );
  for (const row of debtors) Object.values(row).forEach(add);
  const points = read.all<{ value: string }>(
    'SELECT value FROM contactPoint WHERE debtorId IN (SELECT value FROM json_each(?))',
    who,
  );
  for (const { value } of points) add(value);
  return [...strings].sort((one, other) => other.length - one.length);
}

/**
 * JSON without what tells who it was: texts stay only where they are words of our own, ids or dates, and name nobody.
 * Damaged JSON becomes an empty object.
 */
export function redactJson(json: string, strings: readonly string[]): string {
  try {
    return JSON.stringify(redact(JSON.parse(json), strings)) ?? '{}';
  } catch {
    return '{}';
  }
}

function redact(value: unknown, strings: readonly string[]): unknown {
  if (typeof value === 'string') return isHarmless(value, strings) ? value : '';
  if (Array.isArray(value)) return value.map((item) => redact(item, strings));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      isHarmless(key, strings) ? key : '',
      redact(item, strings),
    ]),
  );
}

function isHarmless(text: string, strings: readonly string[]): boolean {
  if (UUID.test(text) || DATE.test(text)) return true;
  if (NUMBER.test(text) || !WORD.test(text)) return false;
  const folded = foldText(text);
  return !strings.some((string) => folded.includes(foldText(string)));
}

/** A text that a person has typed, without what names these debtors. */
export function withoutStrings(text: string, strings: readonly string[]): string {
  return strings.reduce(
    (left, string) =>
      left.replaceAll(new RegExp(string.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'giu'), '…'),
    text,
  );
}
