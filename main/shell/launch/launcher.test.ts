import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { manualClock } from '../../testing/contract-clock.ts';
import type { HostFacts } from './choose-shell.ts';
import { electronFiles, ensureElectron } from './electron-binary.ts';
import { readLaunchArguments } from './launch-arguments.ts';
import { type ElectronRun, runElectron } from './run-electron.ts';
import { runLauncher } from './run-launcher.ts';

const desktop: HostFacts = { platform: 'linux', env: { DISPLAY: ':0' }, isRoot: false };

interface Case {
  args?: string[];
  facts?: Partial<HostFacts>;
  browser?: string | null;
  moreFlags?: string[];
  electron?: string | null;
  run?: ElectronRun;
}

async function launches(given: Case) {
  const said: string[] = [];
  const done: string[] = [];
  const status = await runLauncher(readLaunchArguments(given.args ?? []), {
    facts: { ...desktop, ...given.facts },
    browser: given.browser === undefined ? '/usr/bin/chromium' : given.browser,
    moreFlags: given.moreFlags ?? [],
    async ensureElectron(retry) {
      done.push(retry ? 'look for Electron again' : 'look for Electron');
      return given.electron
        ? { found: true, program: given.electron }
        : { found: false, reason: 'its binary could not be fetched' };
    },
    async runElectron(program) {
      done.push(`Electron ${program}`);
      return given.run ?? { ran: true, code: 0 };
    },
    async runNodeShell(window) {
      done.push(window.kind === 'browser' ? window.program : 'address');
      return 7;
    },
    tell: (line) => said.push(line),
  });
  return { status, said, done };
}

describe('which shell is started', () => {
  it('Electron where it runs, and its status is ours', async () => {
    const { status, said, done } = await launches({
      electron: '/e',
      run: { ran: true, code: 3 },
    });
    expect([status, said, done]).toEqual([3, [], ['look for Electron', 'Electron /e']]);
  });

  it('a browser when Electron’s binary is absent, with the reason in one line', async () => {
    const { status, said, done } = await launches({ electron: null });
    expect(done).toEqual(['look for Electron', '/usr/bin/chromium']);
    expect(said).toEqual([
      'Opening in the browser: Electron is not used, its binary could not be fetched.',
    ]);
    expect(status).toBe(7);
  });

  it('a browser when Electron does not come up', async () => {
    const run: ElectronRun = { ran: false, reason: 'it was not ready in 15 s' };
    const { said, done } = await launches({ electron: '/e', run });
    expect(done.at(-1)).toBe('/usr/bin/chromium');
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('not ready in 15 s');
  });

  it('as root on Linux, a browser without asking for Electron, and says that the sandbox is off', async () => {
    const { said, done } = await launches({ facts: { isRoot: true }, electron: '/e' });
    expect(done).toEqual(['/usr/bin/chromium']);
    expect(said[0]).toContain('root');
    expect(said[1]).toBe('Running as root: the browser runs without its sandbox.');
  });

  it('an address without a display, and nothing is fetched', async () => {
    const { said, done } = await launches({ facts: { env: {} }, electron: '/e' });
    expect(done).toEqual(['address']);
    expect(said.join('\n')).toContain('No window: there is no display');
  });

  it('a headless browser needs no display', async () => {
    const { done } = await launches({ facts: { env: {} }, moreFlags: ['--headless=new'] });
    expect(done).toEqual(['/usr/bin/chromium']);
  });

  it('an address where there is no browser', async () => {
    const { said, done } = await launches({ browser: null });
    expect(done.at(-1)).toBe('address');
    expect(said.at(-1)).toContain('no Chromium, Chrome or Edge was found');
  });

  it.each([
    [['--headless'], 'address'],
    [['--no-open'], 'address'],
    [['--node-shell'], '/usr/bin/chromium'],
  ])('%o goes past Electron, to %s', async (args, expected) => {
    const { said, done } = await launches({ args, electron: '/e' });
    expect([done, said]).toEqual([[expected], []]);
  });

  it('--retry-electron fetches once more', async () => {
    const { done } = await launches({ args: ['--retry-electron'] });
    expect(done[0]).toBe('look for Electron again');
  });
});

