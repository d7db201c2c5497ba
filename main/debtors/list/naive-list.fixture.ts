import type { ReadDb } from '../../store/index.ts';
import { daysPastDue, localDate } from '../local-date.ts';
import type { RowFilter } from './filter-rows.ts';

/** One debtor as plain rows give it, for comparing: slow, and written without the columns in mind. */
export interface NaiveDebtor {
  id: string;
  name: string;
  portfolioId: string;
  kind: string;
  language: string;
  jurisdiction: string;
  city: string | null;
  importJobId: string | null;
  balances: Map<string, number>;
  days: number;
  dueOn: string | null;
  statuses: Set<string>;
  promise: string;
  flags: Set<string>;
  hasPhone: boolean;
  lastContact: { at: number; channel: string } | null;
  nextActionAt: number | null;
  writeOffProposed: boolean;
}

type Row = Record<string, string | number | null>;

export function naiveDebtors(read: ReadDb, now: number): NaiveDebtor[] {
  const of = (sql: string, id: unknown) => read.all<Row>(sql, id);
  return read
    .all<Row>('SELECT * FROM debtor WHERE deletedAt IS NULL AND mergedInto IS NULL')
    .map((row) => {
      const debts = of('SELECT * FROM debt WHERE debtorId = ? AND deletedAt IS NULL', row.id);
      const open = debts.filter((debt) => debt.status === 'open');
      const balances = new Map<string, number>();
      for (const debt of open) {
        const currency = String(debt.currency);
        balances.set(currency, (balances.get(currency) ?? 0) + Number(debt.balanceMinor));
      }
      const dueOn = open
        .flatMap((debt) => (debt.dueOn === null ? [] : String(debt.dueOn)))
        .sort()[0];
      const zone = (JSON.parse(String(row.timeZonesJson)) as string[])[0] ?? 'UTC';
      const flags = of('SELECT * FROM hold WHERE debtorId = ? AND liftedAt IS NULL', row.id)
        .filter(
          (hold) => Number(hold.since) <= now && (hold.until === null || Number(hold.until) > now),
        )
        .map((hold) => String(hold.kind));
      const promises = of(
        'SELECT * FROM promiseToPay WHERE debtorId = ? ORDER BY createdAt, id',
        row.id,
      );
      const contacts = of(
        "SELECT * FROM interaction WHERE debtorId = ? AND channel NOT IN ('note','payment','status')",
        row.id,
      ).sort((one, other) => Number(other.at) - Number(one.at));
      const status = ['open', 'paid', 'closed'].find((each) =>
        debts.some((d) => d.status === each),
      );
      const planned = [
        ...of("SELECT at FROM callback WHERE debtorId = ? AND status = 'open'", row.id).map((c) =>
          Number(c.at),
        ),
        ...promises
          .filter((p) => p.status === 'open')
          .map((p) => Date.parse(`${p.dueOn}T00:00:00Z`)),
      ];
      return {
        id: String(row.id),
        name: String(row.searchName),
        portfolioId: String(row.portfolioId),
        kind: String(row.kind),
        language: String(row.language),
        jurisdiction: String(row.jurisdiction),
        city: row.city as string | null,
        importJobId: row.importJobId as string | null,
        balances,
        days: daysPastDue(dueOn ?? null, localDate(now, zone)) ?? 0,
        dueOn: dueOn ?? null,
        statuses: new Set([status ?? 'none', ...(flags.includes('dispute') ? ['disputed'] : [])]),
        promise: promises.some((p) => p.status === 'open')
          ? 'open'
          : String(promises.at(-1)?.status ?? 'none'),
        flags: new Set(flags),
        hasPhone:
          of(
            "SELECT 1 FROM contactPoint WHERE debtorId = ? AND status = 'active' AND deletedAt IS NULL",
            row.id,
          ).length > 0,
        lastContact: contacts[0]
          ? { at: Number(contacts[0].at), channel: String(contacts[0].channel) }
          : null,
        nextActionAt: planned.length === 0 ? null : Math.min(...planned),
        writeOffProposed:
          of("SELECT 1 FROM writeOff WHERE debtorId = ? AND status = 'proposed'", row.id).length >
          0,
      };
    });
}

export function naiveFits(debtor: NaiveDebtor, filter: RowFilter): boolean {
  const isIn = (values: readonly string[] | undefined, value: string | null) =>
    values === undefined || (value !== null && values.includes(value));
  const { age, amount, lastContact } = filter;
  const isOpen = debtor.statuses.has('open');
  const band = debtor.days === 0 ? 'current' : debtor.days <= 90 ? 'upTo3Months' : 'older';
  const conditions = [
    isIn(filter.portfolioIds, debtor.portfolioId),
    isIn(filter.languages, debtor.language),
    isIn(filter.jurisdictions, debtor.jurisdiction),
    isIn(filter.cities, debtor.city),
    isIn(filter.importJobIds, debtor.importJobId),
    isIn(filter.promises, debtor.promise),
    filter.kind === undefined || filter.kind === debtor.kind,
    filter.hasPhone === undefined || filter.hasPhone === debtor.hasPhone,
    filter.writeOffProposed === undefined || filter.writeOffProposed === debtor.writeOffProposed,
    filter.statuses === undefined || filter.statuses.some((each) => debtor.statuses.has(each)),
    filter.flagsAnyOf === undefined || filter.flagsAnyOf.some((each) => debtor.flags.has(each)),
    !filter.flagsNoneOf?.some((each) => debtor.flags.has(each)),
    age === undefined ||
      (isOpen &&
        (age.bands === undefined || age.bands.includes(band)) &&
        debtor.days >= (age.fromDays ?? 0) &&
        debtor.days <= (age.toDays ?? Infinity)),
    amount === undefined ||
      [...debtor.balances].some(
        ([currency, owed]) =>
          (amount.currency ?? currency) === currency &&
          owed >= (amount.fromMinor ?? -Infinity) &&
          owed <= (amount.toMinor ?? Infinity),
      ),
    lastContact?.never === undefined || lastContact.never === (debtor.lastContact === null),
    lastContact?.before === undefined ||
      (debtor.lastContact !== null && debtor.lastContact.at < lastContact.before),
    lastContact?.after === undefined ||
      (debtor.lastContact !== null && debtor.lastContact.at > lastContact.after),
    lastContact === undefined || isIn(lastContact.channels, debtor.lastContact?.channel ?? null),
    filter.nextActionBefore === undefined ||
      (debtor.nextActionAt !== null && debtor.nextActionAt < filter.nextActionBefore),
  ];
  return conditions.every(Boolean);
}
