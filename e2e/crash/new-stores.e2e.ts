import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeFlags } from '../../main/shell/node/node-flags.ts';
import { nodeSpawn } from '../../main/shell/node/spawn.ts';
import type { EngineToShell } from '../../main/shell/ports.ts';
import type { ReadDb } from '../../main/store/index.ts';
import { readPracticeStore } from '../support/practice-store.ts';
import { auditChanges } from './support/accounts.ts';
import { seededRandom } from './support/kill-plan.ts';

const KILL_POINT = fileURLToPath(new URL('./support/kill-point.ts', import.meta.url));
const MAKE_STORE = fileURLToPath(new URL('./support/make-store.ts', import.meta.url));
const DEMO_DEBTORS = 120;

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'dialdesk-new-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe('a store that is being created', () => {
  it('is nothing or a store that opens, at whatever file operation the engine dies', async () => {
    let killed = 0;
    for (let point = 1; ; point += 1) {
      const dataDir = join(directory, `data-${point}`);
      const first = await makeStore(dataDir, `file:${point}`);
      if (first.ok) break;
      killed += 1;
      expect(first.signal, first.stderr).toBe('SIGKILL');
      const second = await makeStore(dataDir, '');
      expect(second, `after a death at file operation ${point}`).toMatchObject({ ok: true });
    }
    // the lock, the key, the database, store.json and its place: fewer would mean that nothing was intercepted
    expect(killed).toBeGreaterThan(15);
  }, 240_000);
});

describe('a demo portfolio that is being seeded', () => {
  it('is whole and there once, however often the engine dies on the way', async () => {
    const random = seededRandom(7);
    const dataDir = join(directory, 'data');
    for (const what of ['commit', 'write', 'commit', 'write', 'commit', 'write'])
      await startDemo(dataDir, `${what}:${1 + Math.floor(random.next() * 9)}`);
    expect(await startDemo(dataDir, '')).toBe('ready');

    const { read, close } = await readPracticeStore(dataDir);
    try {
      expect(demoOf(read)).toEqual({
        portfolios: 1,
        debtors: DEMO_DEBTORS,
        differentDebtors: DEMO_DEBTORS,
        campaigns: 1,
        entries: DEMO_DEBTORS,
        differentEntries: DEMO_DEBTORS,
        openJobs: 0,
        people: 1,
      });
      expect(auditChanges(read)).toEqual([]);
    } finally {
      close();
    }
  }, 120_000);
});

async function makeStore(
  dataDir: string,
  killPoint: string,
): Promise<{ ok: boolean; signal: string | null; stderr: string }> {
  const run = promisify(execFile)(
    process.execPath,
    [...nodeFlags, '--import', KILL_POINT, MAKE_STORE, dataDir],
    { env: { ...process.env, DIALDESK_KILL_POINT: killPoint, DIALDESK_KILL_WITHIN: dataDir } },
  );
  return run.then(
    () => ({ ok: true, signal: null, stderr: '' }),
    (error: { signal: string | null; stderr: string }) => ({
      ok: false,
      signal: error.signal,
      stderr: error.stderr,
    }),
  );
}

/** Starts an engine on a directory; it dies at its point, or is asked to stop when it is ready. */
async function startDemo(dataDir: string, killPoint: string): Promise<'ready' | 'died'> {
  const engine = nodeSpawn('engine', {
    args: [
      '--data',
      dataDir,
      '--practice',
      '--demo',
      '--no-practice-carrier',
      '--no-practice-gateways',
    ],
    env: { NODE_OPTIONS: `--import ${KILL_POINT}`, DIALDESK_KILL_POINT: killPoint },
  });
  const died = new Promise<'died'>((resolve) => engine.onExit(() => resolve('died')));
  const outcome = await Promise.race([
    died,
    new Promise<'ready'>((resolve, reject) =>
      engine.onMessage((message) => {
        const report = message as EngineToShell;
        if (report.type === 'ready') resolve('ready');
        else if (report.type === 'fatal') reject(new Error(`${report.code}: ${report.message}`));
      }),
    ),
  ]);
  if (outcome === 'ready') await engine.stop();
  await died;
  return outcome;
}

function demoOf(read: ReadDb): Record<string, number> | undefined {
  return read.get(
    `SELECT (SELECT COUNT(*) FROM portfolio WHERE deletedAt IS NULL) AS portfolios,
       (SELECT COUNT(*) FROM debtor WHERE deletedAt IS NULL) AS debtors,
       (SELECT COUNT(DISTINCT externalRef) FROM debtor WHERE deletedAt IS NULL) AS differentDebtors,
       (SELECT COUNT(*) FROM campaign WHERE deletedAt IS NULL) AS campaigns,
       (SELECT COUNT(*) FROM contactListEntry) AS entries,
       (SELECT COUNT(DISTINCT debtorId) FROM contactListEntry) AS differentEntries,
       (SELECT COUNT(*) FROM importJob WHERE finishedAt IS NULL) AS openJobs,
       (SELECT COUNT(*) FROM person WHERE role <> 'machine') AS people`,
  );
}
