import type { TrunkSettings } from '#shared/contract/index.ts';
import type { ReadDb } from '../../store/types.ts';

export interface TrunkRecord {
  trunkId: string;
  settings: TrunkSettings;
  password: string | null;
  enabled: boolean;
  practice: boolean;
}

export interface CallerIdRecord {
  callerIdId: string;
  trunkId: string;
  e164: string;
  label: string;
}

interface Row {
  id: string;
  settingsJson: string;
  password: string | null;
  enabled: number;
  practice: number;
}

export function loadTrunks(db: ReadDb): TrunkRecord[] {
  return db
    .all<Row>(
      'SELECT id, settingsJson, password, enabled, practice FROM trunk WHERE deletedAt IS NULL ORDER BY createdAt',
    )
    .map((row) => ({
      trunkId: row.id,
      settings: JSON.parse(row.settingsJson) as TrunkSettings,
      password: row.password,
      enabled: row.enabled === 1,
      practice: row.practice === 1,
    }));
}

export function callerIdsOf(db: ReadDb, trunkId: string): CallerIdRecord[] {
  return db.all<CallerIdRecord>(
    'SELECT id AS callerIdId, trunkId, e164, label FROM callerId WHERE trunkId = ? AND deletedAt IS NULL ORDER BY id',
    trunkId,
  );
}
