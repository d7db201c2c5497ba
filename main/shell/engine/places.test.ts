import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applicationDirectory, dataPlaces, engineArgumentsFor, RememberedPort } from './index.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'dialdesk-places-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe('where data live', () => {
  it.each([
    ['linux', {}, '/home/a/.local/share/Dialdesk'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/data/Dialdesk'],
    ['darwin', {}, '/home/a/Library/Application Support/Dialdesk'],
  ] as const)('on %s with %o', (platform, env, expected) => {
    expect(applicationDirectory({ platform, env, home: '/home/a' })).toBe(expected);
  });

  it('keeps the two stores apart, and the real key outside the real store', () => {
    const places = dataPlaces('/base');
    expect(places.dataDir('practice')).toBe(join('/base', 'practice'));
    expect(places.dataDir('real')).toBe(join('/base', 'real'));
    expect(places.realKeyFile.startsWith(join('/base', 'real'))).toBe(false);
  });

  it('takes a named directory as the store itself, and puts the other one beside it', () => {
    const places = dataPlaces('/base', { dataDir: '/d', storeKind: 'practice' });
    expect([places.dataDir('practice'), places.dataDir('real')]).toEqual(['/d', '/d-real']);
    expect(places.realKeyFile).toBe('/d-real.key');
  });
});

describe('the port of a data directory', () => {
  const random = { next: () => 0.5 };

  it('stays the same once an engine has listened on it', () => {
    new RememberedPort(directory, random).remember(23_456);
    expect(new RememberedPort(directory, { next: () => 0 }).choose()).toBe(23_456);
  });

  it('is chosen below the ranges that systems give to outgoing connections', () => {
    expect(new RememberedPort(directory, random).choose()).toBe(25_000);
    expect(new RememberedPort(directory, { next: () => 0.999_999 }).chooseAnother()).toBe(29_999);
  });

  it('is chosen anew when what was remembered is damaged', () => {
    writeFileSync(join(directory, 'shell.json'), '{"port":"http"}');
    expect(new RememberedPort(directory, random).choose()).toBe(25_000);
  });
});

describe('what an engine is started with', () => {
  const base = { port: 25_000, staticRoot: '/r', origin: null, hasSecrets: false, keyFile: null };

  it('a practice store with its demo portfolio and no key of ours', () => {
    const places = dataPlaces(directory);
    expect(engineArgumentsFor({ ...base, places, storeKind: 'practice' })).toEqual([
      ...['--data', join(directory, 'practice'), '--listen', '127.0.0.1:25000'],
      ...['--practice', '--demo', '--static', '/r'],
    ]);
  });

  it('a new real store with a key file outside it, where the shell has no key store', () => {
    const places = dataPlaces(directory);
    const args = engineArgumentsFor({ ...base, places, storeKind: 'real' });
    expect(args).toContain(places.realKeyFile);
    expect(args).not.toContain('--practice');
    const mode = statSync(join(directory, 'keys')).mode & 0o777;
    if (process.platform !== 'win32') expect(mode).toBe(0o700);
  });

  it('a new real store without a key file where the shell wraps the key', () => {
    const places = dataPlaces(directory);
    const args = engineArgumentsFor({
      ...base,
      places,
      storeKind: 'real',
      hasSecrets: true,
      staticRoot: null,
      origin: 'dialdesk://app',
    });
    expect(args).not.toContain('--key-file');
    expect(args.slice(-2)).toEqual(['--origin', 'dialdesk://app']);
  });
});
