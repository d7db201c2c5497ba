import type { ContactRequest, ContactRules, Decision } from '../../contact-rules/index.ts';
import type { ReadDb } from '../../store/types.ts';
import { blockColumns, callableNumbers } from '../lists/index.ts';
import type { EntryVerdict, NumberQuestion } from '../types.ts';
import { requestOf, verdictOf } from './choose-number.ts';
import type { EntryRow } from './entry-rows.ts';
import type { OpenList } from './open-lists.ts';
import type { FoundRow } from './screening-writes.ts';

/** The door trusts no clock now: what it says is about that, and not about debtors. */
export class ClockDoubted extends Error {}

/** What the rules say of each entry, in their order. @throws ClockDoubted */
export type LookAtEntries = (
  entries: readonly EntryRow[],
  listOf: (entry: EntryRow) => OpenList,
  at: number,
) => EntryVerdict[];

/**
 * Asks about the number that would be tried first, for all entries at once, and about the others of those debtors only
 * whom the first one does not clear.
 */
export function createLook(read: ReadDb, rules: ContactRules): LookAtEntries {
  return (entries, listOf, at) => {
    const questions = entries.map((entry): NumberQuestion => {
      const { mode, callerId, recordCalls } = listOf(entry);
      const { debtorId } = entry;
      const numbers = callableNumbers(read, debtorId);
      return { debtorId, mode, callerId, recordCalls, numbers };
    });
    const firsts = answers(read, rules, questions, at, (numbers) => numbers.slice(0, 1));
    const unclear = questions.filter((_, index) => !firsts[index]?.[0]?.allowed);
    const others = answers(read, rules, unclear, at, (numbers) => numbers.slice(1));
    let next = 0;
    return questions.map((question, index) => {
      const first = firsts[index] ?? [];
      if (first[0]?.allowed) return verdictOf(question.numbers, first);
      next += 1;
      return verdictOf(question.numbers, [...first, ...(others[next - 1] ?? [])]);
    });
  };
}

/** Decisions for some numbers of each question, asked together. */
function answers(
  read: ReadDb,
  rules: ContactRules,
  questions: readonly NumberQuestion[],
  at: number,
  pick: (numbers: NumberQuestion['numbers']) => NumberQuestion['numbers'],
): Decision[][] {
  const requests: ContactRequest[] = [];
  const counts = questions.map((question) => {
    const numbers = pick(question.numbers);
    for (const number of numbers) requests.push(requestOf(read, question, number));
    return numbers.length;
  });
  const decisions = requests.length === 0 ? [] : rules.decideMany(read, requests, at);
  if (decisions.some(isAboutClock)) throw new ClockDoubted();
  let from = 0;
  return counts.map((count) => {
    from += count;
    return decisions.slice(from - count, from);
  });
}

function isAboutClock({ blockedBy }: Decision): boolean {
  return blockedBy.some(({ pack, because }) => pack === 'door' && because === 'clock');
}

/** The columns of a verdict, when the store would answer otherwise; a block whose date has come is none. */
export function differing(
  row: Pick<EntryRow, 'id'>,
  stored: FoundRow,
  verdict: EntryVerdict,
  at: number,
): FoundRow | null {
  if (verdict.allowed) return stored[1] > at ? [row.id, 0, null, null, null] : null;
  const block = blockColumns(verdict);
  const found: FoundRow = [
    row.id,
    block.blockedUntil,
    block.blockedRule,
    block.blockedPack,
    block.blockedBecause,
  ];
  return found.every((value, index) => value === stored[index]) ? null : found;
}

export function storedBlock(row: EntryRow): FoundRow {
  return [row.id, row.blockedUntil, row.blockedRule, row.blockedPack, row.blockedBecause];
}
