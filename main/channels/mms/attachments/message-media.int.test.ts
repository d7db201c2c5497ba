import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { letterBody } from '#shared/contract/index.ts';
import { MediaLinks } from '../../../contract-server/index.ts';
import { addDebt, addDebtor, addPortfolio } from '../../../debtors/debtors.fixture.ts';
import { createDocuments, type Documents } from '../../../debtors/index.ts';
import { documentWrites } from '../../../debtors/writes.ts';
import { ManualClock } from '../../../practice/testing/manual-clock.ts';
import { createIdSource, systemClock, systemRandom } from '../../../store/index.ts';
import { openTestStore, type TestStore } from '../../../testing/open-test-store.ts';
import { jpegHead } from '../media/jpeg-segments.ts';
import { noisyPicture, storedPicture } from '../media/pictures.fixture.ts';
import { messageMediaWrites } from './media-writes.ts';
import { createMessageMedia, type MessageMediaDesk } from './message-media.ts';

const DAY_MS = 86_400_000;
const DEMAND = '01a1f000-0000-7000-8000-000000000010';

let store: TestStore;
let documents: Documents;
let desk: MessageMediaDesk;
let links: MediaLinks;
let clock: ManualClock;
let uploaded: Buffer | null;
let debtorId: string;
let otherId: string;
let personId: string;
let disclosure: { ok: true } | { ok: false; because: string };
let limit: number | null;
let directory: string;

beforeEach(async () => {
  clock = new ManualClock();
  store = openTestStore({ writes: { ...documentWrites, ...messageMediaWrites }, clock });
  directory = join(store.dataDir, 'documents');
  uploaded = null;
  limit = 300_000;
  disclosure = { ok: true };
  let token = 0;
  links = new MediaLinks({ clock, newToken: () => `t${token++}` });
  const uploads = {
    take(fileId: string) {
      if (uploaded === null) return null;
      const path = join(store.dataDir, 'upload');
      writeFileSync(path, uploaded);
      const file = {
        fileId,
        personId,
        path,
        fileName: 'x',
        sizeBytes: uploaded.length,
        sha256: '',
      };
      return { ...file, dispose: async () => {} };
    },
  };
  const common = {
    store,
    clock,
    idSource: createIdSource(systemClock, systemRandom),
    links,
    uploads,
    documentsDirectory: directory,
  };
  documents = createDocuments({
    ...common,
    publisher: { publish: () => {} },
    audit: () => {},
    mayDisclose: () => disclosure,
  });
  await documents.open();
  desk = createMessageMedia({
    ...common,
    papers: documents,
    maxMediaBytes: () => limit,
    log: () => {},
  });
  store.runNow((db, each) => {
    personId = each.newId();
    const person = { displayName: 'Ewa', role: 'agent', sipUser: 'e', createdAt: 1 };
    db.insert('person', { id: personId, ...person });
    const portfolioId = addPortfolio(db, each);
    debtorId = addDebtor(db, each, { portfolioId, displayName: 'Łucja Żółć', externalRef: 'KL/1' });
    otherId = addDebtor(db, each, { portfolioId, displayName: 'Jan Kot', externalRef: 'KL/2' });
    addDebt(db, each, { portfolioId, debtorId, balanceMinor: 12_345 });
  });
});
afterEach(async () => {
  await desk.close();
  await documents.close();
  await store.close();
});

const attach = (from: object, channel = 'mms', commandId: string | null = null) =>
  desk.handlers['message.attach']!({ debtorId, channel, from } as never, {
    principal: { personId, displayName: 'Ewa', role: 'agent' } as never,
    connectionId: 'c',
    commandId,
    baseUrl: 'http://127.0.0.1:1',
  });
const upload = (bytes: Buffer, name = 'Zdjęcie.png') => {
  uploaded = bytes;
  return attach({ kind: 'upload', fileId: 'f', name });
};
async function bytesAt(url: string): Promise<Buffer> {
  const content = await links.open(url.replace('http://127.0.0.1:1/media/', ''));
  const pieces: Buffer[] = [];
  for await (const piece of content!.createReadStream(null)) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}
