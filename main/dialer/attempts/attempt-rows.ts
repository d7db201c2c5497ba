import { AppError } from '#shared/errors/index.ts';
import type { ReadDb, WriteDb } from '../../store/types.ts';
import type { DialogIdentity } from '../../telephony/sip/types.ts';

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
}

const COLUMNS = `id, callId, campaignId, entryId, debtorId, contactPointId, number, mode, personId, trunkId,
  reservationId, interactionId, state, dialedAt, ringingAt, answeredAt, joinedAt, endedAt, disposedAt`;

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

/** One debtor is never on two lines. */
export function debtorIsOnALine(db: ReadDb, debtorId: string): boolean {
  return (
    db.get('SELECT 1 FROM attempt WHERE debtorId = ? AND endedAt IS NULL LIMIT 1', debtorId) !==
    undefined
  );
}

/** Columns of a `dialog` row from what SIP knows of it. */
export function dialogColumns(identity: DialogIdentity): Record<string, unknown> {
  return {
    sipCallId: identity.sipCallId,
    localTag: identity.localTag,
    remoteTag: identity.remoteTag,
    branch: identity.branch,
    localCseq: identity.localCseq,
    localUri: identity.localUri,
    remoteUri: identity.remoteUri,
    requestUri: identity.requestUri,
    remoteTarget: identity.remoteTarget,
    routeSetJson: JSON.stringify(identity.routeSet),
    localContact: identity.localContact,
    peerHost: identity.peerHost,
    peerPort: identity.peerPort,
    confirmed: identity.confirmed ? 1 : 0,
  };
}

export interface OrphanDialog {
  dialogId: string;
  trunkId: string | null;
  identity: DialogIdentity;
}

interface DialogRow {
  id: string;
  trunkId: string | null;
  sipCallId: string;
  localTag: string;
  remoteTag: string | null;
  branch: string | null;
  localCseq: number;
  localUri: string;
  remoteUri: string;
  requestUri: string;
  remoteTarget: string | null;
  routeSetJson: string;
  localContact: string;
  peerHost: string;
  peerPort: number;
  confirmed: number;
}

/** Dialogs that an earlier run of the engine left open. */
export function unfinishedDialogs(db: ReadDb): OrphanDialog[] {
  return db
    .all<DialogRow>(
      `SELECT id, trunkId, sipCallId, localTag, remoteTag, branch, localCseq, localUri, remoteUri, requestUri,
        remoteTarget, routeSetJson, localContact, peerHost, peerPort, confirmed
        FROM dialog WHERE endedAt IS NULL AND role IN ('trunkOut','trunkIn')`,
    )
    .map((row) => ({
      dialogId: row.id,
      trunkId: row.trunkId,
      identity: {
        sipCallId: row.sipCallId,
        localTag: row.localTag,
        remoteTag: row.remoteTag,
        branch: row.branch ?? '',
        localCseq: row.localCseq,
        localUri: row.localUri,
        remoteUri: row.remoteUri,
        requestUri: row.requestUri,
        remoteTarget: row.remoteTarget,
        routeSet: JSON.parse(row.routeSetJson) as string[],
        localContact: row.localContact,
        peerHost: row.peerHost,
        peerPort: row.peerPort,
        confirmed: row.confirmed === 1,
      },
    }));
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
