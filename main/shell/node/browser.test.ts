import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { manualClock } from '../../testing/contract-clock.ts';
import { AppWindow } from './app-window.ts';
import { browserFlags, splitFlags } from './browser-flags.ts';
import { prepareProfile } from './browser-profile.ts';
import { findBrowser } from './find-browser.ts';
import { loginAddress, writeOpeningPage } from './opening-page.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'dialdesk-browser-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const login = { keyId: '0190-a', code: 'ab'.repeat(32) };
const url = 'http://127.0.0.1:25000';

function finds(platform: NodeJS.Platform, present: string[], env: Record<string, string> = {}) {
  return findBrowser({
    platform,
    env,
    home: '/home/a',
    isExecutable: (path) => present.includes(path),
  });
}

describe('finding a browser', () => {
  it('takes the best that is on the search path', () => {
    const present = ['/usr/bin/google-chrome', '/opt/b/chromium'];
    expect(finds('linux', present, { PATH: '/usr/bin:/opt/b' })).toBe('/opt/b/chromium');
    expect(finds('linux', ['/usr/bin/microsoft-edge'], { PATH: '/usr/bin' })).toBe(
      '/usr/bin/microsoft-edge',
    );
  });

  it('knows the places of macOS, for all and for one person', () => {
    const chrome = 'Google Chrome.app/Contents/MacOS/Google Chrome';
    expect(finds('darwin', [`/Applications/${chrome}`])).toBe(`/Applications/${chrome}`);
    expect(finds('darwin', [`/home/a/Applications/${chrome}`])).toBe(
      `/home/a/Applications/${chrome}`,
    );
  });

  it('knows the places of Windows', () => {
    const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
    expect(finds('win32', [edge], { 'ProgramFiles(x86)': 'C:\\Program Files (x86)' })).toBe(edge);
    const chrome = 'C:\\L\\Google\\Chrome\\Application\\chrome.exe';
    expect(finds('win32', [chrome], { LOCALAPPDATA: 'C:\\L' })).toBe(chrome);
  });

  it('uses the one that the person names, and no other', () => {
    const env = { PATH: '/usr/bin', DIALDESK_BROWSER: '/my/browser' };
    expect(finds('linux', ['/usr/bin/chromium', '/my/browser'], env)).toBe('/my/browser');
    expect(finds('linux', ['/usr/bin/chromium'], env)).toBeNull();
  });

  it('says when there is none', () => {
    expect(finds('linux', [], { PATH: '/usr/bin' })).toBeNull();
  });
});

describe('flags of the browser', () => {
  const base = {
    profile: '/p',
    platform: 'linux',
    isRoot: false,
    more: [],
    page: 'file:///p/o.html',
  } as const;

  it('have a profile of their own, no debugging port, and keep the sandbox', () => {
    const flags = browserFlags(base);
    expect(flags).toContain('--user-data-dir=/p');
    expect(flags.join(' ')).not.toMatch(/remote-debugging|no-sandbox/);
    expect(flags.join(' ')).toContain('--host-resolver-rules=MAP * ~NOTFOUND');
    expect(flags.at(-1)).toBe('--app=file:///p/o.html');
  });

  it('let calls work: loopback peers, sound without a click, no throttling, nothing sent outside', () => {
    expect(browserFlags(base)).toEqual(
      expect.arrayContaining([
        '--allow-loopback-in-peer-connection',
        '--autoplay-policy=no-user-gesture-required',
        '--disable-background-timer-throttling',
        '--disable-background-networking',
      ]),
    );
  });

  it('give up the sandbox for root alone', () => {
    expect(browserFlags({ ...base, isRoot: true })).toContain('--no-sandbox');
  });

  it('take test flags from the environment, quoted ones with spaces', () => {
    expect(splitFlags('--headless=new  "--window-name=a b"')).toEqual([
      '--headless=new',
      '--window-name=a b',
    ]);
    expect(splitFlags(undefined)).toEqual([]);
    expect(browserFlags({ ...base, more: ['--headless=new'] })).toContain('--headless=new');
  });
});

