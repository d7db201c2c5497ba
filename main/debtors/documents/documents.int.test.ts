import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { debtorDocument, letterBody } from '#shared/contract/index.ts';
import { MediaLinks } from '../../contract-server/index.ts';
import { createIdSource, systemClock, systemRandom } from '../../store/index.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { addDebt, addDebtor, addPortfolio } from '../debtors.fixture.ts';
import { documentWrites } from './document-writes.ts';
import { createDocuments, type Documents } from './documents.ts';
import { aLetterhead } from './letters.fixture.ts';

const DEMAND = '01a1f000-0000-7000-8000-000000000010';
const PLAN = '01a1f000-0000-7000-8000-000000000011';
const CONFIRMATION = '01a1f000-0000-7000-8000-000000000012';
/** one grey pixel */
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==';

let store: TestStore;
let documents: Documents;
let links: MediaLinks;
let published: string[];
let uploaded: Buffer | null;
let debtorId: string;
let personId: string;
/** who is on the line of a call that the agent is in with this debtor */
let disclosure: { ok: true } | { ok: false; because: string };

beforeEach(async () => {
  store = openTestStore({ writes: documentWrites });
  published = [];
  uploaded = null;
  disclosure = { ok: true };
  let token = 0;
  links = new MediaLinks({ clock: systemClock, newToken: () => `t${token++}` });
  documents = createDocuments({
    store,
    clock: systemClock,
    idSource: createIdSource(systemClock, systemRandom),
    links,
    uploads: {
      take(fileId) {
        if (uploaded === null) return null;
        const path = join(store.dataDir, 'logo');
        writeFileSync(path, uploaded);
        const file = {
          fileId,
          personId,
          path,
          fileName: 'logo',
          sizeBytes: uploaded.length,
          sha256: '',
        };
        return { ...file, dispose: async () => {} };
      },
    },
    publisher: { publish: (name) => published.push(name) },
    audit: () => {},
    documentsDirectory: join(store.dataDir, 'documents'),
    mayDisclose: (asked, by) => (asked === debtorId && by === personId ? disclosure : { ok: true }),
  });
  await documents.open();
  store.runNow((db, each) => {
    personId = each.newId();
    db.insert('person', {
      id: personId,
      displayName: 'Ewa',
      role: 'agent',
      sipUser: 'e',
      createdAt: 1,
    });
    const portfolioId = addPortfolio(db, each);
    debtorId = addDebtor(db, each, { portfolioId, displayName: 'Łucja Żółć', externalRef: 'KL/1' });
    addDebt(db, each, { portfolioId, debtorId, balanceMinor: 12_345 });
  });
});
afterEach(async () => {
  await documents.close();
  await store.close();
});

type Name = keyof Documents['handlers'] & string;
// biome-ignore lint/suspicious/noExplicitAny: inputs and replies of many commands
async function run(name: Name, input: object, commandId: string | null = null): Promise<any> {
  const handler = documents.handlers[name] as (input: object, context: object) => unknown;
  const principal = { personId, displayName: 'Ewa', role: 'lead' };
  return handler(input, { principal, connectionId: 'c', commandId });
}

async function bytesAt(url: string): Promise<Buffer> {
  const content = await links.open(url.replace('/media/', ''));
  const pieces: Buffer[] = [];
  for await (const piece of content!.createReadStream(null)) pieces.push(piece);
  expect(content!.contentType).toBe('application/pdf');
  expect(content!.size).toBe(Buffer.concat(pieces).length);
  return Buffer.concat(pieces);
}

const files = () => readdirSync(join(store.dataDir, 'documents'));
const create = (commandId: string | null = null) =>
  run('document.create', { debtorId, letterTemplateId: DEMAND, date: '2026-11-21' }, commandId);

