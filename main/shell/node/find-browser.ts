import { accessSync, constants } from 'node:fs';
import { posix, win32 } from 'node:path';

export interface BrowserPlaces {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
  home: string;
  isExecutable(path: string): boolean;
}

/** Names on the search path, best first: all are Chromium inside, and WebRTC is tested with Chromium. */
const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
];

const MAC_PROGRAMS = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Chromium.app/Contents/MacOS/Chromium',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

const WINDOWS_PROGRAMS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

/**
 * An installed Chromium, Chrome or Edge.
 * @returns absolute path of the program; null when there is none. `DIALDESK_BROWSER` names another.
 */
export function findBrowser(places: BrowserPlaces): string | null {
  const named = places.env.DIALDESK_BROWSER;
  const candidates = named ? [named] : [...knownPlaces(places), ...onSearchPath(places)];
  return candidates.find((path) => places.isExecutable(path)) ?? null;
}

function knownPlaces({ platform, env, home }: BrowserPlaces): string[] {
  if (platform === 'darwin') {
    const folders = ['/Applications', posix.join(home, 'Applications')];
    return MAC_PROGRAMS.flatMap((program) => folders.map((folder) => posix.join(folder, program)));
  }
  if (platform !== 'win32') return [];
  const folders = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA];
  return WINDOWS_PROGRAMS.flatMap((program) =>
    folders.flatMap((folder) => (folder ? [win32.join(folder, program)] : [])),
  );
}

function onSearchPath({ platform, env }: BrowserPlaces): string[] {
  const isWindows = platform === 'win32';
  const { join, delimiter } = isWindows ? win32 : posix;
  const folders = (env.PATH ?? env.Path ?? '').split(delimiter).filter((folder) => folder !== '');
  const names = isWindows ? ['chrome.exe', 'msedge.exe'] : NAMES;
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
