import { readPracticeStore } from '../../e2e/support/practice-store.ts';
import {
  linesOf,
  type RecordedLine,
  replay,
  segmentsOf,
} from '../../main/dialer/pacing-log/index.ts';

/** One attempt with its dialog, as the store has them. Instants are epoch ms. */
export interface AttemptRow {
  attemptId: string;
  callId: string;
  debtorId: string;
  number: string;
  /** of its INVITE; null: none was made */
  sipCallId: string | null;
  personId: string | null;
  reservedAt: number;
  answeredAt: number | null;
  joinedAt: number | null;
  endedAt: number | null;
  attemptResult: string | null;
  endedBy: string | null;
}

export interface RecordingRow {
  callId: string;
  state: string;
  durationMs: number | null;
}

/** What the engine wrote down of a run. */
export interface Evidence {
  attempts: readonly AttemptRow[];
  recordings: readonly RecordingRow[];
  /** of the one segment that a run is */
  pacerLines: readonly RecordedLine[];
  pacerConfigJson: string;
  segments: number;
  replayed: { decisions: number; different: number };
}

export async function readEvidence(dataDir: string, campaignId: string): Promise<Evidence> {
  const { read, close } = await readPracticeStore(dataDir);
  try {
    const segments = segmentsOf(read, campaignId, 0, Date.now() + 1);
    const [segment] = segments;
    if (segment === undefined) throw new Error('the pacer was not recorded');
    const pacerLines = [...linesOf(read, segment.segmentId)];
    const { decisions, different } = replay(segment.configJson, pacerLines);
    return {
      attempts: read.all<AttemptRow>(
        `SELECT attempt.id AS attemptId, attempt.callId, debtorId, number, dialog.sipCallId, attempt.personId,
           reservedAt, answeredAt, joinedAt, attempt.endedAt, attemptResult, attempt.endedBy
         FROM attempt LEFT JOIN dialog ON dialog.id = attempt.id WHERE campaignId = ? ORDER BY reservedAt`,
        campaignId,
      ),
      recordings: read.all<RecordingRow>('SELECT callId, state, durationMs FROM recording'),
      pacerLines,
      pacerConfigJson: segment.configJson,
      segments: segments.length,
      replayed: { decisions, different },
    };
  } finally {
    close();
  }
}