describe('a letter', () => {
  it('is previewed without being kept', async () => {
    const seen = await run('document.preview', { debtorId, letterTemplateId: DEMAND });
    expect(seen).toMatchObject({ pages: 1, missing: expect.arrayContaining(['firm.name']) });
    expect((await bytesAt(seen.url)).subarray(0, 5).toString()).toBe('%PDF-');
    expect(files()).toEqual([]);
  });

  it('is previewed from a template that is being written', async () => {
    const body = letterBody.parse({
      subject: 'S',
      parts: [{ kind: 'text', text: '{{debtor.name}}' }],
    });
    const draft = { kind: 'other', language: 'en', body };
    const seen = await run('document.preview', { debtorId, draft });
    expect(seen).toMatchObject({ pages: 1, missing: [] });
    const wrong = { ...draft, body: { ...body, subject: '{{x}}' } };
    await expect(run('document.preview', { debtorId, draft: wrong })).rejects.toMatchObject({
      code: 'document.template-invalid',
      details: { problems: [{ part: null, problem: 'unknown-field', text: 'x' }] },
    });
  });

  it('is kept as an encrypted draft', async () => {
    const kept = await create();
    expect(debtorDocument.safeParse(kept).error).toBeUndefined();
    expect(kept).toMatchObject({
      name: 'Wezwanie do zapłaty 2026-11-21.pdf',
      kind: 'demandForPayment',
      language: 'pl',
      templateVersion: 1,
      createdBy: 'Ewa',
      sentAt: null,
    });
    const [file = ''] = files();
    expect(readFileSync(join(store.dataDir, 'documents', file)).includes('%PDF')).toBe(false);
    const opened = await run('document.open', { documentId: kept.documentId });
    const bytes = await bytesAt(opened.url);
    expect(bytes.length).toBe(kept.bytes);
    const read = await documents.readDocument(kept.documentId);
    expect(read.bytes.equals(bytes)).toBe(true);
    expect(store.read.get('SELECT count(*) AS n FROM interaction')).toEqual({ n: 0 });
    expect(published).toEqual(['document.changed']);
  });

  it('is neither made nor shown in a call in which it is not known who is on the line', async () => {
    disclosure = { ok: false, because: 'notIdentified' };
    const refused = { code: 'call.not-identified', details: { because: 'notIdentified' } };
    await expect(create()).rejects.toMatchObject(refused);
    const preview = run('document.preview', { debtorId, letterTemplateId: DEMAND });
    await expect(preview).rejects.toMatchObject(refused);
    expect(files()).toEqual([]);
    disclosure = { ok: true };
    expect(await create()).toMatchObject({ kind: 'demandForPayment' });
  });

  it('is made once for one command', async () => {
    const one = await create('same');
    const again = await create('same');
    expect(again.documentId).toBe(one.documentId);
    expect(files()).toHaveLength(1);
  });

  it('stands in the history once it was sent, and stays then', async () => {
    const { documentId } = await create();
    const sent = await run('document.mark-sent', {
      documentId,
      how: 'registeredPost',
      reference: 'RR1',
    });
    expect(sent).toMatchObject({ sentBy: 'Ewa', sentHow: 'registeredPost' });
    expect(
      store.read.get(
        `SELECT i.channel, i.direction, c.text, e.kind, e.dataJson FROM interaction i
           JOIN interactionContent c ON c.interactionId = i.id JOIN interactionEvent e ON e.interactionId = i.id`,
      ),
    ).toEqual({
      channel: 'letter',
      direction: 'out',
      text: 'Wezwanie do zapłaty 2026-11-21.pdf',
      kind: 'sent',
      dataJson: JSON.stringify({ how: 'registeredPost', documentId, reference: 'RR1' }),
    });
    expect(store.read.get('SELECT kind, channel FROM contactEvent')).toEqual({
      kind: 'message',
      channel: 'letter',
    });
    const code = { code: 'document.already-sent' };
    await expect(run('document.remove', { documentId })).rejects.toMatchObject(code);
    await expect(run('document.mark-sent', { documentId, how: 'post' })).rejects.toMatchObject(
      code,
    );
  });

  it('is not sent in the future', async () => {
    const { documentId } = await create();
    const sentAt = systemClock.now() + 3_600_000;
    await expect(
      run('document.mark-sent', { documentId, how: 'post', sentAt }),
    ).rejects.toMatchObject({ code: 'document.sent-in-future' });
  });

  it('is removed with its file while it is a draft', async () => {
    const { documentId } = await create();
    await run('document.remove', { documentId });
    expect(files()).toEqual([]);
    expect(await run('document.list', { debtorId })).toEqual({ documents: [] });
    await expect(documents.readDocument(documentId)).rejects.toMatchObject({
      code: 'contract.not-found',
    });
  });

  it.each([
    [PLAN, 'document.no-payment-plan'],
    [CONFIRMATION, 'document.no-payment'],
  ])('about nothing is refused (%s)', async (letterTemplateId, code) => {
    await expect(run('document.preview', { debtorId, letterTemplateId })).rejects.toMatchObject({
      code,
    });
  });

  it('demands nothing of who owes nothing', async () => {
    store.runNow((db) => {
      const { id } = db.get<{ id: string }>('SELECT id FROM debt')!;
      db.update('debt', id, { status: 'paid', balanceMinor: 0 });
    });
    await expect(
      run('document.preview', { debtorId, letterTemplateId: DEMAND }),
    ).rejects.toMatchObject({ code: 'document.nothing-owed' });
  });

  it('of a dead run without a row is cleared away', async () => {
    mkdirSync(join(store.dataDir, 'documents'), { recursive: true });
    const orphan = join(store.dataDir, 'documents', 'orphan.sealed');
    writeFileSync(orphan, 'x');
    await create();
    await documents.open();
    expect(existsSync(orphan)).toBe(false);
    expect(files()).toHaveLength(1);
  });
});

