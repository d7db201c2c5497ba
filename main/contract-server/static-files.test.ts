import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from './content-security-policy.ts';
import { findStaticFile } from './static-files.ts';

describe('static files', () => {
  let base = '';
  let root = '';
  beforeAll(() => {
    base = mkdtempSync(join(tmpdir(), 'dialdesk-static-'));
    root = join(base, 'renderer');
    mkdirSync(join(root, 'assets'), { recursive: true });
    writeFileSync(join(root, 'index.html'), '<!doctype html>');
    writeFileSync(join(root, 'assets', 'index-B4x9_dQz.js'), '1');
    writeFileSync(join(root, '.env'), 'hidden');
    writeFileSync(join(base, 'secret.txt'), 'secret');
    symlinkSync(join(base, 'secret.txt'), join(root, 'link.txt'));
  });
  afterAll(() => rmSync(base, { recursive: true, force: true }));

  it('finds files, and the page for its root and its routes', async () => {
    const found = async (path: string) => basename((await findStaticFile(root, path)) ?? 'none');
    expect(await found('/assets/index-B4x9_dQz.js')).toBe('index-B4x9_dQz.js');
    expect(await found('/')).toBe('index.html');
    expect(await found('/campaigns/12')).toBe('index.html');
    expect(await found('/assets/missing.js')).toBe('none');
  });

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '/link.txt',
    '/.env',
    '/%00',
    '/%',
    '/c:/windows/win.ini',
  ])('gives nothing for %s', async (path) => {
    expect(await findStaticFile(root, path)).toBeNull();
  });
});

describe('content security policy', () => {
  const policy = contentSecurityPolicy(['ws://127.0.0.1:4000', 'http://127.0.0.1:4000']);

  it('names the exact addresses that may be connected to', () => {
    expect(policy).toContain("connect-src 'self' ws://127.0.0.1:4000 http://127.0.0.1:4000;");
    expect(policy).not.toContain('*');
  });

  it('allows scripts of our origin only and no frame', () => {
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe-eval');
  });
});
