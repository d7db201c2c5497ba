import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { StoreKind } from '#shared/domain/index.ts';
import { readStoreFile } from '../../store/index.ts';
import type { DataPlaces } from './data-places.ts';

export interface EngineSettings {
  places: DataPlaces;
  storeKind: StoreKind;
  port: number;
  /** the built renderer, where the engine serves the window */
  staticRoot: string | null;
  /** a page's origin that is not the engine's own */
  origin: string | null;
  /** the shell wraps the key of a new real store with what the system offers */
  hasSecrets: boolean;
  /** named by the person; otherwise ours */
  keyFile: string | null;
}

/** What the engine of a store is started with. */
export function engineArgumentsFor(settings: EngineSettings): string[] {
  const { places, storeKind, port, staticRoot, origin } = settings;
  const dataDir = places.dataDir(storeKind);
  const keyFile = keyFileFor(settings, dataDir);
  return [
    '--data',
    dataDir,
    '--listen',
    `127.0.0.1:${port}`,
    ...(storeKind === 'practice' ? ['--practice', '--demo'] : []),
    ...(keyFile === null ? [] : ['--key-file', keyFile]),
    ...(staticRoot === null ? [] : ['--static', staticRoot]),
    ...(origin === null ? [] : ['--origin', origin]),
  ];
}

/**
 * A store that is there is opened the way it is protected; a new real one is given to the system's key store where the shell has
 * one. A practice store keeps its own key file.
 */
function keyFileFor(settings: EngineSettings, dataDir: string): string | null {
  if (settings.keyFile !== null) return settings.keyFile;
  if (settings.storeKind === 'practice') return null;
  const protector = readStoreFile(dataDir)?.protector.kind ?? null;
  const needsFile = protector === 'keyFile' || (protector === null && !settings.hasSecrets);
  if (!needsFile) return null;
  mkdirSync(dirname(settings.places.realKeyFile), { recursive: true, mode: 0o700 });
  return settings.places.realKeyFile;
}
