import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../../practice/testing/manual-clock.ts';
import { MediaMaker } from './media-client.ts';
import { noisyPicture, pdfOf } from './pictures.fixture.ts';

const mms = { target: 'mms', maxBytes: 300_000 } as const;
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

function maker(entry?: URL): { maker: MediaMaker; clock: ManualClock } {
  const clock = new ManualClock();
  const made = new MediaMaker({ clock, ...(entry ? { entry } : {}) });
  closers.push(() => made.close());
  return { maker: made, clock };
}

async function program(source: string): Promise<URL> {
  const directory = await mkdtemp(join(tmpdir(), 'dialdesk-media-'));
  closers.push(() => rm(directory, { recursive: true, force: true }));
  const path = join(directory, 'thread.mjs');
  writeFileSync(path, source);
  return pathToFileURL(path);
}

describe('the media thread', () => {
  it('fits what it is given, and says why when it does not', async () => {
    const { maker: made } = maker();
    const [picture, page, refused] = await Promise.allSettled([
      made.fit(noisyPicture(300, 200), mms),
      made.fit(await pdfOf(['one']), mms),
      made.fit(Buffer.from([1, 2, 3]), mms),
    ]);
    expect(picture).toMatchObject({ status: 'fulfilled', value: { mediaType: 'image/jpeg' } });
    expect(page).toMatchObject({ status: 'fulfilled', value: { pages: 1 } });
    expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'message.media-kind' } });
  });

  it('is given up when a file takes too long, and the next file gets a new one', async () => {
    const entry = await program(`
      import { parentPort } from 'node:worker_threads';
      parentPort.on('message', ({ id, source }) => {
        if (source[0] === 1) { parentPort.postMessage({ id, ok: true, media: { bytes: source } }); return; }
        for (;;);
      });`);
    const { maker: made, clock } = maker(entry);
    const stuck = made.fit(Buffer.from([0]), mms);
    const next = made.fit(Buffer.from([1]), mms);
    const told = expect(stuck).rejects.toMatchObject({ code: 'message.media-unreadable' });
    clock.advance(20_000);
    await told;
    expect((await next).bytes[0]).toBe(1);
  });

  it('that breaks fails its file alone', async () => {
    const entry = await program(`
      import { parentPort } from 'node:worker_threads';
      parentPort.on('message', ({ id, source }) => {
        if (source[0] === 0) process.exit(3);
        parentPort.postMessage({ id, ok: true, media: { bytes: source } });
      });`);
    const { maker: made } = maker(entry);
    const broken = made.fit(Buffer.from([0]), mms);
    const next = made.fit(Buffer.from([1]), mms);
    await expect(broken).rejects.toMatchObject({ code: 'message.media-unreadable' });
    expect((await next).bytes[0]).toBe(1);
  });

  it('fails what waits when it is closed', async () => {
    const { maker: made } = maker();
    const asked = made.fit(noisyPicture(300, 200), mms);
    const told = expect(asked).rejects.toMatchObject({ code: 'message.media-ended' });
    await made.close();
    await told;
    await expect(made.fit(noisyPicture(3, 2), mms)).rejects.toMatchObject({
      code: 'message.media-ended',
    });
  });
});