const files = () => readdirSync(directory);
const plainLetter = () => {
  const body = letterBody.parse({
    subject: 'Saldo',
    parts: [{ kind: 'text', text: '{{debtor.name}}: {{total.balance}}' }],
  });
  const id = store.runNow((db, each) => {
    const made = each.newId();
    db.insert('letterTemplate', {
      id: made,
      name: 'Saldo',
      kind: 'balanceStatement',
      language: 'pl',
      version: 1,
      bodyJson: JSON.stringify(body),
      updatedAt: 1,
    });
    return made;
  });
  return id;
};

describe('a picture attached from a file', () => {
  it('is shown exactly as it will be sent', async () => {
    const attached = await upload(storedPicture(6, 'image/png'));
    expect(attached).toMatchObject({
      name: 'Zdjęcie.jpg',
      mediaType: 'image/jpeg',
      width: 80,
      height: 40,
      steps: expect.arrayContaining(['turned', 'metadataRemoved']),
    });
    const shown = await bytesAt(attached.url);
    const sent = await desk.media.read(attached.documentId);
    expect(shown.equals(sent.bytes)).toBe(true);
    expect(sent).toMatchObject({ name: 'Zdjęcie.jpg', mediaType: 'image/jpeg' });
    expect(jpegHead(shown).segments.every(({ marker }) => marker !== 0xe1)).toBe(true);
  });

  it('fits the gateway', async () => {
    limit = 150_000;
    const attached = await upload(noisyPicture(1200, 900));
    expect(attached.bytes).toBeLessThanOrEqual(150_000);
    expect(attached.originalBytes).toBeGreaterThan(150_000);
  });

  it('lies sealed on the disk and is no paper of the debtor', async () => {
    await upload(storedPicture(1, 'image/jpeg'));
    expect(files()).toHaveLength(1);
    const list = await documents.handlers['document.list']!({ debtorId } as never, {} as never);
    expect(list.documents).toEqual([]);
  });

  it('is made once for one command', async () => {
    uploaded = storedPicture(1, 'image/jpeg');
    const from = { kind: 'upload', fileId: 'f', name: 'a.jpg' };
    const first = await attach(from, 'mms', 'same');
    const again = await attach(from, 'mms', 'same');
    expect(again.documentId).toBe(first.documentId);
    expect(files()).toHaveLength(1);
  });

  it('that cannot be read leaves nothing behind', async () => {
    await expect(upload(Buffer.from('%PDF-1.7 broken'))).rejects.toMatchObject({
      code: 'message.media-unreadable',
    });
    await expect(attach({ kind: 'upload', fileId: 'f', name: 'x' })).rejects.toMatchObject({
      code: 'message.media-unreadable',
    });
    uploaded = null;
    await expect(attach({ kind: 'upload', fileId: 'f', name: 'x' })).rejects.toMatchObject({
      code: 'import.unknown-file',
    });
    expect(files()).toEqual([]);
  });
});

