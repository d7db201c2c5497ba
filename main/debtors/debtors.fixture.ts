import type { WriteContext, WriteDb } from '../store/index.ts';
import { insertPortfolio } from './writes/portfolio-writes.ts';
import {
  type ContactPointInput,
  type DebtInput,
  type DebtorInput,
  upsertContactPoint,
  upsertDebt,
  upsertDebtor,
} from './writes/upsert-debtor.ts';

/** Rows for the tests of this area. */
export function addPortfolio(db: WriteDb, context: WriteContext, name = 'Spring'): string {
  return insertPortfolio(db, context, { name, creditorName: 'Kredyt SA', synthetic: true });
}

let reference = 0;

export function addDebtor(
  db: WriteDb,
  context: WriteContext,
  overrides: Partial<DebtorInput> & Pick<DebtorInput, 'portfolioId'>,
): string {
  reference += 1;
  return upsertDebtor(db, context, {
    externalRef: `D-${reference}`,
    kind: 'person',
    displayName: 'Jan Kowalski',
    language: 'pl',
    jurisdiction: 'PL',
    timeZones: ['Europe/Warsaw'],
    ...overrides,
  }).id;
}

export function addDebt(
  db: WriteDb,
  context: WriteContext,
  overrides: Partial<DebtInput> & Pick<DebtInput, 'portfolioId' | 'debtorId'>,
): string {
  reference += 1;
  return upsertDebt(db, context, {
    externalRef: `L-${reference}`,
    creditorName: 'Kredyt SA',
    debtKind: 'loan',
    currency: 'PLN',
    principalMinor: 10_000,
    balanceMinor: 10_000,
    dueOn: '2026-10-01',
    ...overrides,
  }).id;
}

export function addPhone(
  db: WriteDb,
  context: WriteContext,
  overrides: Partial<ContactPointInput> & Pick<ContactPointInput, 'debtorId' | 'value'>,
): string {
  return upsertContactPoint(db, context, {
    kind: 'mobile',
    timeZones: ['Europe/Warsaw'],
    ...overrides,
  }).id;
}
