import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '#shared/errors/index.ts';
import { createStore, practiceKeyFile, systemClock } from '../store/index.ts';
import {
  type Check,
  clockAgainstStoreCheck,
  dataDirectoryCheck,
  diskFlushCheck,
  diskSpaceCheck,
  gatewaysCheck,
  keysCheck,
  mediaCheck,
  peersCheck,
  portsCheck,
  runChecks,
  storeCheck,
  trunksCheck,
  watchedClockCheck,
  windowCheck,
} from './index.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = join(mkdtempSync(join(tmpdir(), 'dialdesk-doctor-')), 'data');
});
afterEach(() => rmSync(join(dataDir, '..'), { recursive: true, force: true }));

const ask = async (check: Check) => (await runChecks([check], systemClock))[0];
const makeStore = () =>
  createStore({
    dataDir,
    storeKind: 'practice',
    keyProvider: { kind: 'keyFile', path: practiceKeyFile(dataDir) },
  });

describe('a list of checks', () => {
  it('is asked in its order, and one that fails or hangs does not keep the others from answering', async () => {
    const checks: Check[] = [
      { id: 'broken', look: () => Promise.reject(new AppError('sip.bind-failed', 'a path')) },
      { id: 'hanging', look: () => new Promise(() => {}) },
      { id: 'fine', look: () => ({ ok: 'yes', finding: 'doctor.ports.free' }) },
    ];
    const impatient = {
      ...systemClock,
      setTimer: (_ms: number, then: () => void) => systemClock.setTimer(1, then),
    };
    expect(await runChecks(checks.slice(1), impatient)).toEqual([
      { id: 'hanging', ok: 'unknown', finding: 'doctor.check.no-answer', details: {} },
      { id: 'fine', ok: 'yes', finding: 'doctor.ports.free', details: {} },
    ]);
    expect(await runChecks(checks.slice(0, 1), systemClock)).toEqual([
      {
        id: 'broken',
        ok: 'unknown',
        finding: 'doctor.check.failed',
        details: { code: 'sip.bind-failed' },
      },
    ]);
  });
});

describe('the data directory', () => {
  it('is missing, private or open to others', async () => {
    expect(await ask(dataDirectoryCheck(dataDir))).toMatchObject({
      ok: 'no',
      finding: 'doctor.data.missing',
    });
    mkdirSync(dataDir, { mode: 0o700 });
    expect(await ask(dataDirectoryCheck(dataDir))).toMatchObject({
      ok: 'yes',
      finding: 'doctor.data.private',
    });
    chmodSync(dataDir, 0o755);
    expect(await ask(dataDirectoryCheck(dataDir))).toMatchObject({
      ok: 'no',
      finding: 'doctor.data.open-to-others',
    });
  });

  it('has a disk with space, whose speed is measured and nothing left behind', async () => {
    mkdirSync(dataDir);
    expect((await ask(diskSpaceCheck(dataDir)))?.details.freeMb).toBeGreaterThan(0);
    expect(
      (await ask(diskFlushCheck(dataDir, systemClock)))?.details.medianMs,
    ).toBeGreaterThanOrEqual(0);
    const slow = { ...systemClock, monotonic: stepping(40) };
    expect(await ask(diskFlushCheck(dataDir, slow))).toMatchObject({
      ok: 'no',
      finding: 'doctor.flush.slow',
    });
    expect(() => readFileSync(join(dataDir, 'doctor.tmp'))).toThrow('ENOENT');
  });
});

describe('store, keys and clock', () => {
  it('are unknown without a store and found with one', async () => {
    expect(await ask(storeCheck(dataDir, () => false))).toMatchObject({ ok: 'unknown' });
    expect(await ask(keysCheck(dataDir, null))).toMatchObject({ ok: 'unknown' });
    expect(await ask(clockAgainstStoreCheck(dataDir, systemClock))).toMatchObject({
      ok: 'unknown',
    });
    await makeStore();
    expect(await ask(storeCheck(dataDir, () => false))).toMatchObject({
      ok: 'yes',
      finding: 'doctor.store.closed',
      details: { storeKind: 'practice' },
    });
    expect(await ask(keysCheck(dataDir, null))).toMatchObject({
      ok: 'yes',
      finding: 'doctor.keys.file',
    });
    expect(await ask(clockAgainstStoreCheck(dataDir, systemClock))).toMatchObject({ ok: 'yes' });
  });

  it('say that the key file is gone or open, and that the store comes from the future', async () => {
    await makeStore();
    chmodSync(practiceKeyFile(dataDir), 0o644);
    expect(await ask(keysCheck(dataDir, null))).toMatchObject({
      ok: 'no',
      finding: 'doctor.keys.open-to-others',
    });
    rmSync(practiceKeyFile(dataDir));
    expect(await ask(keysCheck(dataDir, null))).toMatchObject({
      ok: 'no',
      finding: 'doctor.keys.missing',
    });
    const tomorrow = Date.now() / 1000 + 86_400;
    utimesSync(join(dataDir, 'store.db'), tomorrow, tomorrow);
    expect(await ask(clockAgainstStoreCheck(dataDir, systemClock))).toMatchObject({
      ok: 'no',
      finding: 'doctor.clock.behind',
    });
  });
});

