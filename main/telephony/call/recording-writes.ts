import type { WriteContext, WriteDb } from '../../store/types.ts';

interface Begin {
  recordingId: string;
  callId: string;
  debtorId: string | null;
  fileName: string;
  keyHex: string;
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
