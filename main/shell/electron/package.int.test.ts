import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../built-files.ts';

const root = projectRoot();

interface Configuration {
  [name: string]: unknown;
  /** as electron-builder has read them */
  files: { filter: string[] }[];
  asarUnpack: string[];
  electronFuses: Record<string, boolean>;
  win: { target: { target: string }[]; signtoolOptions: { publisherName: string[] }; icon: string };
  nsis: { perMachine: boolean };
  mac: {
    target: { target: string }[];
    hardenedRuntime: boolean;
    entitlements: string;
    entitlementsInherit: string;
    icon: string;
    extendInfo: Record<string, string>;
  };
  publish: unknown;
}

interface Builder {
  getConfig(root: string, file: string, more: null): Promise<Configuration>;
  validateConfiguration(configuration: object, logger: { add(): void }): Promise<void>;
}

/** electron-builder's own reading and checking, as it does before it builds. */
async function builder(): Promise<Builder> {
  const file = join(root, 'node_modules', 'app-builder-lib', 'out', 'util', 'config', 'config.js');
  return ((await import(pathToFileURL(file).href)) as { default: Builder }).default;
}

async function configuration(): Promise<Configuration> {
  return (await builder()).getConfig(root, 'electron-builder.yml', null);
}

describe('electron-builder.yml', () => {
  it('is valid by electron-builder’s own schema, which notices a wrong key', async () => {
    const { validateConfiguration } = await builder();
    const config = await configuration();
    await expect(validateConfiguration(config, { add() {} })).resolves.toBeUndefined();
    const wrong = { ...config, mac: { ...config.mac, hardenedRunTime: true } };
    await expect(validateConfiguration(wrong, { add() {} })).rejects.toThrow('configuration.mac');
  });

  it('closes the ways round the application that Electron leaves open', async () => {
    expect((await configuration()).electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    });
  });

  it('unpacks binaries, which can be loaded as files only, and compiles nothing', async () => {
    const config = await configuration();
    expect(config.asarUnpack).toContain('**/*.node');
    expect(config.npmRebuild).toBe(false);
  });

  it('installs on Windows for one person, from a named publisher', async () => {
    const { win, nsis } = await configuration();
    expect(win.target.map(({ target }) => target)).toEqual(['nsis']);
    expect(nsis.perMachine).toBe(false);
    expect(win.signtoolOptions.publisherName).not.toEqual([]);
  });

  it('asks on macOS for the microphone, in a hardened runtime, and makes the zip that updates need', async () => {
    const { mac } = await configuration();
    expect(mac.target.map(({ target }) => target)).toEqual(['dmg', 'zip']);
    expect(mac.hardenedRuntime).toBe(true);
    expect(mac.extendInfo.NSMicrophoneUsageDescription).toMatch(/microphone/);
    for (const file of [mac.entitlements, mac.entitlementsInherit]) {
      const entitlements = readFileSync(join(root, file), 'utf8');
      expect(entitlements).toContain('com.apple.security.device.audio-input');
      expect(entitlements).not.toContain('disable-library-validation');
    }
  });

  it('publishes nowhere by itself', async () => {
    expect((await configuration()).publish).toBeNull();
  });

  it('takes along what the bundles leave outside, and no package that is inside them', async () => {
    const { files } = await configuration();
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const outside = ['@napi-rs/canvas', 'better-sqlite3', 'node-datachannel', 'serialport'];
    const patterns = files.flatMap(({ filter }) => filter);
    const leftOut = patterns
      .filter((pattern) => pattern.startsWith('!node_modules/{'))
      .flatMap((left) => left.slice(left.indexOf('{') + 1, left.indexOf('}')).split(','));
    const packages = Object.keys(dependencies);
    expect(packages.filter((name) => !leftOut.includes(name)).sort()).toEqual(outside);
  });

  it('has icons in the formats of both systems', async () => {
    const { win, mac } = await configuration();
    expect([...readFileSync(join(root, win.icon)).subarray(0, 4)]).toEqual([0, 0, 1, 0]);
    expect(readFileSync(join(root, mac.icon)).subarray(0, 4).toString()).toBe('icns');
  });
});

describe('the preload', () => {
  it('is one CommonJS file that requires nothing but electron', async () => {
    const script = pathToFileURL(join(root, 'scripts', 'lib', 'build.mjs')).href;
    const { buildStale } = (await import(script)) as {
      buildStale(options: { only: string[] }): Promise<string[]>;
    };
    await buildStale({ only: ['preload'] });
    const source = readFileSync(join(root, 'dist', 'preload', 'preload.cjs'), 'utf8');
    const required = [...source.matchAll(/\brequire\(\s*["']([^"']+)["']\s*\)/g)].map(
      ([, name]) => name,
    );
    expect([...new Set(required)]).toEqual(['electron']);
    expect(source).not.toMatch(/^\s*(import|export)\s/m);
    const exposed = runPreload(source);
    expect(Object.keys(exposed).sort()).toEqual([
      ...['engine', 'kind', 'notify', 'onDialLink', 'openExternal', 'setBadge', 'updates'],
      'useForLinks',
    ]);
  });
});

/** Runs the bundle as Electron does, with nothing to require but electron; gives what the page gets. */
function runPreload(source: string): object {
  let exposed: object = {};
  const electron = {
    contextBridge: {
      exposeInMainWorld: (_name: string, api: object) => {
        exposed = api;
      },
    },
    ipcRenderer: {},
  };
  const run = new Function('require', 'module', 'exports', source);
  run((name: string) => (name === 'electron' ? electron : undefined), { exports: {} }, {});
  return exposed;
}
