import type { ReadDb } from '../../../store/index.ts';
import { limitationOf } from '../../ledger/limitation.ts';
import { DAY_PARTS, dayPartOf } from './day-part.ts';

/** What only strategies ask of a debtor. */
export interface StrategyFacts {
  hasPaid: boolean;
  /** `YYYY-MM-DD`: the due date of the newest broken promise */
  brokenOn: string | null;
  /** `YYYY-MM-DD`: the first end of a limitation period that has not passed, of open debts */
  limitationOn: string | null;
  /** calls to the debtor, of all lists */
  tries: number;
  /** by part of the day */
  triesByPart: number[];
  answersByPart: number[];
}

const DEBTS = `SELECT d.debtorId, b.jurisdiction, d.status, d.paidMinor, d.dueOn, d.debtKind, d.limitationOn
  FROM json_each(?) AS asked CROSS JOIN debt d ON d.debtorId = asked.value JOIN debtor b ON b.id = d.debtorId
  WHERE d.deletedAt IS NULL`;
const BROKEN = `SELECT p.debtorId, max(p.dueOn) FROM json_each(?) AS asked
  CROSS JOIN promiseToPay p ON p.debtorId = asked.value
  WHERE p.status = 'broken' AND p.deletedAt IS NULL GROUP BY p.debtorId`;
const TRIES = `SELECT e.debtorId, sum(e.attempts) FROM json_each(?) AS asked
  CROSS JOIN contactListEntry e ON e.debtorId = asked.value GROUP BY e.debtorId`;
const ANSWERS = `SELECT t.debtorId, t.slot, t.tries, t.answers FROM json_each(?) AS asked
  CROSS JOIN answerTally t ON t.debtorId = asked.value`;

type DebtRow = [
  debtorId: string,
  jurisdiction: string,
  status: string,
  paidMinor: number,
  dueOn: string | null,
  debtKind: string,
  limitationOn: string | null,
];

/** Facts of some debtors, in their order. @param today `YYYY-MM-DD` */
export function loadStrategyFacts(
  read: ReadDb,
  ids: readonly string[],
  today: string,
): StrategyFacts[] {
  const list = JSON.stringify(ids);
  const known = new Map(ids.map((id) => [id, emptyFacts()]));
  const each = <Row extends [string, ...unknown[]]>(
    sql: string,
    add: (facts: StrategyFacts, row: Row) => void,
  ) => {
    for (const row of read.prepare(sql).raw(true).all(list) as Row[]) {
      const facts = known.get(row[0]);
      if (facts) add(facts, row);
    }
  };
  each<DebtRow>(DEBTS, (facts, row) => addDebt(facts, row, today));
  each<[string, string]>(BROKEN, (facts, [, dueOn]) => {
    facts.brokenOn = dueOn;
  });
  each<[string, number]>(TRIES, (facts, [, tries]) => {
    facts.tries = tries;
  });
  each<[string, string, number, number]>(ANSWERS, (facts, [, slot, tries, answers]) => {
    const part = dayPartOf(slot);
    if (part === null) return;
    facts.triesByPart[part] = (facts.triesByPart[part] ?? 0) + tries;
    facts.answersByPart[part] = (facts.answersByPart[part] ?? 0) + answers;
  });
  return ids.map((id) => known.get(id) ?? emptyFacts());
}

function emptyFacts(): StrategyFacts {
  const zeros = () => new Array<number>(DAY_PARTS).fill(0);
  const counts = { tries: 0, triesByPart: zeros(), answersByPart: zeros() };
  return { hasPaid: false, brokenOn: null, limitationOn: null, ...counts };
}

function addDebt(facts: StrategyFacts, row: DebtRow, today: string): void {
  const [, jurisdiction, status, paidMinor, dueOn, debtKind, limitationOn] = row;
  if (paidMinor > 0) facts.hasPaid = true;
  if (status !== 'open') return;
  const { on } = limitationOf({ limitationOn, dueOn, debtKind }, jurisdiction, today);
  if (on === null || on < today) return;
  if (facts.limitationOn === null || on < facts.limitationOn) facts.limitationOn = on;
}