describe('parts of a running engine', () => {
  it('say what is down', async () => {
    const trunk = { name: 'Office', state: 'registered', failure: null } as const;
    expect(await ask(trunksCheck(() => []))).toMatchObject({
      ok: 'unknown',
      finding: 'doctor.trunks.none',
    });
    expect(await ask(trunksCheck(() => [trunk]))).toMatchObject({ ok: 'yes' });
    const refused = { name: 'Backup', state: 'refused', failure: 'sip.403' } as const;
    const off = { name: 'Old', state: 'disabled', failure: null } as const;
    expect(await ask(trunksCheck(() => [trunk, refused, off]))).toMatchObject({
      ok: 'no',
      finding: 'doctor.trunks.down',
      details: { count: 2, down: 'Backup', failure: 'sip.403' },
    });
    const mail = { name: 'Mail', state: 'failing', failure: 'gateway.login-refused' } as const;
    const busy = { name: 'SMS', state: 'limited', failure: null } as const;
    expect(await ask(gatewaysCheck(() => []))).toMatchObject({ ok: 'unknown' });
    expect(await ask(gatewaysCheck(() => [busy]))).toMatchObject({ ok: 'yes' });
    expect(await ask(gatewaysCheck(() => [mail, busy]))).toMatchObject({
      ok: 'no',
      details: { down: 'Mail', failure: 'gateway.login-refused' },
    });
    expect(await ask(mediaCheck(() => undefined))).toMatchObject({ ok: 'no' });
    expect(await ask(mediaCheck(() => 7))).toMatchObject({ ok: 'yes', details: { pid: 7 } });
    expect(await ask(watchedClockCheck(() => false))).toMatchObject({
      ok: 'no',
      finding: 'doctor.clock.suspect',
    });
    expect(await ask(portsCheck())).toMatchObject({ ok: 'yes' });
  });
});

describe('texts', () => {
  it('exist for every finding, and say what to do wherever something is wrong', () => {
    const folder = join(import.meta.dirname, 'checks');
    const source = readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('\n');
    const { doctor } = JSON.parse(
      readFileSync(join(import.meta.dirname, '../../resources/locales/en/doctor.json'), 'utf8'),
    ) as { doctor: Record<'finding' | 'todo', Record<string, Record<string, string>>> };
    const has = (texts: 'finding' | 'todo', code: string) => {
      const [, what = '', found = ''] = code.split('.');
      return doctor[texts][what]?.[found] !== undefined;
    };
    const codes = [...new Set(source.match(/doctor\.[a-z-]+\.[a-z-]+/g))];
    const wrong = [...source.matchAll(/ok: 'no',\s+finding: '(doctor\.[a-z-]+\.[a-z-]+)'/g)];
    expect(codes.length).toBeGreaterThan(25);
    expect(codes.filter((code) => !has('finding', code))).toEqual([]);
    expect(wrong.length).toBeGreaterThan(8);
    expect(wrong.flatMap(([, code = '']) => (has('todo', code) ? [] : [code]))).toEqual([]);
  });
});

describe('programs of this machine', () => {
  it('are found or missed', async () => {
    expect(await ask(windowCheck({ electron: false, browser: true }))).toMatchObject({
      finding: 'doctor.window.browser',
    });
    expect(await ask(windowCheck({ electron: false, browser: false }))).toMatchObject({ ok: 'no' });
    expect(await ask(peersCheck((name) => name === 'sipp'))).toMatchObject({
      ok: 'unknown',
      details: { missing: 'baresip' },
    });
  });
});

function stepping(stepMs: number): () => number {
  let now = 0;
  return () => {
    now += stepMs;
    return now;
  };
}
