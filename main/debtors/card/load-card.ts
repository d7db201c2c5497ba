import type { DebtorCard } from '#shared/contract/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/index.ts';
import { describeCompanyNumber, describeTaxId, isNationalIdValid } from '../company-number.ts';
import { loadHistory } from '../history/load-history.ts';
import { loadPaymentsOf } from '../ledger/load-payments.ts';
import { localDate } from '../local-date.ts';
import { maskNationalId } from '../mask-national-id.ts';
import { keptDebtorId } from '../work/require-debtor.ts';
import { allocationOrderOf } from '../work/work-settings.ts';
import { loadPlans, loadPromises, loadWriteOffs } from './card-agreements.ts';
import { loadContactPoints } from './card-contact-points.ts';
import { loadDebts, totalsByComponent } from './card-debts.ts';
import {
  loadConsents,
  loadDocuments,
  loadHolds,
  loadMergedFrom,
  loadRelations,
} from './card-facts.ts';
import { loadPlanned, nextActionOf } from './card-planned.ts';
import { loadScript } from './card-script.ts';
import { oldestDaysPastDue, totalsOf } from './card-totals.ts';
import { loadBlocks, loadNotices, loadStatedPlace } from './card-wishes.ts';

export type Card = Unbranded<DebtorCard>;
export type CardContactPoint = Card['contactPoints'][number];

/** An address, before the door was asked about it. */
export type AskedPoint = Omit<CardContactPoint, 'permission' | 'messages'>;
/** What the door says of one address now. */
export type PointPermissions = Pick<CardContactPoint, 'permission' | 'messages'>;

/** Asks the door about all addresses of one debtor at once; answers in their order. */
export type PermissionsFor = (
  debtorId: string,
  contactPoints: readonly AskedPoint[],
) => readonly PointPermissions[];

const HISTORY_ON_CARD = 50;
const PAYMENTS_ON_CARD = 100;

interface DebtorColumns {
  id: string;
  portfolioId: string | null;
  portfolioName: string | null;
  externalRef: string;
  kind: 'person' | 'company';
  displayName: string;
  givenName: string | null;
  familyName: string | null;
  companyName: string | null;
  birthDate: string | null;
  nationalIdKind: string | null;
  nationalId: string | null;
  taxId: string | null;
  companyNumber: string | null;
  accountToPay: string | null;
  language: string;
  jurisdiction: string;
  timeZonesJson: string;
  street: string | null;
  postalCode: string | null;
  city: string | null;
  country: string | null;
  synthetic: number;
}

/**
 * Everything an agent sees of one debtor, of one state of the store. Of a debtor who was merged it is the card of the
 * one that was kept.
 * @returns null when there is no such debtor
 */
export function loadCard(
  read: ReadDb,
  askedDebtorId: string,
  { now, permissionsFor }: { now: number; permissionsFor: PermissionsFor },
): Card | null {
  return read.snapshot(() => {
    const debtorId = keptDebtorId(read, askedDebtorId);
    const debtor = debtorId === null ? undefined : loadDebtor(read, debtorId);
    if (debtorId === null || !debtor) return null;
    const timeZones = JSON.parse(debtor.timeZonesJson) as string[];
    const today = localDate(now, timeZones[0] ?? 'UTC');
    const holds = loadHolds(read, debtorId, now);
    const planned = loadPlanned(read, debtorId);
    return {
      ...headOf(debtor, timeZones),
      ...moneyOf(read, debtor, today),
      flags: [...new Set(holds.map((hold) => hold.kind))],
      holds,
      contactPoints: loadContactPoints(read, debtorId, permissionsFor),
      planned,
      nextAction: nextActionOf(planned),
      relations: loadRelations(read, debtorId),
      consents: loadConsents(read, debtorId),
      blocks: loadBlocks(read, debtorId),
      statedPlace: loadStatedPlace(read, debtorId, now),
      notices: loadNotices(read, debtorId),
      documents: loadDocuments(read, debtorId),
      mergedFrom: loadMergedFrom(read, debtorId),
      history: loadHistory(read, { debtorId, limit: HISTORY_ON_CARD }).items,
      historyTotal: countRows(read, COUNT_HISTORY, debtorId),
    };
  });
}

