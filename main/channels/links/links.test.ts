import { afterEach, describe, expect, it } from 'vitest';
import { AppError } from '#shared/errors/index.ts';
import type { PublicRequest } from '../../contract-server/index.ts';
import { manualClock } from '../../testing/contract-clock.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import {
  createLinkPages,
  createPublishedMedia,
  hookUrl,
  isHookSecret,
  newDocumentLink,
} from './index.ts';
import { insertDocumentLink, linkWrites } from './writes.ts';

const BASE = 'https://pay.firm.example/dial';
const BROWSER = 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari/605';
const DAY_MS = 86_400_000;
let store: TestStore | null = null;
afterEach(() => store?.close());

function asked(path: string, overrides: Partial<PublicRequest> = {}): PublicRequest {
  return {
    kind: 'document',
    method: 'GET',
    path,
    query: '',
    target: `/d/${path}`,
    headers: { 'user-agent': BROWSER },
    body: async () => new Uint8Array(),
    ...overrides,
  };
}

function open(document: Error | string = '%PDF-1.7 plan') {
  const clock = manualClock();
  const opened = openTestStore({ writes: linkWrites, clock });
  store = opened;
  const media = createPublishedMedia({ clock, publicBaseUrl: () => BASE });
  const readings: string[] = [];
  const pages = createLinkPages({
    store: opened,
    clock,
    media,
    readDocument: async () => {
      if (document instanceof Error) throw document;
      return {
        bytes: Buffer.from(document),
        name: 'Plan spłaty.pdf',
        mediaType: 'application/pdf',
      };
    },
    onFirstOpening: async ({ messageId }) => void readings.push(messageId),
    log: () => {},
  });
  const link = newDocumentLink(BASE);
  if (link === null) throw new Error('no link');
  opened.runNow((db) =>
    insertDocumentLink(db, {
      id: link.linkId,
      messageId: 'message-1',
      debtorId: null,
      documentId: 'document-1',
      createdAt: clock.now(),
      expiresAt: clock.now() + DAY_MS,
    }),
  );
  const token = link.url.slice(`${BASE}/d/`.length);
  const row = () =>
    opened.read.get<{ opens: number; openedAt: number | null }>(
      'SELECT opens, openedAt FROM documentLink',
    );
  return { clock, pages, media, token, row, readings, store: opened };
}

/** Counting goes on after the answer. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('a link to a document', () => {
  it('shows the document, counts openings and tells of the first', async () => {
    const { pages, token, row, readings } = open();
    for (let time = 0; time < 3; time += 1) {
      const reply = await pages.open(asked(token));
      expect(reply?.status).toBe(200);
      expect(reply?.headers['content-type']).toBe('application/pdf');
      expect(reply?.headers['content-disposition']).toBe(
        "inline; filename*=UTF-8''Plan%20sp%C5%82aty.pdf",
      );
      expect(Buffer.from(reply?.body ?? '').toString()).toBe('%PDF-1.7 plan');
      await settled();
    }
    await expect.poll(() => row()?.opens).toBe(3);
    expect(readings).toEqual(['message-1']);
  });

  it.each([
    ['HEAD', { method: 'HEAD' }],
    ['a previewer', { headers: { 'user-agent': 'Mozilla/5.0 (compatible; bingbot/2.0)' } }],
    ['a messenger', { headers: { 'user-agent': 'WhatsApp/2.24' } }],
    ['no browser at all', { headers: {} }],
    ['a prefetch', { headers: { 'user-agent': BROWSER, 'sec-purpose': 'prefetch;prerender' } }],
  ])('%s is no reading', async (_name, overrides) => {
    const { pages, token, row, readings } = open();
    expect((await pages.open(asked(token, overrides)))?.status).toBe(200);
    await settled();
    expect(row()?.opens).toBe(0);
    expect(readings).toEqual([]);
  });

  it('that has expired is a page that names nobody, in the language of the reader first', async () => {
    const { pages, token, clock, row } = open();
    clock.advance(DAY_MS);
    const reply = await pages.open(
      asked(token, { headers: { 'accept-language': 'pl-PL,pl;q=0.9' } }),
    );
    expect(reply?.status).toBe(410);
    const html = String(reply?.body);
    expect(html.indexOf('Ten link wygasł')).toBeLessThan(html.indexOf('This link has expired'));
    for (const text of ['Срок действия', '此链接已过期']) expect(html).toContain(text);
    expect(html).not.toContain('Plan');
    expect(row()?.opens).toBe(0);
  });

  it('to an erased document has ended', async () => {
    const { pages, token } = open(new AppError('document.erased', 'gone'));
    expect((await pages.open(asked(token)))?.status).toBe(410);
  });

  it('of another token is unknown, and the store has no token', async () => {
    const { pages, token, store: opened } = open();
    for (const other of [
      `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
      '',
      'x',
      '../../etc',
      `${token}A`,
    ]) {
      expect(await pages.open(asked(other))).toBeNull();
    }
    const rows = opened.read.all<Record<string, unknown>>('SELECT * FROM documentLink');
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('there is none without an address on the internet', () => {
    expect(newDocumentLink('')).toBeNull();
    expect(newDocumentLink(BASE)?.url).toMatch(
      /^https:\/\/pay\.firm\.example\/dial\/d\/[\w-]{32}$/,
    );
  });
});

describe('published pictures', () => {
  const picture = { name: 'a.jpg', mediaType: 'image/jpeg', bytes: Buffer.from('jpeg') };

  it('can be fetched for two hours', async () => {
    const { pages, media, clock } = open();
    const token = media.publish(picture)?.split('/d/')[1] ?? '';
    expect((await pages.open(asked(token)))?.headers['content-type']).toBe('image/jpeg');
    clock.advance(2 * 3_600_000);
    expect(await pages.open(asked(token))).toBeNull();
  });

  it('never run anything in the browser', async () => {
    const { pages, media } = open();
    const url = media.publish({ ...picture, mediaType: 'text/html' });
    const reply = await pages.open(asked(url?.split('/d/')[1] ?? ''));
    expect(reply?.headers['content-type']).toBe('application/octet-stream');
    expect(reply?.headers['content-disposition']).toMatch(/^attachment/);
  });

  it('do not fill the memory', () => {
    const { media } = open();
    const large = { ...picture, bytes: new Uint8Array(40 * 1024 * 1024) };
    expect(media.publish(large)).not.toBeNull();
    expect(media.publish(large)).toBeNull();
  });
});

describe('the address of a hook', () => {
  const key = 'ab'.repeat(32);

  it('stays the same and holds a secret for each gateway', () => {
    const url = hookUrl(BASE, key, 'gateway-1');
    expect(url).toBe(hookUrl(`${BASE}/`, key, 'gateway-1'));
    const secret = url?.split('/').at(-1) ?? '';
    expect(isHookSecret(key, 'gateway-1', secret)).toBe(true);
    expect(isHookSecret(key, 'gateway-2', secret)).toBe(false);
    expect(isHookSecret(key, 'gateway-1', '')).toBe(false);
    expect(isHookSecret('cd'.repeat(32), 'gateway-1', secret)).toBe(false);
  });
});