describe('a letter attached', () => {
  it('is a PDF in an e-mail and a picture in an MMS', async () => {
    const letterTemplateId = plainLetter();
    const pdf = await attach({ kind: 'letter', letterTemplateId, as: 'pdf' }, 'email');
    expect(pdf).toMatchObject({ mediaType: 'application/pdf', pages: 1 });
    expect((await bytesAt(pdf.url)).subarray(0, 5).toString()).toBe('%PDF-');
    const picture = await attach({ kind: 'letter', letterTemplateId, as: 'picture' });
    expect(picture).toMatchObject({ mediaType: 'image/jpeg', pages: 1, steps: ['page'] });
    expect(picture.name).toMatch(/^Saldo .*\.jpg$/);
  });

  it('with a field that has no value is refused', async () => {
    const asked = attach({ kind: 'letter', letterTemplateId: DEMAND, as: 'pdf' }, 'email');
    await expect(asked).rejects.toMatchObject({ code: 'message.missing-fields' });
  });

  it('is not made while it is not known who is on the line', async () => {
    const letterTemplateId = plainLetter();
    disclosure = { ok: false, because: 'notIdentified' };
    const asked = attach({ kind: 'letter', letterTemplateId, as: 'pdf' }, 'email');
    await expect(asked).rejects.toMatchObject({ code: 'call.not-identified' });
    // a picture of one's own discloses nothing by itself
    await upload(storedPicture(1, 'image/jpeg'));
  });

  it('is made for a template, all together within the limit', async () => {
    const letterTemplateId = plainLetter();
    const letter = { kind: 'letter', letterTemplateId, as: 'picture' } as const;
    const made = await desk.media.make({
      debtorId,
      channel: 'mms',
      maxBytes: 120_000,
      attachments: [letter, letter] as never,
      language: 'pl',
      debtIds: null,
      paymentPlanId: null,
      personId: null,
    });
    expect(made).toHaveLength(2);
    expect(made.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(120_000);
  });
});

describe('a document of the debtor', () => {
  it('goes with a message as it is, or a page of it as a picture', async () => {
    const created = await createdDocument(debtorId);
    const page = await attach({ kind: 'document', documentId: created, as: 'picture', page: 1 });
    expect(page).toMatchObject({ mediaType: 'image/jpeg', pages: 1 });
    const whole = await attach(
      { kind: 'document', documentId: created, as: 'asIs', page: 1 },
      'email',
    );
    expect(whole.mediaType).toBe('application/pdf');
  });

  it('of another debtor is not found', async () => {
    const created = await createdDocument(otherId);
    const asked = attach({ kind: 'document', documentId: created, as: 'asIs', page: 1 });
    await expect(asked).rejects.toMatchObject({ code: 'contract.not-found' });
  });

  async function createdDocument(owner: string): Promise<string> {
    const input = { debtorId: owner, letterTemplateId: plainLetter() };
    const context = { principal: { personId, displayName: 'Ewa' }, commandId: null };
    const made = await documents.handlers['document.create']!(input as never, context as never);
    return made.documentId;
  }
});

describe('an attachment', () => {
  it('of another debtor, or one that is gone, is neither shown nor sent', async () => {
    const { documentId } = await upload(storedPicture(1, 'image/jpeg'));
    const viewer = { debtorId: otherId, personId, baseUrl: '' };
    await expect(desk.media.show([documentId], viewer)).rejects.toMatchObject({
      code: 'message.attachment-gone',
    });
    expect(() => desk.media.keptMedia(store.read, otherId, [documentId])).toThrow(
      expect.objectContaining({ code: 'message.attachment-gone' }),
    );
    await expect(desk.media.read('none')).rejects.toMatchObject({
      code: 'message.attachment-gone',
    });
  });

  it('keeps what was done to it', async () => {
    const attached = await upload(storedPicture(3, 'image/jpeg'));
    const viewer = { debtorId, personId, baseUrl: '' };
    const [shown] = await desk.media.show([attached.documentId], viewer);
    const { steps, width, height, originalBytes } = attached;
    expect(shown).toMatchObject({ steps, width, height, originalBytes });
  });

  it('is removed with its file after a day unless a message took it', async () => {
    const taken = await upload(storedPicture(1, 'image/jpeg'));
    const left = await upload(storedPicture(2, 'image/jpeg'));
    store.runNow((db, each) =>
      db.insert('messageAttachment', {
        id: each.newId(),
        messageId: each.newId(),
        debtorId,
        documentId: taken.documentId,
        position: 0,
        name: 'a',
        mediaType: 'image/jpeg',
        bytes: 1,
      }),
    );
    clock.advance(DAY_MS - 1);
    desk.start();
    await gone(left.documentId, false);
    clock.advance(DAY_MS);
    await gone(left.documentId, true);
    expect(files()).toHaveLength(1);
    expect((await desk.media.read(taken.documentId)).bytes.length).toBeGreaterThan(0);
  });

  /** the sweep ends when the desk is closed, or when its writes are done */
  async function gone(documentId: string, expected: boolean): Promise<void> {
    // the queue of writes is in order: after this one, the sweep's own has been made
    await store.write(
      messageMediaWrites,
      'messageMedia.removeStale',
      { before: 0 },
      { priority: 'import' },
    );
    const read = desk.media.read(documentId).then(
      () => false,
      () => true,
    );
    expect(await read).toBe(expected);
    if (expected) await expect.poll(() => files().length).toBe(1);
  }
});

describe('a desk that is closed', () => {
  it('ends its sweep and its thread', async () => {
    mkdirSync(directory, { recursive: true });
    desk.start();
    await desk.close();
    uploaded = storedPicture(1, 'image/jpeg');
    await expect(attach({ kind: 'upload', fileId: 'f', name: 'a' })).rejects.toMatchObject({
      code: 'message.media-ended',
    });
    expect(existsSync(directory)).toBe(true);
  });
});
