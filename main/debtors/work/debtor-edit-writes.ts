import type { ParsedInput } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { WriteContext, WriteDb, WriteMap } from '../../store/index.ts';
import { checksNationalIds, readNationalId, readTaxId } from '../import/national-ids.ts';
import { readAccount } from '../import/read-account.ts';
import { searchNameOf } from '../writes/search-name.ts';
import { leaveTrace } from './leave-trace.ts';
import { requireDebtor, requireRow, type WorkedDebtor } from './require-debtor.ts';
import { isTimeZone } from './zoned-time.ts';

export const debtorEditWrites = {
  'debtor.edit': editDebtor,
  'debt.edit': editDebt,
} satisfies WriteMap;

type EditDebtor = Unbranded<ParsedInput<'debtor.edit'>> & { personId: string | null };
type Columns = Record<string, unknown>;

/** @throws AppError `debtor.bad-national-id`, `debtor.bad-tax-id`, `debtor.bad-account`, `debtor.bad-zone` */
function editDebtor(
  db: WriteDb,
  context: WriteContext,
  { debtorId, personId, ...input }: EditDebtor,
): { debtorId: string } {
  const debtor = requireDebtor(db, debtorId, context.now);
  const known = requireRow<Columns>(db, 'SELECT * FROM debtor WHERE id = ?', debtor.id);
  const columns = { ...plainColumns(input), ...readColumns(input, debtor) };
  const changed = changedOf(known, { ...columns, ...nameColumns(known, columns) });
  if (Object.keys(changed).length === 0) return { debtorId: debtor.id };
  db.update('debtor', debtor.id, changed);
  // values of a person are not copied into the history: which fields they were is enough
  leaveTrace(db, context, {
    debtorId: debtor.id,
    personId,
    what: 'debtor.edited',
    name: Object.keys(changed).filter(isShown).join(', '),
  });
  return { debtorId: debtor.id };
}

function isShown(column: string): boolean {
  return column !== 'searchName' && column !== 'nationalIdKind';
}

const PLAIN = [
  'displayName',
  'givenName',
  'familyName',
  'companyName',
  'birthDate',
  'companyNumber',
  'language',
  'street',
  'postalCode',
  'city',
  'country',
] as const;

function plainColumns(input: Omit<EditDebtor, 'debtorId' | 'personId'>): Columns {
  return Object.fromEntries(
    PLAIN.filter((name) => input[name] !== undefined).map((name) => [
      name,
      input[name] === '' ? null : input[name],
    ]),
  );
}

/** Fields whose values are checked and stored in one form. */
function readColumns(
  input: Omit<EditDebtor, 'debtorId' | 'personId'>,
  debtor: WorkedDebtor,
): Columns {
  const country = input.country ?? debtor.country ?? debtor.jurisdiction.slice(0, 2);
  const columns: Columns = {};
  if (input.nationalId !== undefined) Object.assign(columns, nationalId(input.nationalId, country));
  if (input.taxId !== undefined) columns.taxId = taxId(input.taxId, country);
  if (input.accountToPay !== undefined) columns.accountToPay = account(input.accountToPay);
  if (input.timeZones !== undefined) {
    if (!input.timeZones.every(isTimeZone)) throw new AppError('debtor.bad-zone', 'no such zone');
    columns.timeZonesJson = JSON.stringify(input.timeZones);
  }
  return columns;
}

function nationalId(text: string | null, country: string): Columns {
  if (text === null || text === '') return { nationalId: null, nationalIdKind: null };
  const read = readNationalId(text, country);
  if (read) return { nationalId: read.value, nationalIdKind: read.kind };
  if (checksNationalIds(country)) {
    throw new AppError('debtor.bad-national-id', 'its check digits are wrong');
  }
  return { nationalId: text, nationalIdKind: null };
}

function taxId(text: string | null, country: string): string | null {
  if (text === null || text === '') return null;
  const read = readTaxId(text, country);
  if (read === null) throw new AppError('debtor.bad-tax-id', 'its check digits are wrong');
  return read;
}

function account(text: string | null): string | null {
  if (text === null || text === '') return null;
  const read = readAccount(text);
  if (read === null) throw new AppError('debtor.bad-account', 'its check digits are wrong');
  return read;
}

/** The name that is shown follows its parts, unless it is given too; what search looks at follows both. */
function nameColumns(known: Columns, columns: Columns): Columns {
  const isNamed = ['displayName', 'givenName', 'familyName', 'companyName'].some(
    (name) => name in columns,
  );
  if (!isNamed) return {};
  const merged = { ...known, ...columns } as Record<string, string | null>;
  const parts = [merged.givenName, merged.familyName].filter(Boolean).join(' ');
  const fromParts = (merged.kind === 'company' ? merged.companyName : null) ?? parts;
  const displayName =
    (columns.displayName as string | undefined) ?? (fromParts || (known.displayName as string));
  const { givenName = null, familyName = null } = merged;
  return { displayName, searchName: searchNameOf({ displayName, givenName, familyName }) };
}

function changedOf(known: Columns, columns: Columns): Columns {
  return Object.fromEntries(
    Object.entries(columns).filter(([name, value]) => known[name] !== value),
  );
}

type EditDebt = Unbranded<ParsedInput<'debt.edit'>> & { personId: string | null };

/** @throws AppError `debtor.bad-account`, `contract.not-found` */
function editDebt(
  db: WriteDb,
  context: WriteContext,
  { debtId, personId, accountToPay, ...input }: EditDebt,
): { debtorId: string } {
  const known = requireRow<Columns & { debtorId: string; externalRef: string }>(
    db,
    'SELECT * FROM debt WHERE id = ? AND deletedAt IS NULL',
    debtId,
  );
  const given = Object.entries(input).filter(([, value]) => value !== undefined);
  const changed = changedOf(known, {
    ...Object.fromEntries(given),
    ...(accountToPay === undefined ? {} : { accountToPay: account(accountToPay) }),
  });
  const { debtorId, externalRef } = known;
  if (Object.keys(changed).length === 0) return { debtorId };
  db.update('debt', debtId, changed);
  leaveTrace(db, context, { debtorId, debtId, personId, what: 'debt.edited', name: externalRef });
  return { debtorId };
}
