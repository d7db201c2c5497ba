import type { OwnPackRow } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/types.ts';

export interface StoredPack {
  id: string;
  packId: string;
  version: number;
  packJson: string;
  state: 'draft' | 'inForce' | 'replaced' | 'retired';
}

const COLUMNS = 'id, packId, version, packJson, state';

/** @throws AppError `contract.not-found` */
export function requireOwnPack(db: ReadDb, ownPackId: string): StoredPack {
  const row = db.get<StoredPack>(
    `SELECT ${COLUMNS} FROM ownPack WHERE id = ? AND deletedAt IS NULL`,
    ownPackId,
  );
  if (!row) throw new AppError('contract.not-found', 'no such pack');
  return row;
}

/** The only way to a row whose content may change. @throws AppError `contact-rules.not-a-draft`, `contract.not-found` */
export function requireDraft(db: ReadDb, ownPackId: string): StoredPack {
  const row = requireOwnPack(db, ownPackId);
  if (row.state === 'draft') return row;
  throw new AppError('contact-rules.not-a-draft', 'what was published is never edited');
}

export function findDraft(db: ReadDb, packId: string): StoredPack | undefined {
  return db.get<StoredPack>(
    `SELECT ${COLUMNS} FROM ownPack WHERE packId = ? AND state = 'draft' AND deletedAt IS NULL`,
    packId,
  );
}

/** All of a pack that are in force: one, unless two desktops published at once. */
export function rowsInForce(db: ReadDb, packId: string): StoredPack[] {
  return db.all<StoredPack>(
    `SELECT ${COLUMNS} FROM ownPack WHERE packId = ? AND state = 'inForce' AND deletedAt IS NULL`,
    packId,
  );
}

/** What was published last of a pack, whether it is in force or not. */
export function newestPublished(db: ReadDb, packId: string): StoredPack | undefined {
  return db.get<StoredPack>(
    `SELECT ${COLUMNS} FROM ownPack WHERE packId = ? AND state <> 'draft' AND deletedAt IS NULL
     ORDER BY version DESC LIMIT 1`,
    packId,
  );
}

/** A version that was published, for replay. */
export function publishedVersion(
  db: ReadDb,
  packId: string,
  version: string,
): StoredPack | undefined {
  return db.get<StoredPack>(
    `SELECT ${COLUMNS} FROM ownPack
     WHERE packId = ? AND version = CAST(? AS INTEGER) AND state <> 'draft' AND deletedAt IS NULL`,
    packId,
    /^\d{1,9}$/.test(version) ? version : '-1',
  );
}

/** What was typed, as an object; an empty one when the row is damaged. */
export function typedPack({ packJson }: Pick<StoredPack, 'packJson'>): Record<string, unknown> {
  try {
    const json: unknown = JSON.parse(packJson);
    const isObject = typeof json === 'object' && json !== null && !Array.isArray(json);
    return isObject ? (json as Record<string, unknown>) : {};
  } catch {
    // shown as empty, so that an administrator can retire it; the door refuses while it is in force
    return {};
  }
}

type ListedRow = Omit<StoredPack, 'id'> &
  Omit<Unbranded<OwnPackRow>, 'title' | 'rules' | 'used'> & { used: number };

const LISTED = `SELECT o.id AS ownPackId, o.packId, o.version, o.packJson, o.state, o.updatedAt, o.publishedAt,
    p.displayName AS publishedByName, o.endedAt,
    EXISTS (SELECT 1 FROM rulePack r WHERE r.packId = o.packId AND r.version = CAST(o.version AS TEXT)) AS used
  FROM ownPack o LEFT JOIN person p ON p.id = o.publishedBy`;

/** Drafts first, then the newest version of each pack. */
export function listOwnPacks(db: ReadDb): Unbranded<OwnPackRow>[] {
  return db
    .all<ListedRow>(
      `${LISTED} WHERE o.deletedAt IS NULL
       ORDER BY coalesce(o.publishedAt, o.updatedAt) DESC, o.packId, o.version DESC`,
    )
    .map(shown);
}

/** @throws AppError `contract.not-found` */
export function ownPackRow(db: ReadDb, ownPackId: string): Unbranded<OwnPackRow> {
  const row = db.get<ListedRow>(`${LISTED} WHERE o.id = ? AND o.deletedAt IS NULL`, ownPackId);
  if (!row) throw new AppError('contract.not-found', 'no such pack');
  return shown(row);
}

function shown({ packJson, used, ...row }: ListedRow): Unbranded<OwnPackRow> {
  const { title, rules } = typedPack({ packJson });
  return {
    ...row,
    title: typeof title === 'string' && title !== '' ? title : row.packId,
    rules: Array.isArray(rules) ? rules.length : 0,
    // a draft has the number of a version that no decision can know
    used: used === 1 && row.state !== 'draft',
  };
}
