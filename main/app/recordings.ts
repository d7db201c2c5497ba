import { join } from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import type { Audit, Handlers, MediaContent, MediaLinks } from '../contract-server/index.ts';
import type { OpenStore } from '../store/index.ts';
import { openRecording, recoverRecording } from '../telephony/recording/index.ts';

export interface MediaHandlersOptions {
  store: OpenStore;
  links: MediaLinks;
  audit: Audit;
  /** where encrypted recordings are kept */
  directory: string;
}

interface Row {
  fileName: string;
  keyHex: string | null;
  state: string;
  durationMs: number | null;
}

/** Gives recordings out: an address bound to the asker, for a short time, audited (design §8). */
export function createMediaHandlers(options: MediaHandlersOptions): Handlers {
  const { store, links, audit, directory } = options;
  return {
    'media.open': ({ recordingId }, { principal, baseUrl }) => {
      const row = store.read.get<Row>(
        'SELECT fileName, keyHex, state, durationMs FROM recording WHERE id = ?',
        recordingId,
      );
      if (!row) throw new AppError('contract.not-found', 'no such recording');
      const { keyHex } = row;
      if (keyHex === null || row.state === 'erased')
        throw new AppError('media.erased', 'this recording was erased');
      const file = join(directory, row.fileName);
      const link = links.issue({
        personId: principal.personId,
        open: () => openContent(file, keyHex),
      });
      audit({
        action: 'media.recording-opened',
        personId: principal.personId,
        details: { recordingId },
      });
      return {
        url: `${baseUrl ?? ''}${link.path}`,
        expiresAt: link.expiresAt,
        durationMs: row.durationMs ?? 0,
      };
    },
  };
}

async function openContent(file: string, keyHex: string): Promise<MediaContent | null> {
  const recording = await openRecording(file, Buffer.from(keyHex, 'hex'));
  const content: MediaContent = {
    contentType: 'audio/wav',
    size: recording.wavBytes,
    createReadStream(range) {
      const stream = recording.createWavStream(range ?? undefined);
      stream.once('close', () => void recording.close());
      return stream;
    },
  };
  return content;
}

/** What a dead run left of a recording. @throws AppError `recording.*` when nothing of it can be read */
export function inspectRecording(
  directory: string,
  fileName: string,
  keyHex: string,
): Promise<{ durationMs: number; bytes: number }> {
  return recoverRecording(join(directory, fileName), Buffer.from(keyHex, 'hex'));
}
