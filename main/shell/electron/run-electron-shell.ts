import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { StoreKind } from '#shared/domain/index.ts';
import { makeDataDirectory, readStoreFile, systemClock, systemRandom } from '../../store/index.ts';
import { projectRoot } from '../built-files.ts';
import {
  applicationDirectory,
  dataPlaces,
  EngineSupervisor,
  engineArgumentsFor,
  RememberedPort,
} from '../engine/index.ts';
import { type LaunchArguments, readLaunchArguments } from '../launch/launch-arguments.ts';
import { programFile } from '../node/spawn.ts';
import type { SpawnPort } from '../ports.ts';
import { prepareBeforeReady } from './before-ready.ts';
import type { ElectronApi } from './electron-api.ts';
import { ElectronShell } from './electron-shell.ts';
import { createElectronSpawn } from './electron-spawn.ts';
import { createKeyStore } from './key-store.ts';
import { ORIGIN } from './origin.ts';

/** How this program was started. */
export interface ElectronStart {
  args: readonly string[];
  platform: NodeJS.Platform;
  /** tells the launcher; absent when the person started Electron without one */
  tellLauncher: ((message: { type: 'window-ready' }) => void) | null;
  spawn?: SpawnPort;
}

/**
 * Runs the Electron shell. Everything that Electron takes only before it is ready happens before the first `await`.
 * @returns null when another instance took this start over
 */
export async function runElectronShell(
  electron: ElectronApi,
  start: ElectronStart,
): Promise<ElectronShell | null> {
  const wanted = readLaunchArguments(start.args.filter(isOurArgument));
  const storeKind = storeKindOf(wanted);
  const base = applicationDirectory();
  const named = wanted.dataDir === null ? null : { dataDir: wanted.dataDir, storeKind };
  const places = dataPlaces(base, named);
  const profile = join(wanted.dataDir ?? base, 'electron');
  mkdirSync(profile, { recursive: true, mode: 0o700 });
  if (!prepareBeforeReady(electron, profile)) {
    electron.app.quit();
    return null;
  }
  makeDataDirectory(places.dataDir(storeKind));
  const root = projectRoot();
  const portOf = (kind: StoreKind) => new RememberedPort(places.dataDir(kind), systemRandom);
  const keyStore = createKeyStore(electron.safeStorage, start.platform);
  let hasSecrets = true;
  const supervisor = new EngineSupervisor({
    spawn: start.spawn ?? spawnWith(electron),
    clock: systemClock,
    storeKind,
    secrets: keyStore,
    launch(kind, newPort) {
      const port = newPort ? portOf(kind).chooseAnother() : (wanted.port ?? portOf(kind).choose());
      const { keyFile } = wanted;
      const settings = { places, storeKind: kind, port, keyFile, hasSecrets };
      return { args: engineArgumentsFor({ ...settings, staticRoot: null, origin: ORIGIN }) };
    },
  });
  const shell = new ElectronShell({
    electron,
    supervisor,
    rendererRoot: join(root, 'dist', 'renderer'),
    preload: join(root, 'dist', 'preload', 'preload.cjs'),
    platform: start.platform,
    args: start.args,
    remember: (ready) => portOf(ready.storeKind).remember(Number(new URL(ready.url).port)),
    onWindowShown: () => start.tellLauncher?.({ type: 'window-ready' }),
    onFailed: ({ code, message }) => {
      // a launcher says why it goes on without Electron; without one nobody else would
      if (start.tellLauncher === null)
        electron.dialog.showErrorBox('Dialdesk', `${message} (${code})`);
      electron.app.exit(1);
    },
  });
  shell.listen();
  await electron.app.whenReady();
  hasSecrets = await keyStore.available();
  shell.start();
  return shell;
}

/** Chromium and the system add arguments of their own; ours are those that the launcher knows, and links. */
function isOurArgument(arg: string, index: number, all: readonly string[]): boolean {
  const takesValue = ['--data', '--key-file', '--port'];
  if (/^(tel|sips?):/i.test(arg) || takesValue.includes(arg)) return true;
  if (takesValue.includes(all[index - 1] ?? '')) return true;
  return ['--real', '--practice', '--retry-electron'].includes(arg);
}

function storeKindOf(wanted: LaunchArguments): StoreKind {
  const present = wanted.dataDir === null ? null : readStoreFile(wanted.dataDir);
  return present?.storeKind ?? wanted.storeKind;
}

function spawnWith(electron: ElectronApi): SpawnPort {
  return createElectronSpawn({
    electron,
    clock: systemClock,
    programFile: (name) => programFile(name, import.meta.url),
    kill(pid) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // it has ended meanwhile
      }
    },
  });
}
