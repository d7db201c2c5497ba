import { describe, expect, it } from 'vitest';
import { checkRequest, type PathKind } from './request-guard.ts';

const settings = {
  hosts: new Set(['127.0.0.1:4000', 'localhost:4000', 'dial.example:4000']),
  origins: new Set(['http://127.0.0.1:4000', 'http://localhost:4000', 'dialdesk://app']),
};
type OwnKind = Exclude<PathKind, 'hook' | 'document'>;
const kinds: OwnKind[] = ['contract', 'sip', 'upload', 'health', 'media', 'static'];
const check = (kind: PathKind, headers: Record<string, string>) =>
  checkRequest(kind, { host: '127.0.0.1:4000', ...headers }, settings);

describe('host', () => {
  const wrong = [
    '127.0.0.1',
    '127.0.0.1:4001',
    'localhost',
    'evil.example:4000',
    'localhost.evil.example:4000',
    '127.0.0.1:4000.evil.example',
    '127.0.0.2:4000',
    '[::1]:4000',
    '',
  ];
  for (const kind of kinds) {
    it.each(wrong)(`${kind}: %s is refused even with a right origin`, (host) => {
      const verdict = check(kind, { host, origin: 'http://127.0.0.1:4000' });
      expect(verdict).toEqual({ ok: false, status: 421, reason: 'host' });
    });
    it.each(['127.0.0.1:4000', 'LOCALHOST:4000', 'dial.example:4000'])(
      `${kind}: %s passes`,
      (host) => expect(check(kind, { host, origin: 'http://localhost:4000' }).ok).toBe(true),
    );
  }

  it('is refused when it is missing', () => {
    expect(checkRequest('static', {}, settings)).toMatchObject({ ok: false, reason: 'host' });
  });
});

describe('origin', () => {
  for (const kind of kinds) {
    it.each([
      'http://127.0.0.1:4001',
      'https://127.0.0.1:4000',
      'http://127.0.0.1',
      'http://evil.example',
      'http://127.0.0.1:4000.evil.example',
      'file://',
      'dialdesk://other',
    ])(`${kind}: %s is refused`, (origin) => {
      expect(check(kind, { origin })).toEqual({ ok: false, status: 403, reason: 'origin' });
    });
    it.each(['http://127.0.0.1:4000', 'dialdesk://app'])(`${kind}: %s passes`, (origin) => {
      expect(check(kind, { origin })).toEqual({ ok: true, origin });
    });
  }
});

describe('no origin', () => {
  const nodeHeaders = { 'user-agent': 'node', 'sec-fetch-mode': 'websocket' };
  const expected: Record<OwnKind, boolean> = {
    contract: true,
    upload: true,
    sip: false,
    health: true,
    media: true,
    static: true,
  };
  for (const kind of kinds) {
    it(`${kind}: a command-line client ${expected[kind] ? 'passes' : 'is refused'}`, () => {
      expect(check(kind, nodeHeaders).ok).toBe(expected[kind]);
    });
  }

  it.each(['contract', 'upload'] as const)('%s: `null` passes from no browser only', (kind) => {
    expect(check(kind, { origin: 'null', ...nodeHeaders }).ok).toBe(true);
    expect(check(kind, { origin: 'null', 'user-agent': 'Mozilla/5.0 (X11)' }).ok).toBe(false);
  });

  it.each(['sip', 'health', 'media', 'static'] as const)('%s: `null` is refused', (kind) => {
    expect(check(kind, { origin: 'null' }).ok).toBe(false);
  });

  it.each([
    { 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'none' },
    { 'sec-fetch-dest': 'empty' },
    { 'sec-fetch-user': '?1' },
    { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0)' },
  ])('a browser is refused on the contract and on uploads: %o', (headers) => {
    expect(check('contract', headers as Record<string, string>).ok).toBe(false);
    expect(check('upload', headers as Record<string, string>).ok).toBe(false);
  });

  it.each(['health', 'media', 'static'] as const)('%s: only our own page may ask', (kind) => {
    expect(check(kind, { 'sec-fetch-site': 'same-origin' }).ok).toBe(true);
    expect(check(kind, { 'sec-fetch-site': 'none' }).ok).toBe(true);
    expect(check(kind, { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }).ok).toBe(
      false,
    );
    // another port of this machine is the same site
    expect(check(kind, { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' }).ok).toBe(
      false,
    );
  });

  it('the page itself may be opened from elsewhere, but not framed', () => {
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    expect(check('static', { ...link, 'sec-fetch-dest': 'document' }).ok).toBe(true);
    expect(check('static', { ...link, 'sec-fetch-dest': 'iframe' }).ok).toBe(false);
    expect(check('media', { ...link, 'sec-fetch-dest': 'document' }).ok).toBe(false);
  });
});

describe('the address on the internet', () => {
  const withPublic = { ...settings, isPublicHost: (host: string) => host === 'pay.firm.example' };
  const ask = (kind: PathKind, headers: Record<string, string>) =>
    checkRequest(kind, { host: 'pay.firm.example', ...headers }, withPublic);

  it.each(kinds)('%s: is refused as everywhere else', (kind) => {
    expect(ask(kind, {})).toEqual({ ok: false, status: 421, reason: 'host' });
    expect(ask(kind, { origin: 'http://127.0.0.1:4000' }).ok).toBe(false);
  });

  it.each(['hook', 'document'] as const)('%s: passes, as our own names do', (kind) => {
    expect(ask(kind, {}).ok).toBe(true);
    expect(ask(kind, { host: 'PAY.firm.example' }).ok).toBe(true);
    expect(ask(kind, { host: '127.0.0.1:4000' }).ok).toBe(true);
    expect(ask(kind, { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }).ok).toBe(
      true,
    );
  });

  it.each(['hook', 'document'] as const)('%s: other names and every origin are refused', (kind) => {
    expect(ask(kind, { host: 'evil.example' })).toMatchObject({ ok: false, reason: 'host' });
    expect(ask(kind, { host: 'pay.firm.example.evil.example' }).ok).toBe(false);
    expect(ask(kind, { origin: 'http://127.0.0.1:4000' })).toMatchObject({ reason: 'origin' });
    expect(ask(kind, { origin: 'null' }).ok).toBe(false);
  });

  it('is nobody as long as none is set', () => {
    const verdict = checkRequest('hook', { host: 'pay.firm.example' }, settings);
    expect(verdict).toEqual({ ok: false, status: 421, reason: 'host' });
  });
});
