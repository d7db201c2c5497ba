import type { AttemptResult } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { ReadDb, WriteDb } from '../../store/types.ts';

export interface AttemptRow {
  id: string;
  callId: string;
  campaignId: string | null;
  entryId: string | null;
  debtorId: string | null;
  contactPointId: string | null;
  number: string;
  mode: string;
  personId: string | null;
  trunkId: string;
  reservationId: string | null;
  interactionId: string | null;
  state: string;
  dialedAt: number | null;
  ringingAt: number | null;
  answeredAt: number | null;
  joinedAt: number | null;
  endedAt: number | null;
  disposedAt: number | null;
  attemptResult: AttemptResult | null;
}

const COLUMNS = `id, callId, campaignId, entryId, debtorId, contactPointId, number, mode, personId, trunkId,
  reservationId, interactionId, state, dialedAt, ringingAt, answeredAt, joinedAt, endedAt, disposedAt, attemptResult`;

export function loadAttempt(db: ReadDb, attemptId: string): AttemptRow {
  const row = db.get<AttemptRow>(`SELECT ${COLUMNS} FROM attempt WHERE id = ?`, attemptId);
  if (!row) throw new AppError('call.unknown', 'no such attempt');
  return row;
}

export function attemptOfCall(db: ReadDb, callId: string): AttemptRow | null {
  return db.get<AttemptRow>(`SELECT ${COLUMNS} FROM attempt WHERE callId = ?`, callId) ?? null;
}

export function unfinishedAttempts(db: ReadDb): AttemptRow[] {
  return db.all<AttemptRow>(`SELECT ${COLUMNS} FROM attempt WHERE endedAt IS NULL`);
}

/** Joined calls whose outcome nobody has recorded yet, oldest first. */
export function undisposedAttempts(db: ReadDb): AttemptRow[] {
  return db.all<AttemptRow>(
    `SELECT ${COLUMNS} FROM attempt
      WHERE endedAt IS NOT NULL AND joinedAt IS NOT NULL AND disposedAt IS NULL ORDER BY endedAt`,
  );
}

/** One debtor is never on two lines; one who calls in is on one. */
export function debtorIsOnALine(db: ReadDb, debtorId: string): boolean {
  return (
    db.get(
      `SELECT 1 FROM attempt WHERE debtorId = ? AND endedAt IS NULL
       UNION ALL
       SELECT 1 FROM dialog d JOIN interaction i ON i.callId = d.callId
         WHERE d.endedAt IS NULL AND d.role = 'trunkIn' AND i.debtorId = ? LIMIT 1`,
      debtorId,
      debtorId,
    ) !== undefined
  );
}

/** Adds one event to the history row of a call. */
export function addCallEvent(
  db: WriteDb,
  context: { now: number; newId(): string },
  interactionId: string,
  kind: 'joined' | 'callEnded' | 'disposed',
  personId: string | null,
  data: Record<string, unknown>,
): void {
  db.insert('interactionEvent', {
    id: context.newId(),
    interactionId,
    at: context.now,
    kind,
    personId,
    dataJson: JSON.stringify(data),
  });
}
