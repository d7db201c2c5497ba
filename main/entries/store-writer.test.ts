import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

/** It starts before anything else can, and each library that it loads is a second copy in the engine's memory. */
it('the writer thread loads what writes, and no library of calls, sockets or files', async () => {
  const { metafile } = await build({
    entryPoints: [fileURLToPath(new URL('./store-writer.ts', import.meta.url))],
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['better-sqlite3', 'node-datachannel', 'electron'],
    metafile: true,
    write: false,
  });
  const packages = new Set(
    Object.keys(metafile.inputs).flatMap(
      (file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? [],
    ),
  );
  expect([...packages].sort()).toEqual(['libphonenumber-js', 'zod']);
});
