import type { SqlValue } from '../../store/index.ts';
import { searchNameOf } from '../writes/search-name.ts';
import type { ImportedRecord } from './convert-record.ts';

/**
 * What a record says of a row, in the order of the columns: the writer binds the values as they are. Null: the record
 * does not say, so what is stored stays.
 */
export const DEBTOR_COLUMNS = [
  'externalRef',
  'kind',
  'displayName',
  'searchName',
  'givenName',
  'familyName',
  'companyName',
  'birthDate',
  'nationalIdKind',
  'nationalId',
  'taxId',
  'language',
  'jurisdiction',
  'timeZonesJson',
  'street',
  'postalCode',
  'city',
  'country',
] as const;

export const DEBT_COLUMNS = [
  'externalRef',
  'creditorName',
  'debtKind',
  'currency',
  'principalMinor',
  'interestMinor',
  'feesMinor',
  'paidMinor',
  'balanceMinor',
  'dueOn',
  'accountToPay',
] as const;

export const POINT_COLUMNS = ['kind', 'value', 'timeZonesJson', 'rank'] as const;

/** One record on its way from the parser to the writer: debtor, debt, contact points, note. */
export type PackedRecord = [
  debtor: SqlValue[],
  debt: SqlValue[],
  points: SqlValue[][],
  note: string | null,
];

export function packRecord(record: ImportedRecord): PackedRecord {
  const { debtor, debt } = record;
  return [
    [
      debtor.externalRef,
      debtor.kind,
      debtor.displayName,
      searchNameOf(debtor),
      debtor.givenName ?? null,
      debtor.familyName ?? null,
      debtor.companyName ?? null,
      debtor.birthDate ?? null,
      debtor.nationalIdKind ?? null,
      debtor.nationalId ?? null,
      debtor.taxId ?? null,
      debtor.language,
      debtor.jurisdiction,
      zonesJson(debtor.timeZones),
      debtor.street ?? null,
      debtor.postalCode ?? null,
      debtor.city ?? null,
      debtor.country ?? null,
    ],
    [
      debt.externalRef,
      debt.creditorName,
      debt.debtKind,
      debt.currency,
      debt.principalMinor,
      debt.interestMinor ?? 0,
      debt.feesMinor ?? 0,
      debt.paidMinor ?? 0,
      debt.balanceMinor,
      debt.dueOn ?? null,
      debt.accountToPay ?? null,
    ],
    record.contactPoints.map((point, rank) => [
      point.kind,
      point.value,
      zonesJson(point.timeZones),
      point.rank ?? rank,
    ]),
    record.note,
  ];
}

const zonesTexts = new WeakMap<readonly string[], string>();

/** The lists are shared by all numbers and places of one kind: each is written once. */
function zonesJson(zones: readonly string[]): string {
  let text = zonesTexts.get(zones);
  if (text === undefined) {
    text = JSON.stringify(zones);
    zonesTexts.set(zones, text);
  }
  return text;
}