describe('the letterhead', () => {
  it('is kept, with a logo that can be drawn', async () => {
    uploaded = Buffer.from(PNG, 'base64');
    const saved = await run('document.set-letterhead', {
      letterhead: aLetterhead,
      logoFileId: 'f',
    });
    expect(saved).toMatchObject({
      ...aLetterhead,
      logo: { mediaType: 'image/png', width: 1, height: 1 },
    });
    const without = await run('document.set-letterhead', { letterhead: aLetterhead });
    expect(without.logo).not.toBeNull();
    const seen = await run('document.preview', { debtorId, letterTemplateId: DEMAND });
    expect(seen.missing).toEqual([]);
    const removed = await run('document.set-letterhead', {
      letterhead: aLetterhead,
      logoFileId: null,
    });
    expect(removed.logo).toBeNull();
  });

  it.each([
    [
      'no picture',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      'document.logo-unreadable',
    ],
    ['a damaged one', Buffer.from(PNG, 'base64').subarray(0, 40), 'document.logo-unreadable'],
    ['a large file', Buffer.alloc(600_000), 'document.logo-too-large'],
  ])('takes %s for none', async (_what, bytes, code) => {
    uploaded = bytes;
    await expect(
      run('document.set-letterhead', { letterhead: aLetterhead, logoFileId: 'f' }),
    ).rejects.toMatchObject({ code });
    expect((await run('document.get-letterhead', {})).logo).toBeNull();
  });
});

describe('templates', () => {
  const list = async () => (await run('document.list-templates', {})).templates;

  it('come as samples, and are versioned from then on', async () => {
    const sample = (await list()).find(
      (each: { letterTemplateId: string }) => each.letterTemplateId === DEMAND,
    );
    expect(sample).toMatchObject({ sample: true, version: 1 });
    const { name, kind, language, body } = sample;
    const input = { letterTemplateId: DEMAND, version: 1, name, kind, language };
    const saved = await run('document.save-template', {
      ...input,
      body: { ...body, subject: 'Mine' },
    });
    expect(saved).toMatchObject({ sample: false, version: 2, updatedBy: 'Ewa' });
    await expect(run('document.save-template', { ...input, body })).rejects.toMatchObject({
      code: 'document.template-changed',
    });
    const { versions } = await run('document.template-versions', { letterTemplateId: DEMAND });
    expect(versions.map((each: { version: number }) => each.version)).toEqual([2, 1]);
    expect(versions[1].body).toEqual(body);
    await documents.open();
    expect(
      (await run('document.template-versions', { letterTemplateId: DEMAND })).versions,
    ).toHaveLength(2);
  });

  it('that were removed do not come back with the next start', async () => {
    await run('document.remove-template', { letterTemplateId: PLAN });
    await documents.open();
    expect(await list()).toHaveLength(15);
  });
});
