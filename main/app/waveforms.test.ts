import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RequestContext } from '../contract-server/index.ts';
import { createRecording } from '../telephony/recording/index.ts';
import { openTestStore, type TestStore } from '../testing/open-test-store.ts';
import { createWaveformHandlers } from './waveforms.ts';
import { allWrites } from './writes.ts';

const key = randomBytes(32);
let store: TestStore;
beforeEach(() => {
  store = openTestStore({ writes: allWrites });
});
afterEach(() => store.close());

const waveform = (recordingId: string) => {
  const handlers = createWaveformHandlers({ store, directory: store.dataDir });
  const handler = handlers['recording.waveform'] as unknown as (
    input: object,
    context: RequestContext,
  ) => Promise<{ durationMs: number; left: number[]; right: number[] }>;
  return Promise.resolve().then(() => handler({ recordingId }, {} as RequestContext));
};

async function addRecording(state: string): Promise<string> {
  await rm(join(store.dataDir, 'one.rec'), { force: true });
  const writer = await createRecording({
    ...{ file: join(store.dataDir, 'one.rec'), key, startedAt: 1 },
    onFailed: (error) => {
      throw error;
    },
  });
  const [silent, loud] = [0xff, 0x80].map((byte) => new Uint8Array(160).fill(byte));
  for (let frame = 0; frame < 100; frame += 1)
    writer.frame(silent!, loud!, { held: false, muted: false });
  await writer.finish();
  return store.runNow((db, context) => {
    const id = context.newId();
    db.insert('recording', {
      ...{ id, callId: context.newId(), fileName: 'one.rec', keyHex: key.toString('hex') },
      ...{ startedAt: 1, state },
    });
    return id;
  });
}

it('counts the shape of a recording once, for askers at the same time too, and keeps it', async () => {
  const id = await addRecording('complete');
  const [one, other] = await Promise.all([waveform(id), waveform(id)]);
  expect(one).toEqual(other);
  expect(one).toMatchObject({ durationMs: 2_000 });
  expect([new Set(one.left), new Set(one.right)]).toEqual([new Set([0]), new Set([98])]);
  await rm(join(store.dataDir, 'one.rec'));
  expect(await waveform(id)).toEqual(one);
});

it('has none of a recording that runs, was erased, or is not there', async () => {
  const code = (expected: string) => expect.objectContaining({ code: expected });
  await expect(waveform(await addRecording('recording'))).rejects.toEqual(
    code('media.not-finished'),
  );
  await expect(waveform('nothing')).rejects.toEqual(code('contract.not-found'));
  const erased = await addRecording('complete');
  store.runNow((db) => db.update('recording', erased, { keyHex: null, state: 'erased' }));
  await expect(waveform(erased)).rejects.toEqual(code('media.erased'));
});
