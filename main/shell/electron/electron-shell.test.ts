import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shellChannels } from '#shared/contract/shell-bridge.ts';
import { ElectronStandIn } from '../../testing/electron-stand-in.ts';
import { StandInContents } from '../../testing/electron-stand-in-window.ts';
import { type FakeChild, fakeSpawn } from '../../testing/fake-spawn.ts';
import { runElectronShell } from './run-electron-shell.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'dialdesk-shell-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const login = { keyId: 'k', code: 'c' };

function readyMessage(port = 25_000, storeKind = 'practice') {
  const url = `http://127.0.0.1:${port}`;
  return { type: 'ready', url, sipUrl: 's', pid: 7, login, storeKind };
}

function starts(args: readonly string[] = [], platform: NodeJS.Platform = 'linux') {
  const electron = new ElectronStandIn();
  const children = fakeSpawn();
  const told: unknown[] = [];
  const running = runElectronShell(electron.api, {
    args: ['--data', dataDir, ...args],
    platform,
    tellLauncher: (message) => told.push(message),
    spawn: children.spawn,
  });
  return { electron, children, told, running };
}

/** a shell whose engine is ready, with its window open */
async function running(args: readonly string[] = [], platform: NodeJS.Platform = 'linux') {
  const started = starts(args, platform);
  started.electron.becomeReady();
  await started.running;
  const engine: FakeChild = started.children.latest();
  engine.says(readyMessage(25_000, args.includes('--real') ? 'real' : 'practice'));
  return { ...started, engine, window: started.electron.window() };
}

describe('before Electron is ready', () => {
  it('takes the lock, the sandbox, the switches and the scheme', () => {
    const { electron } = starts();
    expect(electron.names()).toEqual(
      expect.arrayContaining([
        'app.setPath',
        'app.requestSingleInstanceLock',
        'app.enableSandbox',
        'app.commandLine.appendSwitch',
        'protocol.registerSchemesAsPrivileged',
      ]),
    );
    expect(electron.argsOf('app.commandLine.appendSwitch')).toEqual(
      expect.arrayContaining([
        ['allow-loopback-in-peer-connection'],
        ['autoplay-policy', 'no-user-gesture-required'],
      ]),
    );
    expect(electron.argsOf('protocol.registerSchemesAsPrivileged')).toEqual([
      [
        [
          {
            scheme: 'dialdesk',
            privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
          },
        ],
      ],
    ]);
  });

  it('opens no window, answers no page and starts no engine', () => {
    const { electron, children } = starts();
    expect([electron.windows, children.children, electron.handlers.size]).toEqual([[], [], 0]);
  });

  it('a second instance ends and leaves everything to the first', async () => {
    const electron = new ElectronStandIn();
    electron.isSecond = true;
    const children = fakeSpawn();
    const shell = await runElectronShell(electron.api, {
      args: ['--data', dataDir],
      platform: 'linux',
      tellLauncher: null,
      spawn: children.spawn,
    });
    expect(shell).toBeNull();
    expect(electron.names()).toContain('app.quit');
    expect(electron.names()).not.toContain('protocol.registerSchemesAsPrivileged');
    expect(children.children).toEqual([]);
  });
});

