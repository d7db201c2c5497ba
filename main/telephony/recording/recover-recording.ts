import { open } from 'node:fs/promises';
import { AppError } from '#shared/errors/index.ts';
import { ChunkCipher, HEADER_BYTES, RECOVERED_CHUNK, writeFinal } from './recording-format.ts';
import { openRecording, type RecordingExtent, type RecordingState } from './recording-reader.ts';

/**
 * Ends a recording that a crash cut off: a damaged tail is removed and a final chunk of its own kind is added, so that the
 * length is fixed and a later cut shows. A file that has its end already is left as it is.
 * @throws AppError as `openRecording`, and `recording.write-failed`
 */
export async function recoverRecording(
  file: string,
  key: Uint8Array,
): Promise<{ durationMs: number; state: RecordingState; bytes: number }> {
  const recording = await openRecording(file, key);
  const { extent, durationMs, state } = recording;
  await recording.close();
  const bytes = extent.isEnded ? extent.endOffset : await writeEnd(file, key, extent);
  return { durationMs, state, bytes };
}

async function writeEnd(file: string, key: Uint8Array, extent: RecordingExtent): Promise<number> {
  try {
    const handle = await open(file, 'r+');
    try {
      const header = Buffer.alloc(HEADER_BYTES);
      await handle.read(header, 0, HEADER_BYTES, 0);
      const final = { kind: RECOVERED_CHUNK, frames: 0, index: extent.chunks };
      const ending = new ChunkCipher(key, header).seal(
        final,
        writeFinal(extent.frames, extent.chunks),
      );
      await handle.truncate(extent.endOffset);
      await handle.write(ending, 0, ending.length, extent.endOffset);
      await handle.datasync();
      return extent.endOffset + ending.length;
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw new AppError('recording.write-failed', 'the recording cannot be ended', { cause: error });
  }
}
