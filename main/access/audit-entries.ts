import type { ReadDb, WriteContext, WriteDb } from '../store/types.ts';

export interface AuditInput {
  action: string;
  personId: string | null;
  details: Record<string, unknown>;
  /** when it happened; the write's own time unless told */
  at?: number;
}

export interface AuditRecord {
  at: number;
  personId: string | null;
  displayName: string | null;
  action: string;
  details: Record<string, unknown>;
}

/** Adds an entry in the transaction of what it tells of. Details carry no secrets, bodies or full numbers. */
export function insertAuditEntry(db: WriteDb, context: WriteContext, entry: AuditInput): void {
  db.insert('auditEntry', {
    id: context.newId(),
    at: entry.at ?? context.now,
    personId: entry.personId,
    action: entry.action,
    detailsJson: JSON.stringify(entry.details),
  });
}

/** Newest first. */
export function listAuditEntries(db: ReadDb, limit: number): AuditRecord[] {
  return db
    .all<Omit<AuditRecord, 'details'> & { detailsJson: string }>(
      `SELECT a.at, a.personId, p.displayName, a.action, a.detailsJson
       FROM auditEntry a LEFT JOIN person p ON p.id = a.personId
       ORDER BY a.at DESC, a.id DESC LIMIT ?`,
      limit,
    )
    .map(({ detailsJson, ...entry }) => ({ ...entry, details: JSON.parse(detailsJson) }));
}
