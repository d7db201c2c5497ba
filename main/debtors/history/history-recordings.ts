import type { ReadDb } from '../../store/index.ts';
import type { HistoryItem } from './history-rows.ts';

type ItemRecording = NonNullable<HistoryItem['recording']>;

interface Row {
  id: string;
  interactionId: string | null;
  callId: string;
  durationMs: number | null;
  state: string;
}

/** Recordings belong to a call; the one that can be heard is named. */
export function loadRecordings(
  read: ReadDb,
  ids: string,
  heads: readonly { id: string; callId: string | null }[],
): Map<string, ItemRecording> {
  const byCall = new Map(heads.map((head) => [head.callId, head.id]));
  byCall.delete(null);
  const playable = "state IN ('recording', 'complete', 'recovered')";
  const columns = 'id, interactionId, callId, durationMs, state';
  const rows = read.all<Row>(
    `SELECT ${columns} FROM recording
     WHERE interactionId IN (SELECT value FROM json_each(?)) AND ${playable}
     UNION
     SELECT ${columns} FROM recording
     WHERE callId IN (SELECT value FROM json_each(?)) AND ${playable}
     ORDER BY id`,
    ids,
    JSON.stringify([...byCall.keys()]),
  );
  const recordings = new Map<string, ItemRecording>();
  for (const { id, interactionId, callId, durationMs, state } of rows) {
    const owner = interactionId ?? byCall.get(callId);
    if (owner === undefined) continue;
    recordings.set(owner, { recordingId: id, durationMs, live: state === 'recording' });
  }
  return recordings;
}
