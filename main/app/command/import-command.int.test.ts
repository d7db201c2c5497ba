import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStore, practiceKeyFile } from '../../store/index.ts';

const program = join(import.meta.dirname, '../../entries/command.ts');
const sample = join(import.meta.dirname, '../../../resources/samples/portfolio-pl.csv');
let directory: string;
let dataDir: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'dialdesk-command-'));
  dataDir = join(directory, 'data');
});
afterEach(() => rmSync(directory, { recursive: true }));

function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, [program, ...args], {
    env: { ...process.env, DIALDESK_TOKEN: undefined, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function run(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = start(args, env);
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout!),
    text(child.stderr!),
    once(child, 'exit'),
  ]);
  return { stdout, stderr, status: status as number };
}

const lastLine = (stdout: string) =>
  JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as object;

const createPracticeStore = () =>
  createStore({
    dataDir,
    storeKind: 'practice',
    keyProvider: { kind: 'keyFile', path: practiceKeyFile(dataDir) },
  });

function file(content: string, name = 'spring.csv'): string {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}

describe('dialdesk import', () => {
  it('imports into a store that nobody holds; the same file again changes nothing', async () => {
    await createPracticeStore();
    const first = await run(['import', sample, '--data', dataDir, '--json']);
    expect(first.stderr).toBe('');
    expect(lastLine(first.stdout)).toMatchObject({
      rows: 120,
      imported: 120,
      updated: 0,
      rejected: 0,
      rejectsFile: null,
    });
    const again = await run(['import', sample, '--data', dataDir, '--json']);
    expect(lastLine(again.stdout)).toMatchObject({
      imported: 0,
      updated: 0,
      unchanged: 120,
    });
  });

  it('tries out payments, then imports them by a mapping, each once', async () => {
    await createPracticeStore();
    await run(['import', sample, '--data', dataDir, '--json']);
    const debts = readFileSync(sample, 'utf8').split('\r\n');
    const column = debts[0]?.split(';').indexOf('Nr umowy') ?? -1;
    const reference = debts[1]?.split(';')[column] ?? '';
    const path = file(`Sprawa;Ile;Kiedy\n${reference};1,50;2026-11-18\nnikt;2,00;2026-11-18\n`);
    const mapping = join(directory, 'm.json');
    const columns = { Sprawa: 'reference', Ile: 'amount', Kiedy: 'paidOn' };
    writeFileSync(mapping, JSON.stringify({ columns, hasHeader: true, decimalSeparator: ',' }));

    const args = [
      'import',
      path,
      '--data',
      dataDir,
      '--kind',
      'payments',
      '--mapping',
      mapping,
      '--json',
    ];
    const tried = await run([...args, '--dry-run']);
    expect(tried.stderr).toBe('');
    const rejectsFile = join(directory, 'spring.rejects.csv');
    const counts = { rows: 2, imported: 1, updated: 0, unchanged: 0, rejected: 1, rejectsFile };
    expect(lastLine(tried.stdout)).toMatchObject({ ...counts, dryRun: true });
    const first = await run(args);
    expect(lastLine(first.stdout)).toMatchObject(counts);
    expect(readFileSync(rejectsFile, 'utf8')).toContain('3;reference.unknown;');
    const again = await run(args);
    expect(lastLine(again.stdout)).toMatchObject({ imported: 0, unchanged: 1, rejected: 1 });
    expect(await run([...args, '--template', 'none'])).toMatchObject({ status: 2 });
    expect(await run(['import', path, '--data', dataDir, '--kind', 'gold'])).toMatchObject({
      status: 2,
    });
  });

  it('writes the rejected records beside the file, with line and reason', async () => {
    await createPracticeStore();
    const path = file('Kto;Tel;Ile\nAnn;+48100200300;5,00\nBob;+48100200301;dużo\n');
    const mapping = join(directory, 'm.json');
    const columns = { Kto: 'fullName', Tel: 'phone', Ile: 'balance' };
    writeFileSync(
      mapping,
      JSON.stringify({ columns, defaultCurrency: 'PLN', decimalSeparator: ',' }),
    );

    const args = ['import', path, '--data', dataDir, '--mapping', mapping, '--json'];
    const { stdout, status } = await run(args);

    expect(status).toBe(0);
    const rejectsFile = join(directory, 'spring.rejects.csv');
    expect(lastLine(stdout)).toMatchObject({ rows: 2, imported: 1, rejected: 1, rejectsFile });
    expect(readFileSync(rejectsFile, 'utf8')).toContain(`3;amount.unreadable;`);
  });

  it('goes through the engine that holds the directory', async () => {
    const engine = start(['engine', '--data', dataDir, '--practice', '--no-practice-carrier']);
    try {
      await Promise.race([
        once(engine.stdout!, 'data'),
        once(engine, 'exit').then(() => Promise.reject(new Error('the engine did not start'))),
      ]);
      const path = file('Name;Phone;Agreement;Amount\nAnn;+48100200300;A1;5,00\nBob;123;A2;6,00\n');
      const { stdout, stderr } = await run(['import', path, '--data', dataDir, '--json']);
      expect(stderr).toBe('');
      const rejectsFile = join(directory, 'spring.rejects.csv');
      expect(lastLine(stdout)).toMatchObject({ rows: 2, imported: 1, rejected: 1, rejectsFile });
      expect(readFileSync(rejectsFile, 'utf8')).toContain('phone.unreadable');
    } finally {
      if (engine.exitCode === null) {
        engine.kill('SIGTERM');
        await once(engine, 'exit');
      }
    }
  });

  it('says in one line what is missing', async () => {
    const path = file('Name;Amount\nAnn;5,00\n');
    const noStore = await run(['import', path, '--data', dataDir]);
    expect([noStore.status, noStore.stderr.trim().split('\n').length]).toEqual([1, 1]);
    expect(noStore.stderr).toMatch(/store\.not-found: .*dialdesk engine/);

    expect((await run(['import', path])).status).toBe(2);
    expect((await run(['import', '/nowhere.csv', '--data', dataDir])).status).toBe(2);

    const keyProvider = { kind: 'passphrase', passphrase: 'a long one' } as const;
    await createStore({ dataDir, storeKind: 'real', keyProvider });
    const noKey = await run(['import', path, '--data', dataDir]);
    expect(noKey.stderr).toMatch(/store\.key-needed: .*DIALDESK_PASSPHRASE/);
    const withKey = await run(['import', path, '--data', dataDir, '--json'], {
      DIALDESK_PASSPHRASE: 'a long one',
    });
    expect(lastLine(withKey.stdout)).toMatchObject({ imported: 1 });
  });
});

describe('dialdesk sample', () => {
  it('prints the file that ships, byte for byte', async () => {
    const args = '--rows 120 --seed 12 --language en --as-of 2026-11-01'.split(' ');
    const { stdout, status } = await run(['sample', ...args]);
    const shipped = join(import.meta.dirname, '../../../resources/samples/portfolio-en.csv');
    expect(status).toBe(0);
    expect(stdout).toBe(readFileSync(shipped, 'utf8'));
  });

  it('refuses what it does not understand', async () => {
    expect(await run(['sample', '--rows', 'many'])).toMatchObject({ status: 2, stdout: '' });
    expect(await run(['sample', '--rows', '5', '--language', 'xx'])).toMatchObject({ status: 2 });
  });
});