describe('the profile', () => {
  it('is for its owner only and lets our origin alone use the microphone', () => {
    const profile = join(directory, 'browser');
    prepareProfile(profile, url);
    const preferences = JSON.parse(readFileSync(join(profile, 'Default', 'Preferences'), 'utf8'));
    expect(preferences.profile.content_settings.exceptions.media_stream_mic).toEqual({
      [`${url},*`]: { setting: 1 },
    });
    if (process.platform !== 'win32') expect(statSync(profile).mode & 0o777).toBe(0o700);
  });

  it('keeps what the person has set', () => {
    mkdirSync(join(directory, 'Default'));
    const file = join(directory, 'Default', 'Preferences');
    writeFileSync(file, '{"profile":{"name":"mine","content_settings":{"exceptions":{"x":1}}}}');
    prepareProfile(directory, url);
    const { profile } = JSON.parse(readFileSync(file, 'utf8'));
    expect(profile.name).toBe('mine');
    expect(profile.content_settings.exceptions.x).toBe(1);
  });
});

describe('the opening page', () => {
  it('holds the code in a file for its owner only, and not in its name', () => {
    const { page, remove } = writeOpeningPage(directory, loginAddress(url, login));
    const file = fileURLToPath(page);
    expect(page).not.toContain(login.code);
    expect(readFileSync(file, 'utf8')).toContain(`"${url}/#login=0190-a.${login.code}"`);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    remove();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('leads nowhere but to an engine', () => {
    expect(() => writeOpeningPage(directory, 'http://x/#login=a.b"</script>')).toThrow(TypeError);
  });
});

function arrangeWindow() {
  const clock = manualClock();
  const started: { flags: readonly string[]; exit(code: number | null): void; closed: boolean }[] =
    [];
  const events: string[] = [];
  const window = new AppWindow({
    program: '/usr/bin/chromium',
    profile: directory,
    platform: 'linux',
    isRoot: false,
    moreFlags: [],
    clock,
    startBrowser(_program, flags) {
      let onExit = (_code: number | null): void => {};
      const browser = { flags, exit: (code: number | null) => onExit(code), closed: false };
      started.push(browser);
      return {
        onExit(listener) {
          onExit = listener;
        },
        close() {
          browser.closed = true;
        },
      };
    },
    onClosed: () => events.push('closed'),
    onFailed: () => events.push('failed'),
  });
  return { window, clock, started, events };
}

function openingPages(): string[] {
  return readdirSync(directory).filter((name) => name.startsWith('open-'));
}

describe('the window', () => {
  it('passes nothing secret as an argument, and removes its page when the code is dead', () => {
    const { window, clock, started } = arrangeWindow();
    window.open(url, login);
    expect(started[0]?.flags.join(' ')).not.toContain(login.code);
    expect(openingPages()).toHaveLength(1);
    clock.advance(30_000);
    expect(openingPages()).toEqual([]);
  });

  it('tells of a window that the person closed', () => {
    const { window, clock, started, events } = arrangeWindow();
    window.open(url, login);
    clock.advance(60_000);
    started[0]?.exit(0);
    expect(events).toEqual(['closed']);
  });

  it('tells of a browser that does not start', () => {
    const { window, started, events } = arrangeWindow();
    window.open(url, login);
    started[0]?.exit(1);
    expect(events).toEqual(['failed']);
  });

  it('a browser that gave the page to an older window is neither closed nor failed', () => {
    const { window, started, events } = arrangeWindow();
    window.open(url, login);
    started[0]?.exit(0);
    expect(events).toEqual([]);
  });

  it('closes what it opened and leaves no page behind, and says nothing of that', () => {
    const { window, clock, started, events } = arrangeWindow();
    window.open(url, login);
    clock.advance(5_000);
    window.close();
    started[0]?.exit(null);
    expect(started[0]?.closed).toBe(true);
    expect([openingPages(), events]).toEqual([[], []]);
  });
});
