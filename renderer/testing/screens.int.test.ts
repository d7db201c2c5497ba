import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const chromium = process.env.DIALDESK_CHROMIUM ?? '/usr/bin/chromium';
let folder: string;

describe.skipIf(!existsSync(chromium))('every designed state of the screens', () => {
  // before each: what fails here is tried once more with the test
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dialdesk-screens-'));
    const { build } = await import('vite');
    await build({
      configFile: join(import.meta.dirname, '../vite.config.ts'),
      mode: 'harness',
      logLevel: 'error',
      build: { outDir: folder, emptyOutDir: true },
    });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is drawn under the content security policy, fits its window, and axe finds nothing', async () => {
    const env = { ...process.env, DIALDESK_HARNESS: pathToFileURL(`${folder}/`).href };
    const { stdout } = await run(
      process.execPath,
      [join(import.meta.dirname, 'screens.mjs'), '--rotate'],
      { env },
    );
    expect(stdout).toMatch(/^\d\d+ screens, 0 problems$/m);
  }, 900_000);
});
