import { homedir } from 'node:os';
import { join } from 'node:path';
import type { StoreKind } from '#shared/domain/index.ts';

export interface HomePlaces {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
  home: string;
}

const APPLICATION = 'Dialdesk';

/** The folder in which programs keep a person's data, and ours in it. */
export function applicationDirectory(places: HomePlaces = thisHome()): string {
  const { platform, env, home } = places;
  if (platform === 'win32') {
    return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), APPLICATION);
  }
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', APPLICATION);
  return join(env.XDG_DATA_HOME ?? join(home, '.local', 'share'), APPLICATION);
}

function thisHome(): HomePlaces {
  return { platform: process.platform, env: process.env, home: homedir() };
}

/** Where the two stores of one installation are, and what a shell keeps beside them. */
export interface DataPlaces {
  dataDir(storeKind: StoreKind): string;
  /** the real store's key where the system offers no key store; never inside its data directory */
  realKeyFile: string;
  /** profile of the Node shell's browser */
  browserProfile: string;
}

/**
 * `Dialdesk/practice` and `Dialdesk/real`. A directory named by the person is the store of the first kind itself; the other store
 * then lies beside it.
 */
export function dataPlaces(
  base: string,
  named: { dataDir: string; storeKind: StoreKind } | null = null,
): DataPlaces {
  if (named === null) {
    return {
      dataDir: (storeKind) => join(base, storeKind),
      realKeyFile: join(base, 'keys', 'real.key'),
      browserProfile: join(base, 'browser'),
    };
  }
  const { dataDir, storeKind } = named;
  const real = storeKind === 'real' ? dataDir : `${dataDir}-real`;
  return {
    dataDir: (wanted) => {
      if (wanted === storeKind) return dataDir;
      return wanted === 'real' ? real : `${dataDir}-practice`;
    },
    realKeyFile: `${real}.key`,
    browserProfile: join(dataDir, 'browser'),
  };
}
