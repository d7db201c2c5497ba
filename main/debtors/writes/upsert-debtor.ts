import type { ContactPointKind } from '#shared/domain/index.ts';
import type { WriteContext, WriteDb } from '../../store/index.ts';
import { searchNameOf } from './search-name.ts';
import { type Upserted, upsertRow } from './upsert-row.ts';

/** A debtor as an import or a person gives it. Absent optional fields leave what is stored. */
export interface DebtorInput {
  portfolioId: string;
  /** the creditor's reference, unique in its portfolio */
  externalRef: string;
  kind: 'person' | 'company';
  displayName: string;
  givenName?: string | null;
  familyName?: string | null;
  companyName?: string | null;
  birthDate?: string | null;
  nationalIdKind?: string | null;
  nationalId?: string | null;
  taxId?: string | null;
  language: string;
  /** ISO 3166-1, with a subdivision where rules differ (`US-MA`) */
  jurisdiction: string;
  timeZones: readonly string[];
  street?: string | null;
  postalCode?: string | null;
  city?: string | null;
  country?: string | null;
  synthetic?: boolean;
  importJobId?: string | null;
}

export function upsertDebtor(db: WriteDb, context: WriteContext, input: DebtorInput): Upserted {
  const { timeZones, portfolioId, externalRef, ...columns } = input;
  const known = db.get<Record<string, unknown>>(
    'SELECT * FROM debtor WHERE portfolioId = ? AND externalRef = ? AND deletedAt IS NULL',
    portfolioId,
    externalRef,
  );
  return upsertRow(db, context, 'debtor', known, {
    portfolioId,
    externalRef,
    ...columns,
    searchName: searchNameOf(input),
    timeZonesJson: JSON.stringify(timeZones),
  });
}

export interface DebtInput {
  debtorId: string;
  portfolioId: string;
  /** the creditor's reference, unique in its portfolio */
  externalRef: string;
  creditorName: string;
  debtKind: string;
  currency: string;
  principalMinor: number;
  interestMinor?: number;
  feesMinor?: number;
  paidMinor?: number;
  balanceMinor: number;
  dueOn?: string | null;
  accountToPay?: string | null;
  /** from the balance, when absent: nothing left is paid */
  status?: 'open' | 'paid' | 'closed';
  importJobId?: string | null;
}

export function upsertDebt(db: WriteDb, context: WriteContext, input: DebtInput): Upserted {
  const known = db.get<Record<string, unknown>>(
    'SELECT * FROM debt WHERE portfolioId = ? AND externalRef = ? AND debtorId = ? AND deletedAt IS NULL',
    input.portfolioId,
    input.externalRef,
    input.debtorId,
  );
  const status = input.status ?? (input.balanceMinor > 0 ? 'open' : 'paid');
  return upsertRow(db, context, 'debt', known, { ...input, status });
}

export interface ContactPointInput {
  debtorId: string;
  kind: ContactPointKind;
  /** E.164 for phones */
  value: string;
  timeZones: readonly string[];
  /** lower is tried first */
  rank?: number;
  importJobId?: string | null;
}

/** A known number keeps its status: an import does not revive what an agent called wrong. */
export function upsertContactPoint(
  db: WriteDb,
  context: WriteContext,
  input: ContactPointInput,
): Upserted {
  const { timeZones, ...columns } = input;
  const known = db.get<Record<string, unknown>>(
    'SELECT * FROM contactPoint WHERE debtorId = ? AND value = ? AND deletedAt IS NULL',
    input.debtorId,
    input.value,
  );
  return upsertRow(db, context, 'contactPoint', known, {
    ...columns,
    timeZonesJson: JSON.stringify(timeZones),
    ...(known ? {} : { status: 'active' }),
  });
}
