import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ElectronStandIn } from '../../testing/electron-stand-in.ts';
import { dialLinkIn, parseDialLink } from './dial-links.ts';
import { createKeyStore } from './key-store.ts';
import { createPageFiles } from './page-files.ts';
import { installPermissions, isAllowedRequest, isPermitted } from './permissions.ts';
import { updatesFrom } from './updates.ts';

const ours = 'dialdesk://app';
const engineUrl = 'http://127.0.0.1:25000';

describe('permissions', () => {
  const asked = { permission: 'media', origin: ours, isMainFrame: true, mediaTypes: ['audio'] };

  it.each([
    ['media', ['audio']],
    ['speaker-selection', []],
    ['notifications', []],
    ['local-network-access', []],
    ['local-network', []],
    ['loopback-network', []],
    ['clipboard-sanitized-write', []],
  ])('our page may: %s %o', (permission, mediaTypes) => {
    expect(isPermitted({ ...asked, permission, mediaTypes })).toBe(true);
    expect(isPermitted({ ...asked, permission, mediaTypes, origin: `${ours}/` })).toBe(true);
  });

  it.each([
    ['media', ['video']],
    ['media', ['audio', 'video']],
    ['media', []],
    ['media', ['unknown']],
    ['geolocation', []],
    ['display-capture', []],
    ['clipboard-read', []],
    ['hid', []],
    ['serial', []],
    ['usb', []],
    ['openExternal', []],
    ['fileSystem', []],
    ['unknown', []],
  ])('our page may not: %s %o', (permission, mediaTypes) => {
    expect(isPermitted({ ...asked, permission, mediaTypes })).toBe(false);
  });

  it.each([
    'https://example.com',
    'null',
    '',
    'file://',
    'dialdesk://other',
    'dialdesk://app.evil',
  ])('the origin "%s" may nothing', (origin) => {
    expect(isPermitted({ ...asked, origin })).toBe(false);
  });

  it('a frame inside our page may nothing', () => {
    expect(isPermitted({ ...asked, isMainFrame: false })).toBe(false);
  });

  it('are answered the same whether they are asked or looked up; devices and screens are refused', () => {
    const electron = new ElectronStandIn();
    installPermissions(electron.api.session.defaultSession);
    let granted: boolean | undefined;
    electron.handler<(...args: unknown[]) => void>('setPermissionRequestHandler')(
      {},
      'media',
      (answer: boolean) => {
        granted = answer;
      },
      { requestingUrl: `${ours}/index.html`, isMainFrame: true, mediaTypes: ['audio'] },
    );
    const check = electron.handler<(...args: unknown[]) => boolean>('setPermissionCheckHandler');
    const details = { isMainFrame: true, mediaType: 'audio' };
    expect([granted, check(null, 'media', `${ours}/`, details)]).toEqual([true, true]);
    expect(check(null, 'media', 'https://example.com/', details)).toBe(false);
    expect(electron.handler<() => boolean>('setDevicePermissionHandler')()).toBe(false);
  });
});

it('no request leaves for anything but our files and the engine', () => {
  const allowed = [
    `${ours}/a.js`,
    `${engineUrl}/health`,
    'ws://127.0.0.1:25000/contract',
    'blob:x',
  ];
  const refused = [
    'https://example.com/',
    'http://127.0.0.1:2500/',
    'http://127.0.0.1:250001/',
    'ws://127.0.0.1:9/contract',
    'file:///etc/passwd',
    'http://127.0.0.1:25000.evil/',
  ];
  expect(allowed.filter((url) => !isAllowedRequest(url, engineUrl))).toEqual([]);
  expect(refused.filter((url) => isAllowedRequest(url, engineUrl))).toEqual([]);
  expect(isAllowedRequest(`${engineUrl}/health`, null)).toBe(false);
});

