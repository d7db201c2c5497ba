import type { ContactRequest, ContactRules, Decision } from '../../contact-rules/index.ts';
import type { ReadDb } from '../../store/types.ts';
import { blockColumns, callableOf } from '../lists/index.ts';
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

/** While more than this part of the debtors is not cleared by the first number, all are asked about at once. */
const MANY_UNCLEAR = 0.5;

/**
 * Asks about the number that would be tried first, for all entries at once, and about the others of those debtors only
 * whom the first one does not clear; at night, when that is everybody, about all numbers in one go.
 */
export function createLook(read: ReadDb, rules: ContactRules): LookAtEntries {
  let unclearShare = 0;
  return (entries, listOf, at) => {
    const callable = callableOf(
      read,
      entries.map(({ debtorId }) => debtorId),
    );
    const questions = entries.map((entry, index): NumberQuestion => {
      const { mode, callerId, recordCalls } = listOf(entry);
      const { numbers = [], debtId = null } = callable[index] ?? {};
      return { debtorId: entry.debtorId, debtId, mode, callerId, recordCalls, numbers };
    });
    const ask = (some: readonly NumberQuestion[], from: number, to?: number) =>
      answers(read, rules, some, at, (numbers) => numbers.slice(from, to));
    const firsts = ask(questions, 0, unclearShare > MANY_UNCLEAR ? undefined : 1);
    const isClear = (index: number) => firsts[index]?.some(({ allowed }) => allowed) === true;
    const isAnswered = (index: number) =>
      isClear(index) || firsts[index]?.length === questions[index]?.numbers.length;
    const unanswered = questions.filter((_, index) => !isAnswered(index));
    const others = unanswered.length === 0 ? [] : ask(unanswered, 1);
    let next = 0;
    let unclear = 0;
    const verdicts = questions.map((question, index) => {
      const first = firsts[index] ?? [];
      if (!first[0]?.allowed) unclear += 1;
      if (isAnswered(index)) return verdictOf(question.numbers, first);
      next += 1;
      return verdictOf(question.numbers, [...first, ...(others[next - 1] ?? [])]);
    });
    if (questions.length > 0) unclearShare = unclear / questions.length;
    return verdicts;
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
    for (const number of numbers) requests.push(requestOf(question, number));
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
