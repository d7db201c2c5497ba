import type { ReadDb } from '../../store/index.ts';

/** What people changed by hand, as the history of a debtor tells it. */
export interface PeopleEdits {
  /** columns of the debtor */
  columns: ReadonlySet<string>;
  /** debts whose terms were changed */
  debtIds: ReadonlySet<string>;
}

const SELECT_TRACES = `SELECT i.debtId, e.dataJson FROM interaction i JOIN interactionEvent e ON e.interactionId = i.id
  WHERE i.debtorId = ? AND i.channel = 'status' AND e.kind = 'happened'`;

/** Columns that are one thing: whoever changed one of them has decided about all. */
const GROUPS = [
  ['kind', 'displayName', 'searchName', 'givenName', 'familyName', 'companyName'],
  ['nationalId', 'nationalIdKind'],
] as const;

/** Asked for only where a file differs from the store: a creditor's file does not undo what a person corrected. */
export function loadPeopleEdits(db: ReadDb, debtorId: string): PeopleEdits {
  const columns = new Set<string>();
  const debtIds = new Set<string>();
  const rows = db.all<{ debtId: string | null; dataJson: string }>(SELECT_TRACES, debtorId);
  for (const { debtId, dataJson } of rows) {
    const { what, name = '' } = JSON.parse(dataJson) as { what?: string; name?: string };
    if (what === 'debt.edited' && debtId !== null) debtIds.add(debtId);
    if (what === 'debtor.edited') for (const column of name.split(', ')) columns.add(column);
  }
  for (const group of GROUPS) {
    if (group.some((column) => columns.has(column))) for (const each of group) columns.add(each);
  }
  return { columns, debtIds };
}