function loadDebtor(read: ReadDb, debtorId: string): DebtorColumns | undefined {
  return read.get<DebtorColumns>(
    `SELECT d.id, d.portfolioId, p.name AS portfolioName, d.externalRef, d.kind, d.displayName, d.givenName,
       d.familyName, d.companyName, d.birthDate, d.nationalIdKind, d.nationalId, d.taxId, d.companyNumber,
       d.accountToPay, d.language, d.jurisdiction, d.timeZonesJson, d.street, d.postalCode, d.city,
       d.country, d.synthetic
     FROM debtor d LEFT JOIN portfolio p ON p.id = d.portfolioId
     WHERE d.id = ? AND d.deletedAt IS NULL`,
    debtorId,
  );
}

function headOf(debtor: DebtorColumns, timeZones: string[]) {
  const address = [debtor.street, debtor.postalCode].filter(Boolean).join(', ');
  const country = debtor.country ?? debtor.jurisdiction.slice(0, 2);
  const { taxId, companyNumber } = debtor;
  return {
    debtorId: debtor.id,
    portfolioId: debtor.portfolioId,
    portfolioName: debtor.portfolioName,
    externalRef: debtor.externalRef,
    kind: debtor.kind,
    displayName: debtor.displayName,
    givenName: debtor.givenName,
    familyName: debtor.familyName,
    companyName: debtor.companyName,
    birthYear: debtor.birthDate === null ? null : Number(debtor.birthDate.slice(0, 4)),
    nationalIdMasked: maskNationalId(debtor.nationalId),
    nationalIdKind: debtor.nationalIdKind,
    nationalIdValid: isNationalIdValid(debtor.nationalIdKind, debtor.nationalId),
    taxId: taxId ? describeTaxId(taxId, country) : null,
    companyNumber: companyNumber ? describeCompanyNumber(companyNumber, country) : null,
    language: debtor.language,
    jurisdiction: debtor.jurisdiction,
    timeZones,
    address: address === '' ? null : address,
    street: debtor.street,
    postalCode: debtor.postalCode,
    city: debtor.city,
    country: debtor.country,
    synthetic: debtor.synthetic === 1,
  };
}

function moneyOf(read: ReadDb, debtor: DebtorColumns, today: string) {
  const debts = loadDebts(read, { ...debtor, today });
  const payments = loadPaymentsOf(read, debtor.id, PAYMENTS_ON_CARD);
  const kinds = debts.filter((debt) => debt.status === 'open').map((debt) => debt.debtKind);
  return {
    totals: totalsOf(debts),
    totalsByComponent: totalsByComponent(debts, payments),
    oldestDaysPastDue: oldestDaysPastDue(debts),
    debts,
    payments,
    paymentsTotal:
      payments.length < PAYMENTS_ON_CARD
        ? payments.length
        : countRows(read, COUNT_PAYMENTS, debtor.id),
    allocationOrder: allocationOrderOf(read),
    promises: loadPromises(read, debtor.id),
    plans: loadPlans(read, debtor.id),
    writeOffs: loadWriteOffs(read, debtor.id),
    script: loadScript(read, debtor.id, debtor.language, kinds),
  };
}

const COUNT_HISTORY = 'SELECT count(*) AS count FROM interaction WHERE debtorId = ?';
const COUNT_PAYMENTS =
  'SELECT count(*) AS count FROM payment WHERE debtorId = ? AND deletedAt IS NULL';

function countRows(read: ReadDb, sql: string, debtorId: string): number {
  return read.get<{ count: number }>(sql, debtorId)?.count ?? 0;
}
