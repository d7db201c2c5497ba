import type { ContactHours } from '#shared/contract/index.ts';
import type { ReadDb } from '../../store/index.ts';
import { isPhoneKind } from '../phone-kinds.ts';
import type { CardContactPoint, PermissionFor } from './load-card.ts';

type Row = Omit<
  CardContactPoint,
  'permission' | 'messages' | 'timeZones' | 'hours' | 'hasHistory' | 'zoneDoubt'
> & {
  timeZonesJson: string;
  hoursJson: string | null;
  hasHistory: number;
  zoneDoubt: number;
};

const COLUMNS = `c.id AS contactPointId, c.kind, c.value, c.status, c.timeZonesJson, c.lastTriedAt, c.lastResult,
  c.label, c.hoursJson, c.speakTo, c.source, c.rank, c.zoneDoubt,
  EXISTS (SELECT 1 FROM contactPointVersion v WHERE v.contactPointId = c.id) AS hasHistory`;

export function loadContactPoints(
  read: ReadDb,
  debtorId: string,
  permissionFor: PermissionFor,
): CardContactPoint[] {
  const rows = read.all<Row>(
    `SELECT ${COLUMNS} FROM contactPoint c WHERE c.debtorId = ? AND c.deletedAt IS NULL
     ORDER BY c.status <> 'active', c.rank, c.createdAt, c.id`,
    debtorId,
  );
  return rows.map((row) => toContactPoint(row, debtorId, permissionFor));
}

export function loadContactPoint(
  read: ReadDb,
  contactPointId: string,
  permissionFor: PermissionFor,
): CardContactPoint | null {
  const row = read.get<Row & { debtorId: string }>(
    `SELECT c.debtorId, ${COLUMNS} FROM contactPoint c WHERE c.id = ? AND c.deletedAt IS NULL`,
    contactPointId,
  );
  if (!row) return null;
  const { debtorId, ...columns } = row;
  return toContactPoint(columns, debtorId, permissionFor);
}

function toContactPoint(
  { timeZonesJson, hoursJson, hasHistory, zoneDoubt, ...row }: Row,
  debtorId: string,
  permissionFor: PermissionFor,
): CardContactPoint {
  const contactPoint = {
    ...row,
    timeZones: JSON.parse(timeZonesJson) as string[],
    hours: hoursJson === null ? null : (JSON.parse(hoursJson) as ContactHours),
    hasHistory: hasHistory === 1,
    zoneDoubt: zoneDoubt === 1,
    messages: [],
  };
  const mayAsk = isPhoneKind(row.kind) && row.status === 'active';
  return { ...contactPoint, permission: mayAsk ? permissionFor(debtorId, contactPoint) : null };
}
