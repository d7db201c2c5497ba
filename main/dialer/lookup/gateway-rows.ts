import type { LookupGateway, LookupKind } from '#shared/contract/lookup.contract.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb, WriteContext, WriteDb } from '../../store/types.ts';

export type GatewayView = Unbranded<LookupGateway>;

/** A gateway with its key, for the question alone: views and logs have none. */
export interface GatewayRecord extends Omit<GatewayView, 'hasSecret'> {
  secret: string | null;
}

interface Row {
  id: string;
  kind: string;
  settingsJson: string;
  secret: string | null;
  enabled: number;
}

type Settings = Omit<GatewayView, 'lookupGatewayId' | 'kind' | 'hasSecret' | 'enabled'>;

/** The table holds gateways of other areas too. */
const PREFIX = 'lookup.';
const SELECT = `SELECT id, kind, settingsJson, secret, enabled FROM gateway
  WHERE deletedAt IS NULL AND kind LIKE 'lookup.%'`;

export function loadGateways(db: ReadDb): GatewayRecord[] {
  return db.all<Row>(`${SELECT} ORDER BY createdAt`).map(record);
}

export function findGateway(db: ReadDb, lookupGatewayId: string): GatewayRecord | null {
  const row = db.get<Row>(`${SELECT} AND id = ?`, lookupGatewayId);
  return row ? record(row) : null;
}

function record({ id, kind, settingsJson, secret, enabled }: Row): GatewayRecord {
  return {
    ...(JSON.parse(settingsJson) as Settings),
    lookupGatewayId: id,
    kind: kind.slice(PREFIX.length) as LookupKind,
    enabled: enabled === 1,
    secret,
  };
}

export function gatewayView({ secret, ...gateway }: GatewayRecord): GatewayView {
  return { ...gateway, hasSecret: secret !== null && secret !== '' };
}

export interface SaveGateway extends Settings {
  /** null: a new one */
  lookupGatewayId: string | null;
  kind: LookupKind;
  enabled: boolean;
  /** null: the stored one stays */
  secret: string | null;
}

export function saveGateway(
  db: WriteDb,
  context: WriteContext,
  { lookupGatewayId, kind, enabled, secret, ...settings }: SaveGateway,
): { lookupGatewayId: string } {
  const columns = {
    kind: PREFIX + kind,
    settingsJson: JSON.stringify(settings),
    enabled: enabled ? 1 : 0,
    practice: kind === 'practice' ? 1 : 0,
    ...(secret === null ? {} : { secret }),
  };
  if (lookupGatewayId !== null) {
    db.update('gateway', lookupGatewayId, columns);
    return { lookupGatewayId };
  }
  const id = context.newId();
  db.insert('gateway', { id, ...columns, createdAt: context.now });
  return { lookupGatewayId: id };
}