describe('the engine', () => {
  it('is started without its own window files, for our origin alone', async () => {
    const { engine } = await running();
    expect(engine.args).toEqual([
      ...['--data', dataDir, '--listen', expect.stringMatching(/^127\.0\.0\.1:2\d{4}$/)],
      ...['--practice', '--demo', '--origin', 'dialdesk://app'],
    ]);
  });

  it('gets a new real store’s key from the system’s key store', async () => {
    const { engine } = await running(['--real']);
    expect(engine.args).not.toContain('--key-file');
    engine.says({ type: 'wrap-key', requestId: 1, key: Uint8Array.of(1, 2) });
    await expect.poll(() => engine.sent).toHaveLength(1);
    const wrapped = (engine.sent[0] as { bytes: Uint8Array }).bytes;
    engine.says({ type: 'unwrap-key', requestId: 2, wrapped });
    await expect.poll(() => engine.sent).toHaveLength(2);
    expect(engine.sent[1]).toMatchObject({ ok: true, bytes: Buffer.from([1, 2]) });
  });

  it('is told when the machine sleeps and wakes', async () => {
    const { electron, engine } = await running();
    electron.powerMonitor.emit('suspend');
    electron.powerMonitor.emit('resume');
    expect(engine.sent).toEqual([
      { type: 'power', event: 'suspend' },
      { type: 'power', event: 'resume' },
    ]);
  });

  it('keeps the machine awake while calls are up', async () => {
    const { electron, engine } = await running();
    for (const count of [1, 2, 0]) engine.says({ type: 'lines-up', count });
    expect(electron.names().filter((name) => name.startsWith('powerSaveBlocker'))).toEqual([
      'powerSaveBlocker.start',
      'powerSaveBlocker.stop',
    ]);
  });

  it('that cannot start ends the program with a failure, for the launcher to go on', async () => {
    const { electron, children, running: started } = starts();
    electron.becomeReady();
    await started;
    children.latest().says({ type: 'fatal', code: 'store.corrupt', message: 'damaged' });
    children.latest().exits(1);
    expect(electron.argsOf('app.exit')).toEqual([[1]]);
    expect(electron.windows).toEqual([]);
  });

  it('is ended in order before the program ends', async () => {
    const { electron, engine } = await running();
    let prevented = false;
    electron.app.emit('before-quit', {
      preventDefault: () => {
        prevented = true;
      },
    });
    expect([prevented, engine.sent.at(-1)]).toEqual([true, { type: 'stop' }]);
    expect(electron.names()).not.toContain('app.quit');
    engine.exits(0);
    await expect.poll(() => electron.names()).toContain('app.quit');
  });
});

describe('the window', () => {
  it('gives its page no Node and no other world', async () => {
    const { window } = await running();
    expect(window.options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      spellcheck: false,
      backgroundThrottling: false,
      preload: expect.stringMatching(/preload\.cjs$/),
    });
    expect(window.loaded).toEqual(['dialdesk://app/index.html']);
  });

  it('tells the launcher when it is drawn, and not before', async () => {
    const { window, told } = await running();
    expect(told).toEqual([]);
    window.emit('ready-to-show');
    expect([told, window.shows]).toEqual([[{ type: 'window-ready' }], 1]);
  });

  it('opens no other window and goes nowhere else', async () => {
    const { window } = await running();
    const { webContents } = window;
    expect(webContents.windowOpenHandler?.({ url: 'https://example.com' })).toEqual({
      action: 'deny',
    });
    for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect'] as const) {
      expect(webContents.navigates(event, 'https://example.com/')).toBe(false);
      expect(webContents.navigates(event, 'dialdesk://app.evil/')).toBe(false);
      expect(webContents.navigates(event, 'file:///etc/passwd')).toBe(false);
      expect(webContents.navigates(event, 'dialdesk://app/index.html#/x')).toBe(true);
    }
  });

  it('comes back when its page crashes', async () => {
    const { window } = await running();
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    expect(window.loaded).toHaveLength(2);
  });

  it('is left alone when the engine restarts at its address, and loaded anew at another one', async () => {
    const { children, engine, window } = await running();
    engine.exits(null);
    await expect.poll(() => children.children).toHaveLength(2);
    children.latest().says(readyMessage(25_000));
    expect(window.reloads).toBe(0);
    children.latest().exits(null);
    await expect.poll(() => children.children).toHaveLength(3);
    children.latest().says(readyMessage(26_000));
    expect(window.reloads).toBe(1);
  });

  it('closed ends the program, but not while calls are up', async () => {
    const { electron, engine, window } = await running();
    engine.says({ type: 'lines-up', count: 1 });
    window.closes();
    electron.app.emit('window-all-closed');
    expect(electron.names()).not.toContain('app.quit');
    engine.says({ type: 'lines-up', count: 0 });
    expect(electron.names()).toContain('app.quit');
  });

  it('closed on macOS leaves the program, which opens it again', async () => {
    const { electron, window } = await running([], 'darwin');
    window.closes();
    electron.app.emit('window-all-closed');
    expect(electron.names()).not.toContain('app.quit');
    electron.app.emit('activate');
    expect(electron.windows).toHaveLength(2);
  });
});

