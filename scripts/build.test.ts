import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BuildError, buildStale } from './lib/build.mjs';
import { buildParts } from './lib/build-parts.mjs';
import { inputDigest, inputFiles } from './lib/input-digest.mjs';
import { withLockFile } from './lib/lock-file.mjs';
import { aTree, type Tree, writeTree } from './testing/temporary-tree.ts';

const sources: Tree = {
  'package.json': '{}',
  'shared/util/index.ts': 'export const one = 1;',
  'main/entries/engine.ts': 'export {};',
  'main/dialer/index.ts': 'export {};',
  'preload/window.ts': 'export {};',
  'renderer/index.html': '<!doctype html>',
};

/** A bundler that writes the part's name, and remembers what it was asked for. */
function aBundler() {
  const asked: string[] = [];
  const bundle = async (part: { name: string }, folder: string) => {
    asked.push(part.name);
    writeFileSync(join(folder, 'bundle'), part.name);
    return { code: 0, output: '' };
  };
  return { asked, bundle };
}

function aProject(files: Tree = sources) {
  const projectRoot = aTree(files);
  const lines: string[] = [];
  const bundler = aBundler();
  const options = {
    projectRoot,
    bundle: bundler.bundle,
    print: (line: string) => lines.push(line),
  };
  return { projectRoot, lines, bundler, options };
}

describe('incremental build', () => {
  it('builds every part once and then nothing', async () => {
    const { options, bundler, lines, projectRoot } = aProject();
    expect(await buildStale(options)).toEqual(['main', 'preload', 'renderer']);
    expect(await buildStale(options)).toEqual([]);
    expect(bundler.asked).toEqual(['main', 'preload', 'renderer']);
    expect(lines).toHaveLength(3);
    expect(readFileSync(join(projectRoot, 'dist/main/bundle'), 'utf8')).toBe('main');
  });

  it.each([
    ['main/dialer/index.ts', ['main']],
    ['preload/window.ts', ['preload']],
    ['renderer/app/new.ts', ['renderer']],
    ['resources/locales/en/call.json', ['renderer']],
    ['shared/util/index.ts', ['main', 'preload', 'renderer']],
    ['package-lock.json', ['main', 'preload', 'renderer']],
    ['main/dialer/index.test.ts', []],
    ['README.md', []],
  ])('a change of %s rebuilds %j', async (path, expected) => {
    const { options, projectRoot } = aProject();
    await buildStale(options);
    writeTree(projectRoot, { [path]: 'changed' });
    expect(await buildStale(options)).toEqual(expected);
  });

  it('rebuilds a part whose output is gone', async () => {
    const { options, projectRoot } = aProject();
    await buildStale(options);
    rmSync(join(projectRoot, 'dist', 'preload'), { recursive: true });
    expect(await buildStale(options)).toEqual(['preload']);
  });

  it('builds only what it is asked for', async () => {
    const { options } = aProject();
    expect(await buildStale({ ...options, only: ['main'] })).toEqual(['main']);
  });

  it('keeps the old part when a build fails, and tries again next time', async () => {
    const { options, projectRoot } = aProject();
    await buildStale(options);
    writeTree(projectRoot, { 'preload/window.ts': 'broken' });
    const bundle = async () => ({ code: 1, output: 'window.ts:1: no' });
    const failing = buildStale({ ...options, bundle });
    await expect(failing).rejects.toThrow(BuildError);
    await expect(failing).rejects.toThrow(/window\.ts:1: no/);
    expect(existsSync(join(projectRoot, 'dist/preload/bundle'))).toBe(true);
    expect(await buildStale(options)).toEqual(['preload']);
  });

  it('builds once when two ask at the same time', async () => {
    const { options, bundler } = aProject();
    const built = await Promise.all([buildStale(options), buildStale(options)]);
    expect(built.flat().sort()).toEqual(['main', 'preload', 'renderer']);
    expect(bundler.asked).toHaveLength(3);
  });
});

describe('build parts', () => {
  it('has one entry per file of main/entries, tests left out', () => {
    const root = aTree({
      'main/entries/engine.ts': '',
      'main/entries/store-writer.ts': '',
      'main/entries/engine.test.ts': '',
    });
    expect(buildParts(root).map(({ name, entries }) => [name, entries])).toEqual([
      ['main', ['main/entries/engine.ts', 'main/entries/store-writer.ts']],
    ]);
  });
});

describe('digest of inputs', () => {
  it('changes with names and contents, not with what is missing', () => {
    const root = aTree({ 'a/one.ts': '1', 'a/two.ts': '2' });
    const before = inputDigest(root, ['a', 'missing']);
    expect(inputDigest(root, ['a', 'missing'])).toBe(before);
    writeTree(root, { 'a/two.ts': '3' });
    expect(inputDigest(root, ['a', 'missing'])).not.toBe(before);
    expect(inputFiles(root, ['a', 'missing'])).toEqual(['a/one.ts', 'a/two.ts']);
  });
});

describe('lock file', () => {
  it('takes over from an owner that is gone', async () => {
    const path = join(aTree({ 'dist/.lock': '999999999' }), 'dist/.lock');
    expect(await withLockFile(path, async () => readFileSync(path, 'utf8'))).toBe(
      String(process.pid),
    );
    expect(existsSync(path)).toBe(false);
  });

  it('gives up when a living process keeps it', async () => {
    const path = join(aTree({ 'dist/.lock': String(process.pid) }), 'dist/.lock');
    await expect(withLockFile(path, async () => 1, { timeoutMs: 0 })).rejects.toThrow(/holds/);
  });
});
