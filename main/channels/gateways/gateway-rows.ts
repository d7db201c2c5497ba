import type { GatewaySettings, MessageChannel } from '#shared/contract/index.ts';
import { gatewayChannels } from '#shared/contract/index.ts';
import type { ReadDb, WriteContext, WriteDb } from '../../store/types.ts';

/** A gateway with its secrets, for its adapter alone: views and logs have none. */
export interface GatewayRecord {
  gatewayId: string;
  settings: GatewaySettings;
  secrets: Readonly<Record<string, string>>;
  enabled: boolean;
  practice: boolean;
}

interface Row {
  id: string;
  settingsJson: string;
  secret: string | null;
  enabled: number;
  practice: number;
}

/** The table holds gateways of other areas too. */
const PREFIX = 'message.';
const SELECT = `SELECT id, settingsJson, secret, enabled, practice FROM gateway
  WHERE deletedAt IS NULL AND kind LIKE 'message.%'`;

/** Those that were made first come first. */
export function loadGateways(db: ReadDb): GatewayRecord[] {
  return db.all<Row>(`${SELECT} ORDER BY createdAt, id`).map(record);
}

export function findGateway(db: ReadDb, gatewayId: string): GatewayRecord | null {
  const row = db.get<Row>(`${SELECT} AND id = ?`, gatewayId);
  return row ? record(row) : null;
}

function record({ id, settingsJson, secret, enabled, practice }: Row): GatewayRecord {
  return {
    gatewayId: id,
    settings: JSON.parse(settingsJson) as GatewaySettings,
    secrets: secret === null ? {} : (JSON.parse(secret) as Record<string, string>),
    enabled: enabled === 1,
    practice: practice === 1,
  };
}

/** What a gateway can carry, as it is set up. */
export function channelsOf(settings: GatewaySettings): MessageChannel[] {
  const channels: readonly MessageChannel[] = gatewayChannels[settings.kind];
  const withoutMms = 'mms' in settings && !settings.mms;
  return channels.filter((channel) => channel !== 'mms' || !withoutMms);
}

export interface SaveGatewayRow {
  /** null: a new one. One that is not there is made with this id (practice gateways have ids of their own) */
  gatewayId: string | null;
  settings: GatewaySettings;
  /** those that are absent stay as they are; '' removes one */
  secrets: Readonly<Record<string, string>>;
  enabled: boolean;
  /** it stands on this machine and sends nothing */
  practice: boolean;
}

/** Saves a gateway of messages. Its kind stays what it was: callers check that. */
export function saveGatewayRow(
  db: WriteDb,
  context: WriteContext,
  input: SaveGatewayRow,
): { gatewayId: string } {
  const { gatewayId, settings, enabled, practice } = input;
  const known = gatewayId === null ? null : findGateway(db, gatewayId);
  const secrets = Object.entries({ ...known?.secrets, ...input.secrets });
  const columns = {
    kind: PREFIX + settings.kind,
    settingsJson: JSON.stringify(settings),
    secret: JSON.stringify(Object.fromEntries(secrets.filter(([, value]) => value !== ''))),
    enabled: enabled ? 1 : 0,
    practice: practice ? 1 : 0,
  };
  if (known !== null) {
    db.update('gateway', known.gatewayId, columns);
    return { gatewayId: known.gatewayId };
  }
  const id = gatewayId ?? context.newId();
  db.insert('gateway', { id, ...columns, createdAt: context.now });
  return { gatewayId: id };
}