describe('what a page may ask', () => {
  it('is where the engine is, with a code that works once', async () => {
    const { electron, engine } = await running();
    expect(await electron.invoke(shellChannels.engine)).toEqual({
      url: 'http://127.0.0.1:25000',
      login,
    });
    const again = electron.invoke(shellChannels.engine);
    const fresh = { keyId: 'k2', code: 'c2' };
    await expect.poll(() => engine.sent).toEqual([{ type: 'new-login-code', requestId: 1 }]);
    engine.says({ type: 'login-code', requestId: 1, login: fresh });
    expect(await again).toEqual({ url: 'http://127.0.0.1:25000', login: fresh });
  });

  it.each([
    ['another origin', { url: 'https://example.com/' }],
    ['a look-alike origin', { url: 'dialdesk://app.evil/index.html' }],
    ['a frame inside our page', { isSubFrame: true }],
    ['another window', { contents: new StandInContents() }],
  ])('is refused to %s', async (_who, sender) => {
    const { electron } = await running();
    await expect(electron.invoke(shellChannels.engine, undefined, sender)).rejects.toMatchObject({
      code: 'shell.refused',
    });
    electron.say(shellChannels.setBadge, 3, sender);
    electron.say(shellChannels.openExternal, 'https://example.com/', sender);
    expect(electron.argsOf('app.setBadgeCount')).toEqual([]);
    expect(electron.argsOf('shell.openExternal')).toEqual([]);
  });

  it('is a badge, a message and an https page, in their right shape', async () => {
    const { electron } = await running();
    electron.say(shellChannels.setBadge, 3);
    electron.say(shellChannels.setBadge, 'three');
    electron.say(shellChannels.setBadge, -1);
    electron.say(shellChannels.notify, { title: 'Call', body: 'waiting' });
    electron.say(shellChannels.notify, { title: 'Call', body: 'x', icon: '/etc/passwd' });
    for (const url of ['https://example.com/', 'http://example.com/', 'file:///x', 'tel:1']) {
      electron.say(shellChannels.openExternal, url);
    }
    expect(electron.argsOf('app.setBadgeCount')).toEqual([[3]]);
    expect(electron.notifications).toEqual([{ title: 'Call', body: 'waiting' }]);
    expect(electron.argsOf('shell.openExternal')).toEqual([['https://example.com/']]);
  });

  it('is to open links, which the shell never takes by itself', async () => {
    const { electron } = await running();
    expect(electron.argsOf('app.setAsDefaultProtocolClient')).toEqual([]);
    expect(await electron.invoke(shellChannels.useForLinks, true)).toBe(true);
    expect(electron.argsOf('app.setAsDefaultProtocolClient')).toEqual([['tel'], ['sip']]);
    await expect(electron.invoke(shellChannels.useForLinks, 'yes')).rejects.toThrow();
  });
});

describe('links', () => {
  it('of the first start wait until the page takes them', async () => {
    const { electron, window } = await running(['tel:+48-600-000-001']);
    expect(window.webContents.sent).toEqual([]);
    electron.say(shellChannels.dialLinksWanted);
    expect(window.webContents.sent).toEqual([
      { channel: shellChannels.dialLink, message: 'tel:+48600000001' },
    ]);
  });

  it('of a second start go to the window that is open, and bring it up', async () => {
    const { electron, window } = await running();
    electron.app.emit('second-instance', {}, ['dialdesk', '--flag', 'sip:anna@example.com;x=1']);
    expect(window.webContents.sent).toEqual([
      { channel: shellChannels.dialLink, message: 'sip:anna@example.com' },
    ]);
    expect(window.focuses).toBe(1);
  });

  it('of macOS come as an event', async () => {
    const { electron, window } = await running([], 'darwin');
    electron.app.emit('open-url', { preventDefault() {} }, 'tel:112');
    expect(window.webContents.sent).toEqual([
      { channel: shellChannels.dialLink, message: 'tel:112' },
    ]);
  });
});

it('the menu consists of roles, which the system names in its own language', async () => {
  const { electron } = await running([], 'darwin');
  const [menu] = electron.argsOf('Menu.setApplicationMenu')[0] as [{ role?: string }[]];
  expect(menu.map((item) => item.role)).toEqual(['appMenu', 'editMenu', 'viewMenu', 'windowMenu']);
});
