import type { DebtorCard, Permission } from '#shared/contract/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/index.ts';
import { loadHistory } from '../history/load-history.ts';
import { localDate } from '../local-date.ts';
import { maskNationalId } from '../mask-national-id.ts';
import { isPhoneKind } from '../phone-kinds.ts';
import {
  loadDebts,
  loadFlags,
  loadNextAction,
  loadPromises,
  oldestDaysPastDue,
  totalsOf,
} from './card-parts.ts';

export type Card = Unbranded<DebtorCard>;
export type CardContactPoint = Card['contactPoints'][number];

/** Asks the door whether this number may be called now; null when it cannot say. */
export type PermissionFor = (
  debtorId: string,
  contactPoint: Omit<CardContactPoint, 'permission'>,
) => Permission | null;

const HISTORY_ON_CARD = 50;

interface DebtorColumns {
  id: string;
  portfolioId: string | null;
  portfolioName: string | null;
  externalRef: string;
  kind: 'person' | 'company';
  displayName: string;
  birthDate: string | null;
  nationalId: string | null;
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
 * Everything an agent sees of one debtor, of one state of the store.
 * @returns null when there is no such debtor
 */
export function loadCard(
  read: ReadDb,
  debtorId: string,
  { now, permissionFor }: { now: number; permissionFor: PermissionFor },
): Card | null {
  return read.snapshot(() => {
    const debtor = loadDebtor(read, debtorId);
    if (!debtor) return null;
    const timeZones = JSON.parse(debtor.timeZonesJson) as string[];
    const debts = loadDebts(read, debtorId, localDate(now, timeZones[0] ?? 'UTC'));
    return {
      ...headOf(debtor, timeZones),
      flags: loadFlags(read, debtorId, now),
      totals: totalsOf(debts),
      oldestDaysPastDue: oldestDaysPastDue(debts),
      debts,
      contactPoints: loadContactPoints(read, debtorId, permissionFor),
      promises: loadPromises(read, debtorId),
      nextAction: loadNextAction(read, debtorId),
      history: loadHistory(read, { debtorId, limit: HISTORY_ON_CARD }).items,
      historyTotal: countHistory(read, debtorId),
    };
  });
}

function loadDebtor(read: ReadDb, debtorId: string): DebtorColumns | undefined {
  return read.get<DebtorColumns>(
    `SELECT d.id, d.portfolioId, p.name AS portfolioName, d.externalRef, d.kind, d.displayName, d.birthDate,
       d.nationalId, d.language, d.jurisdiction, d.timeZonesJson, d.street, d.postalCode, d.city,
       d.country, d.synthetic
     FROM debtor d LEFT JOIN portfolio p ON p.id = d.portfolioId
     WHERE d.id = ? AND d.deletedAt IS NULL`,
    debtorId,
  );
}

function headOf(debtor: DebtorColumns, timeZones: string[]) {
  const address = [debtor.street, debtor.postalCode].filter(Boolean).join(', ');
  return {
    debtorId: debtor.id,
    portfolioId: debtor.portfolioId,
    portfolioName: debtor.portfolioName,
    externalRef: debtor.externalRef,
    kind: debtor.kind,
    displayName: debtor.displayName,
    birthYear: debtor.birthDate === null ? null : Number(debtor.birthDate.slice(0, 4)),
    nationalIdMasked: maskNationalId(debtor.nationalId),
    language: debtor.language,
    jurisdiction: debtor.jurisdiction,
    timeZones,
    address: address === '' ? null : address,
    city: debtor.city,
    country: debtor.country,
    synthetic: debtor.synthetic === 1,
  };
}

function loadContactPoints(
  read: ReadDb,
  debtorId: string,
  permissionFor: PermissionFor,
): CardContactPoint[] {
  const rows = read.all<
    Omit<CardContactPoint, 'permission' | 'timeZones'> & { timeZonesJson: string }
  >(
    `SELECT id AS contactPointId, kind, value, status, timeZonesJson, lastTriedAt, lastResult
     FROM contactPoint WHERE debtorId = ? AND deletedAt IS NULL
     ORDER BY status <> 'active', rank, createdAt, id`,
    debtorId,
  );
  return rows.map(({ timeZonesJson, ...row }) => {
    const contactPoint = { ...row, timeZones: JSON.parse(timeZonesJson) as string[] };
    const mayAsk = isPhoneKind(row.kind) && row.status === 'active';
    return { ...contactPoint, permission: mayAsk ? permissionFor(debtorId, contactPoint) : null };
  });
}

function countHistory(read: ReadDb, debtorId: string): number {
  const row = read.get<{ count: number }>(
    'SELECT count(*) AS count FROM interaction WHERE debtorId = ?',
    debtorId,
  );
  return row?.count ?? 0;
}