describe('Electron coming up', () => {
  function arrange() {
    const clock = manualClock();
    const electron = {
      ready: () => {},
      exit: (_code: number | null) => {},
      killed: [] as string[],
    };
    const run = runElectron(
      {
        onReady(listener) {
          electron.ready = listener;
        },
        onExit(listener) {
          electron.exit = listener;
        },
        kill: (signal) => electron.killed.push(signal),
      },
      clock,
    );
    return { clock, electron, run };
  }

  it('is waited for until it ends once it is ready', async () => {
    const { clock, electron, run } = arrange();
    electron.ready();
    clock.advance(3_600_000);
    electron.exit(0);
    expect(await run).toEqual({ ran: true, code: 0 });
  });

  it('is given up when it ends before it is ready', async () => {
    const { electron, run } = arrange();
    electron.exit(133);
    expect(await run).toEqual({ ran: false, reason: 'it ended at once (133)' });
  });

  it('is ended and given up when it is not ready in 15 s', async () => {
    const { clock, electron, run } = arrange();
    clock.advance(15_000);
    expect(await run).toEqual({ ran: false, reason: 'it was not ready in 15 s' });
    expect(electron.killed).toEqual(['SIGKILL']);
  });

  it('may hand over to one that runs already', async () => {
    const { electron, run } = arrange();
    electron.exit(0);
    expect(await run).toEqual({ ran: true, code: 0 });
  });
});

describe('Electron’s binary', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'dialdesk-electron-'));
    mkdirSync(join(root, 'node_modules', 'electron', 'dist'), { recursive: true });
    writePackage('1.0.0');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function writePackage(version: string): void {
    writeFileSync(
      join(root, 'node_modules', 'electron', 'package.json'),
      JSON.stringify({ version }),
    );
  }

  function placeBinary(): void {
    const folder = join(root, 'node_modules', 'electron');
    writeFileSync(join(folder, 'path.txt'), 'electron');
    writeFileSync(join(folder, 'dist', 'electron'), '');
  }

  async function looks(fetched: () => boolean, retry = false) {
    let attempts = 0;
    const search = await ensureElectron(electronFiles(root), retry, async () => {
      attempts += 1;
      return fetched();
    });
    return { found: search.found, attempts };
  }

  it('is used without a word to anybody when it is there', async () => {
    placeBinary();
    expect(await looks(() => false)).toEqual({ found: true, attempts: 0 });
  });

  it('is fetched once, and never again after it failed', async () => {
    expect(await looks(() => false)).toEqual({ found: false, attempts: 1 });
    expect(await looks(() => false)).toEqual({ found: false, attempts: 0 });
  });

  it('is fetched again on demand, and for another version', async () => {
    await looks(() => false);
    expect(await looks(() => false, true)).toEqual({ found: false, attempts: 1 });
    writePackage('2.0.0');
    expect(await looks(() => false)).toEqual({ found: false, attempts: 1 });
  });

  it('is found after it was fetched', async () => {
    const fetched = () => {
      placeBinary();
      return true;
    };
    expect(await looks(fetched)).toEqual({ found: true, attempts: 1 });
    expect(existsSync(electronFiles(root).failureFile)).toBe(false);
  });

  it('is not asked for where the package is not installed', async () => {
    rmSync(join(root, 'node_modules'), { recursive: true });
    expect(await looks(() => true)).toEqual({ found: false, attempts: 0 });
  });
});

describe('arguments', () => {
  it('default to practice with a window', () => {
    expect(readLaunchArguments([])).toMatchObject({
      dataDir: null,
      storeKind: 'practice',
      open: true,
      headless: false,
    });
  });

  it('take a link from the system, and nothing else that is no option', () => {
    expect(readLaunchArguments(['tel:+48600000001']).link).toBe('tel:+48600000001');
    expect(() => readLaunchArguments(['file:///etc/passwd'])).toThrow('not understood');
  });

  it.each([[['--port', '70000']], [['--bogus']], [['--real', '--practice']]])(
    'refuse %o',
    (args) => {
      expect(() => readLaunchArguments(args)).toThrow(
        expect.objectContaining({ code: 'command.usage' }),
      );
    },
  );
});
