import { join } from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import type { Handlers } from '../contract-server/index.ts';
import { workWrites } from '../debtors/index.ts';
import type { OpenStore } from '../store/index.ts';
import { openRecording, readPeaks } from '../telephony/recording/index.ts';

export interface WaveformOptions {
  store: Pick<OpenStore, 'read' | 'write'>;
  /** where encrypted recordings are kept */
  directory: string;
}

interface Waveform {
  durationMs: number;
  left: number[];
  right: number[];
}

interface RecordingRow {
  fileName: string;
  keyHex: string | null;
  state: string;
}

/** Shapes of recordings. Each is counted once, from the encrypted file, and kept in the encrypted store. */
export function createWaveformHandlers(options: WaveformOptions): Handlers {
  const counting = new Map<string, Promise<Waveform>>();
  return {
    'recording.waveform': ({ recordingId }) => {
      const row = requireRecording(options, recordingId);
      const kept = loadKept(options, recordingId);
      if (kept) return kept;
      const running = counting.get(recordingId) ?? count(options, recordingId, row);
      counting.set(recordingId, running);
      return running.finally(() => counting.delete(recordingId));
    },
  };
}

function requireRecording({ store }: WaveformOptions, recordingId: string) {
  const row = store.read.get<RecordingRow>(
    'SELECT fileName, keyHex, state FROM recording WHERE id = ?',
    recordingId,
  );
  if (!row) throw new AppError('contract.not-found', 'no such recording');
  const { keyHex } = row;
  if (keyHex === null || row.state === 'erased' || row.state === 'failed') {
    throw new AppError('media.erased', 'there is no sound of this recording');
  }
  if (row.state === 'recording') {
    throw new AppError('media.not-finished', 'this recording has not ended');
  }
  return { fileName: row.fileName, keyHex };
}

function loadKept({ store }: WaveformOptions, recordingId: string): Waveform | null {
  const row = store.read.get<{ durationMs: number; leftJson: string; rightJson: string }>(
    'SELECT durationMs, leftJson, rightJson FROM waveform WHERE id = ?',
    recordingId,
  );
  if (!row) return null;
  const { durationMs, leftJson, rightJson } = row;
  return { durationMs, left: JSON.parse(leftJson), right: JSON.parse(rightJson) };
}

async function count(
  { store, directory }: WaveformOptions,
  recordingId: string,
  { fileName, keyHex }: { fileName: string; keyHex: string },
): Promise<Waveform> {
  const recording = await openRecording(join(directory, fileName), Buffer.from(keyHex, 'hex'));
  try {
    const waveform = { durationMs: recording.durationMs, ...(await readPeaks(recording)) };
    await store.write(workWrites, 'recording.keep-waveform', { recordingId, ...waveform });
    return waveform;
  } finally {
    await recording.close();
  }
}
