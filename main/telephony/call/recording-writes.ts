import type { WriteContext, WriteDb } from '../../store/types.ts';

interface Begin {
  recordingId: string;
  callId: string;
  debtorId: string | null;
  fileName: string;
  keyHex: string;
}

interface Refuse {
  callId: string;
  personId: string;
  /** what ran, or null: nothing had been recorded yet */
  recordingId: string | null;
  /** the law wants the consent of all: what was recorded is erased. Else it was announced, and stays */
  erase: boolean;
  /** a law demands a recording: the call must be ended */
  mustEnd: boolean;
  /** of what ran */
  stopped: Stopped | null;
}

/** How a recorder ended, and what it left. */
export interface Stopped {
  state: 'complete' | 'recovered' | 'failed';
  size: { durationMs: number; bytes: number } | null;
}

interface Finish {
  recordingId: string;
  state: 'complete' | 'recovered' | 'failed';
  durationMs: number | null;
  bytes: number | null;
}

/** Rows of recordings. The key stands in the encrypted store; erasing it erases the recording. */
export const recordingWrites = {
  'recording.begin': (db: WriteDb, context: WriteContext, input: Begin) => {
    const interaction = db.get<{ id: string }>(
      'SELECT id FROM interaction WHERE callId = ? LIMIT 1',
      input.callId,
    );
    db.insert('recording', {
      id: input.recordingId,
      callId: input.callId,
      interactionId: interaction?.id ?? null,
      debtorId: input.debtorId,
      fileName: input.fileName,
      keyHex: input.keyHex,
      startedAt: context.now,
      state: 'recording',
    });
  },
  /** The debtor does not want to be recorded. @returns the file that is nobody's any more; null: none */
  'recording.refuse': (
    db: WriteDb,
    context: WriteContext,
    input: Refuse,
  ): { fileName: string | null } => {
    const { callId, personId, recordingId, erase, mustEnd } = input;
    const row =
      recordingId === null
        ? undefined
        : db.get<{ fileName: string; state: string }>(
            'SELECT fileName, state FROM recording WHERE id = ?',
            recordingId,
          );
    tellRefusal(db, context, callId, personId, {
      because: row === undefined ? 'notStarted' : erase ? 'consentNeeded' : 'announced',
      kept: row !== undefined && !erase,
      mustEnd,
    });
    if (recordingId === null || row === undefined) return { fileName: null };
    if (row.state === 'recording')
      db.update('recording', recordingId, {
        state: input.stopped?.state ?? 'failed',
        endedAt: context.now,
        durationMs: input.stopped?.size?.durationMs ?? null,
        bytes: input.stopped?.size?.bytes ?? null,
      });
    if (!erase) return { fileName: null };
    db.update('recording', recordingId, { state: 'erased', keyHex: null });
    return { fileName: row.fileName };
  },
  'recording.finish': (db: WriteDb, context: WriteContext, input: Finish) => {
    const row = db.get<{ state: string }>(
      'SELECT state FROM recording WHERE id = ?',
      input.recordingId,
    );
    if (row?.state !== 'recording') return;
    db.update('recording', input.recordingId, {
      state: input.state,
      endedAt: context.now,
      durationMs: input.durationMs,
      bytes: input.bytes,
    });
  },
};

/** Beside the call in the history: that it was refused, and why what was recorded was kept or erased. */
function tellRefusal(
  db: WriteDb,
  context: WriteContext,
  callId: string,
  personId: string,
  data: { because: 'notStarted' | 'consentNeeded' | 'announced'; kept: boolean; mustEnd: boolean },
): void {
  const interaction = db.get<{ id: string }>(
    'SELECT id FROM interaction WHERE callId = ? LIMIT 1',
    callId,
  );
  if (interaction === undefined) return;
  db.insert('interactionEvent', {
    id: context.newId(),
    interactionId: interaction.id,
    at: context.now,
    kind: 'recordingRefused',
    personId,
    dataJson: JSON.stringify(data),
  });
}
