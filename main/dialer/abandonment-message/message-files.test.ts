import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MediaContent, RequestContext } from '../../contract-server/index.ts';
import { type DialerRig, openDialerRig, rest, turnsUntil } from '../../testing/dialer-rig.ts';
import { readCampaignSettings } from '../settings/index.ts';
import {
  abandonmentMessageWrites,
  createAbandonmentMessageHandlers,
  findMessage,
  MessageFiles,
} from './index.ts';
import { toneData, wavFile } from './wav.fixture.ts';

let rig: DialerRig;
let files: MessageFiles;
let directory: string;
let uploaded: Map<string, string>;
const opened: (() => Promise<MediaContent | null> | MediaContent | null)[] = [];
const refreshed: string[] = [];
const logged: string[] = [];
const own = wavFile(toneData(2, { rate: 16_000 }), { rate: 16_000 });

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'dialdesk-messages-'));
  rig = openDialerRig(1, {
    writes: abandonmentMessageWrites,
    ownMessage: (campaignId) => files.playable(campaignId),
  });
  const log = (message: string) => logged.push(message);
  files = new MessageFiles({
    read: rig.store.read,
    clock: rig.clock,
    directory: join(directory, 'messages'),
    log,
  });
  await files.open();
  uploaded = new Map();
  opened.length = 0;
  refreshed.length = 0;
  logged.length = 0;
});
afterEach(() => {
  rig.close();
  rmSync(directory, { recursive: true, force: true });
});

/** The file as it was uploaded, ready to be set. */
function upload(bytes: Buffer, fileName = 'nobody-free.wav'): string {
  const path = join(directory, `${uploaded.size}.upload`);
  writeFileSync(path, bytes);
  const fileId = `file-${uploaded.size}`;
  uploaded.set(fileId, JSON.stringify({ path, fileName, sizeBytes: bytes.length }));
  return fileId;
}

function handlers() {
  const { store, idSource, campaignId } = rig;
  const known = (id: string) => {
    if (id !== campaignId) throw new Error('no such campaign');
    return { message: findMessage(store.read, id) } as never;
  };
  return createAbandonmentMessageHandlers({
    store,
    files,
    idSource,
    campaigns: { require: known, get: known, refresh: (id) => void refreshed.push(id) },
    uploads: {
      take(fileId, personId) {
        const file = uploaded.get(fileId);
        uploaded.delete(fileId);
        if (file === undefined) return null;
        const { path, fileName, sizeBytes } = JSON.parse(file);
        const dispose = () => rm(path, { force: true });
        return { fileId, personId, path, fileName, sizeBytes, sha256: '', dispose };
      },
    },
    links: {
      issue({ open }) {
        opened.push(open);
        return { path: '/media/one', expiresAt: 5 };
      },
    },
  });
}

const context = { principal: { personId: 'lead' }, commandId: null, baseUrl: 'http://here' };
/** What the handlers give back here. */
interface Answer {
  message: { messageId: string; name: string; durationMs: number };
}
const ask = async (name: string, input: object): Promise<Answer> =>
  handlers()[name as 'campaign.get']!(
    { campaignId: rig.campaignId, ...input } as never,
    context as unknown as RequestContext,
  ) as unknown as Promise<Answer>;
const set = (bytes: Buffer, name?: string) =>
  ask('campaign.set-abandonment-message', { fileId: upload(bytes, name) });
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: { code?: string }) => error.code,
  );
const stored = () => readdirSync(join(directory, 'messages'));

/** Somebody answers and meets no agent. @returns the files that were played to them */
async function abandon(): Promise<string[]> {
  const started = await rig.attempts.start(rig.start(), 'call');
  if (!started.ok) throw new Error('refused');
  await turnsUntil('sent', () => rig.trunks.calls[0]?.sent === true);
  rig.trunks.calls[0]!.answer();
  await turnsUntil('answered', () => rig.journal.includes('write attempt.answer'));
  rig.clock.advance(2_000);
  await turnsUntil('message', () => rig.media.inputs('play').length > 0);
  return played();
}
const played = () =>
  rig.media.inputs('play').map(({ source }) => (source as { file: string }).file);
const BUNDLED = '/prompts/en/abandonment.wav';

