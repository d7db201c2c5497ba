import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { installDigest, reasonToInstall } from './lib/ensure-installed.mjs';
import { installPeers } from './lib/install-peers.mjs';
import {
  completeLockedPackages,
  missingPlatformPackages,
  platformEntry,
} from './lib/lock-platforms.mjs';
import { root as projectRoot } from './lib/paths.mjs';
import { findPeer, type PeerName } from './lib/peers.mjs';
import { aTree, writeTree } from './testing/temporary-tree.ts';

const lock = { packages: { '': {}, 'node_modules/zod': { version: '1.0.0' } } };

function anInstalledProject() {
  const root = aTree({
    'package.json': { dependencies: { zod: '1.0.0' } },
    'package-lock.json': lock,
    'node_modules/.package-lock.json': lock,
  });
  const stamp = { digest: installDigest(root) };
  writeTree(root, { 'node_modules/.dialdesk-install.json': stamp });
  return root;
}

describe('whether to install', () => {
  it('does when nothing is there', () => {
    const root = aTree({ 'package.json': {}, 'package-lock.json': lock });
    expect(reasonToInstall(root)).toBe('node_modules is missing');
  });

  it('does not when the stamp matches, whatever else in package.json changes', () => {
    const root = anInstalledProject();
    writeTree(root, { 'package.json': { version: '2.0.0', dependencies: { zod: '1.0.0' } } });
    expect(reasonToInstall(root)).toBeUndefined();
  });

  it.each([
    ['package-lock.json', { packages: {} }],
    ['package.json', { dependencies: { zod: '1.0.1' } }],
  ])('does when %s changed its dependencies', (path, content) => {
    const root = anInstalledProject();
    writeTree(root, { [path]: content });
    expect(reasonToInstall(root)).toBe('the dependencies changed');
  });

  it('trusts what a plain npm ci has put in place', () => {
    const root = aTree({
      'package.json': {},
      'package-lock.json': lock,
      'node_modules/.package-lock.json': lock,
    });
    expect(reasonToInstall(root)).toBeUndefined();
  });

  it('does after an installation that broke off', () => {
    const root = aTree({ 'package.json': {}, 'package-lock.json': lock, 'node_modules/a': '' });
    expect(reasonToInstall(root)).toBe('node_modules is incomplete');
    writeTree(root, { 'node_modules/.package-lock.json': { packages: {} } });
    expect(reasonToInstall(root)).toBe('node_modules is incomplete');
  });
});

describe('lock file', () => {
  it('of this project holds every platform, so that npm ci takes it anywhere', () => {
    const { packages } = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8'));
    expect(missingPlatformPackages(packages)).toEqual([]);
  });

  it('is completed with what the names of packages say', () => {
    const packages = {
      'node_modules/tool': {
        version: '2.0.0',
        optionalDependencies: { '@tool/linux-x64-musl': '2.0.0' },
      },
    };
    const { packages: completed, added } = completeLockedPackages(packages);
    expect(added).toEqual(['@tool/linux-x64-musl']);
    expect(completed['node_modules/@tool/linux-x64-musl']).toEqual({
      version: '2.0.0',
      cpu: ['x64'],
      dev: true,
      libc: ['musl'],
      optional: true,
      os: ['linux'],
    });
  });

  it('refuses to guess', () => {
    expect(() => platformEntry({ name: 'fsevents', version: '^2.0.0' })).toThrow(/fsevents/);
  });
});

describe('peers', () => {
  it('are found on the search path, in its order', () => {
    expect(findPeer('sipp', aTree({ other: '' }))).toBeUndefined();
  });

  it('are installed on Debian as root, after one update', async () => {
    const commands: string[] = [];
    let missing: PeerName[] = ['sipp', 'chromium'];
    const runCommand = async (command: string, args: readonly string[]) => {
      commands.push([command, ...args].join(' '));
      if (args[0] === 'install') missing = [];
      return { code: 0, output: '' };
    };
    const still = await installPeers({
      isDebianRoot: true,
      findMissing: () => missing,
      runCommand,
      holdServices: () => {
        commands.push('hold services');
        return () => commands.push('let services go');
      },
      print: () => {},
    });
    expect(still).toEqual([]);
    expect(commands).toEqual([
      'hold services',
      'apt-get update',
      'apt-get install -y --no-install-recommends sip-tester chromium',
      'let services go',
    ]);
  });

  it('are named elsewhere, with the tests that are skipped', async () => {
    const lines: string[] = [];
    const still = await installPeers({
      isDebianRoot: false,
      findMissing: () => ['baresip'],
      print: (line) => lines.push(line),
    });
    expect(still).toEqual(['baresip']);
    expect(lines).toEqual([
      'baresip is not installed: the two-way audio tests against baresip as a debtor are skipped',
    ]);
  });
});