describe('our scheme', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'dialdesk-page-'));
    mkdirSync(join(root, 'page', 'assets'), { recursive: true });
    writeFileSync(join(root, 'page', 'index.html'), '<p>żółć');
    writeFileSync(join(root, 'page', 'assets', 'a.js'), 'x');
    writeFileSync(join(root, 'secret.txt'), 'secret');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function asks(url: string, method = 'GET', engine: string | null = engineUrl) {
    const files = createPageFiles({ root: join(root, 'page'), engineUrl: () => engine });
    return files({ url, method });
  }

  it('serves pages and scripts as UTF-8', async () => {
    const page = await asks(`${ours}/`);
    expect(await page.text()).toBe('<p>żółć');
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const script = await asks(`${ours}/assets/a.js`);
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(script.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('gives pages a policy that names the engine’s exact port and runs no inline script', async () => {
    const policy = (await asks(`${ours}/index.html`)).headers.get('content-security-policy') ?? '';
    expect(policy).toContain(`connect-src 'self' ${engineUrl} ws://127.0.0.1:25000;`);
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe-eval|\*/);
    const before = await asks(`${ours}/`, 'GET', null);
    expect(before.headers.get('content-security-policy')).toContain("connect-src 'self';");
  });

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/.git/config',
    '/%00',
    '/%ff',
    '/nothing.js',
    '/assets',
  ])('has nothing at %s', async (path) => {
    expect((await asks(ours + path)).status).toBe(404);
  });

  it('has nothing for other hosts, and takes nothing', async () => {
    expect((await asks('dialdesk://other/index.html')).status).toBe(404);
    expect((await asks(`${ours}/index.html`, 'POST')).status).toBe(405);
  });
});

describe('links', () => {
  it.each([
    ['tel:+48600000001', 'tel:+48600000001'],
    ['TEL:+48%20600-000-(001)', 'tel:+48600000001'],
    ['tel://+48600000001/', 'tel:+48600000001'],
    ['tel:112;phone-context=+48', 'tel:112'],
    ['sip:anna@example.com?subject=x', 'sip:anna@example.com'],
    ['sips:anna@[::1]:5061', 'sips:anna@[::1]:5061'],
  ])('%s fills the dial box with %s', (text, expected) => {
    expect(parseDialLink(text)).toBe(expected);
  });

  it.each([
    'https://x',
    'tel:',
    'tel:abc',
    'tel:%',
    'sip:a b@c',
    '--tel:1',
    `tel:${'1'.repeat(40)}`,
  ])('%s is no link', (text) => {
    expect(parseDialLink(text)).toBeNull();
  });

  it('are found among other arguments', () => {
    expect(dialLinkIn(['/path/main.mjs', '--flag', 'tel:112'])).toBe('tel:112');
    expect(dialLinkIn(['--flag'])).toBeNull();
  });
});

describe('the key store', () => {
  const secret = Uint8Array.of(1, 2, 255);

  it('gives back what was given to it', async () => {
    const keys = createKeyStore(new ElectronStandIn().api.safeStorage, 'linux');
    expect(Uint8Array.from(await keys.unwrap(await keys.wrap(secret)))).toEqual(secret);
  });

  it.each(['basic_text', 'unknown'])('refuses what only obscures: %s', async (backend) => {
    const electron = new ElectronStandIn();
    electron.storageBackend = backend;
    const keys = createKeyStore(electron.api.safeStorage, 'linux');
    expect(await keys.available()).toBe(false);
    await expect(keys.wrap(secret)).rejects.toMatchObject({ code: 'shell.no-key-store' });
    expect(await createKeyStore(electron.api.safeStorage, 'win32').available()).toBe(true);
  });

  it('refuses where there is none', async () => {
    const electron = new ElectronStandIn();
    electron.hasKeyStore = false;
    expect(await createKeyStore(electron.api.safeStorage, 'darwin').available()).toBe(false);
  });
});

it('updates are off unless everything that protects them is there', () => {
  const source = { url: 'https://updates.example', publisherName: 'P', manifestKey: 'K' };
  const reason = (changed: object) => updatesFrom({ ...source, ...changed }).capability;
  expect(updatesFrom(null).capability).toEqual({ kind: 'off', reason: 'no-source' });
  expect(reason({ url: 'http://updates.example' })).toEqual({ kind: 'off', reason: 'not-https' });
  expect(reason({ publisherName: '' })).toEqual({ kind: 'off', reason: 'no-publisher' });
  expect(reason({ manifestKey: '' })).toEqual({ kind: 'off', reason: 'not-signed' });
  expect(reason({})).toEqual({ kind: 'ready' });
});