describe('the own message of a campaign', () => {
  it('is kept, named and played to who meets no agent, once', async () => {
    const { message } = await set(own, 'C:\\sounds\\nobody-free.wav');
    expect(message).toMatchObject({ name: 'nobody-free.wav', durationMs: 2_000 });
    expect(refreshed).toEqual([rig.campaignId]);
    expect(stored()).toEqual([`${message.messageId}.wav`]);
    expect(await abandon()).toEqual([join(directory, 'messages', `${message.messageId}.wav`)]);
    rig.media.endPlay();
    await turnsUntil('ended', () => rig.attempt('call').endedAt !== null);
    expect(played()).toHaveLength(1);
    expect(rig.attempt('call').attemptResult).toBe('abandoned');
  });

  it('when there is none, the bundled one is played', async () => {
    expect(await abandon()).toEqual([BUNDLED]);
    expect(logged).toEqual([]);
  });

  it.each([
    ['is missing', (file: string) => rmSync(file)],
    ['was cut off', (file: string) => truncateSync(file, 1_000)],
    ['was changed', (file: string) => writeFileSync(file, Buffer.alloc(32_044))],
  ])('whose file %s gives way to the bundled one', async (_name, harm) => {
    const { message } = await set(own);
    harm(join(directory, 'messages', `${message.messageId}.wav`));
    expect(await code(ask('campaign.open-abandonment-message', {}))).toBe(
      'campaign.message-damaged',
    );
    expect(await abandon()).toEqual([BUNDLED]);
    expect(logged).toHaveLength(1);
  });

  it('that the media process cannot play gives way to the bundled one', async () => {
    await set(own);
    rig.media.refused.add('play');
    await abandon();
    await turnsUntil('both', () => played().length === 2);
    expect(played()[1]).toBe(BUNDLED);
  });

  it('on a disk that does not answer is not waited for', async () => {
    await set(own);
    files.read = () => new Promise(() => {});
    const asked = files.playable(rig.campaignId);
    rig.clock.advance(249);
    await rest();
    rig.clock.advance(1);
    expect(await asked).toBeNull();
  });

  it('replaced or removed leaves no file behind', async () => {
    const first = await set(own);
    const second = await set(wavFile(toneData(1)));
    expect(second.message.messageId).not.toBe(first.message.messageId);
    expect(stored()).toEqual([`${second.message.messageId}.wav`]);
    const { message } = await ask('campaign.remove-abandonment-message', {});
    expect(message).toBeNull();
    expect(stored()).toEqual([]);
    expect(await files.playable(rig.campaignId)).toBeNull();
    expect(
      rig.store.read.all<{ action: string }>('SELECT action FROM auditEntry ORDER BY at, id'),
    ).toHaveLength(3);
  });

  it('that is refused changes nothing, and the upload is used up', async () => {
    const { message } = await set(own);
    const fileId = upload(Buffer.from('no sound'));
    const again = () => code(ask('campaign.set-abandonment-message', { fileId }));
    expect(await again()).toBe('campaign.message-not-wav');
    expect(await again()).toBe('import.unknown-file');
    expect(findMessage(rig.store.read, rig.campaignId)).toEqual(message);
    expect(stored()).toHaveLength(1);
    expect(readdirSync(directory)).toEqual(['messages']);
  });

  it('whose row cannot be written leaves no file', async () => {
    const fileId = upload(own);
    rig.store.runNow((db) => db.remove('campaign', rig.campaignId));
    expect(await code(ask('campaign.set-abandonment-message', { fileId }))).toBe(
      'contract.not-found',
    );
    expect(stored()).toEqual([]);
  });

  it('is listened to as it sounds on the line', async () => {
    const { message } = await set(own);
    expect(await ask('campaign.open-abandonment-message', {})).toEqual({
      url: 'http://here/media/one',
      expiresAt: 5,
      durationMs: 2_000,
    });
    const content = await opened[0]!();
    const onDisk = await readFile(join(directory, 'messages', `${message.messageId}.wav`));
    expect(content).toMatchObject({ contentType: 'audio/wav', size: onDisk.length });
    expect(await buffer(content!.createReadStream(null))).toEqual(onDisk);
    expect(await buffer(content!.createReadStream({ start: 0, end: 3 }))).toEqual(
      Buffer.from('RIFF'),
    );
  });

  it('of a dead run that no row knows is removed at the start; others stay', async () => {
    await set(own);
    writeFileSync(join(directory, 'messages', 'left-over.wav'), 'half');
    await files.open();
    expect(stored()).toHaveLength(1);
    expect(await files.playable(rig.campaignId)).not.toBeNull();
  });
});

it('words that an earlier version kept in the settings are left out', () => {
  const settings = readCampaignSettings('{"abandonmentMessage":"Good morning","weight":20}');
  expect(settings).not.toHaveProperty('abandonmentMessage');
  expect(settings.weight).toBe(20);
});
