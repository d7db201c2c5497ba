import type { ContactHours } from '#shared/contract/index.ts';
import type { ReadDb } from '../../store/index.ts';
import type { AskedPoint, CardContactPoint, PermissionsFor } from './load-card.ts';

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
  permissionsFor: PermissionsFor,
): CardContactPoint[] {
  const rows = read.all<Row>(
    `SELECT ${COLUMNS} FROM contactPoint c WHERE c.debtorId = ? AND c.deletedAt IS NULL
     ORDER BY c.status <> 'active', c.rank, c.createdAt, c.id`,
    debtorId,
  );
  return withPermissions(rows.map(toAskedPoint), debtorId, permissionsFor);
}

export function loadContactPoint(
  read: ReadDb,
  contactPointId: string,
  permissionsFor: PermissionsFor,
): CardContactPoint | null {
  const row = read.get<Row & { debtorId: string }>(
    `SELECT c.debtorId, ${COLUMNS} FROM contactPoint c WHERE c.id = ? AND c.deletedAt IS NULL`,
    contactPointId,
  );
  if (!row) return null;
  const { debtorId, ...columns } = row;
  return withPermissions([toAskedPoint(columns)], debtorId, permissionsFor)[0] ?? null;
}

function toAskedPoint({
  timeZonesJson,
  hoursJson,
  hasHistory,
  zoneDoubt,
  ...row
}: Row): AskedPoint {
  return {
    ...row,
    timeZones: JSON.parse(timeZonesJson) as string[],
    hours: hoursJson === null ? null : (JSON.parse(hoursJson) as ContactHours),
    hasHistory: hasHistory === 1,
    zoneDoubt: zoneDoubt === 1,
  };
}

/** One question for all addresses that are in use; of the others there is nothing to ask. */
function withPermissions(
  points: readonly AskedPoint[],
  debtorId: string,
  permissionsFor: PermissionsFor,
): CardContactPoint[] {
  const active = points.filter(({ status }) => status === 'active');
  const answers = active.length === 0 ? [] : permissionsFor(debtorId, active);
  const of = new Map(active.map((point, index) => [point, answers[index]]));
  return points.map((point) => ({
    ...point,
    ...(of.get(point) ?? { permission: null, messages: [] }),
  }));
}
