import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One attempt to fetch the binary takes no longer. */
export const FETCH_LIMIT_MS = 20_000;

export interface ElectronFiles {
  /** the installed package `electron`; its binary is fetched apart from it */
  packageFolder: string;
  /** remembers that the binary of this version could not be had, so that later starts are quick */
  failureFile: string;
}

export function electronFiles(root: string): ElectronFiles {
  return {
    packageFolder: join(root, 'node_modules', 'electron'),
    failureFile: join(root, 'node_modules', '.cache', 'dialdesk', 'electron-fetch.json'),
  };
}

/** @returns absolute path of the program; null when it is not there */
export function findElectron({ packageFolder }: ElectronFiles): string | null {
  try {
    const name = readFileSync(join(packageFolder, 'path.txt'), 'utf8').trim();
    const program = join(packageFolder, 'dist', name);
    return existsSync(program) ? program : null;
  } catch {
    // the package comes without this file; whoever fetches the binary writes it
    return null;
  }
}

/** Runs the package's own installer. @returns whether it ended well within the limit */
export type FetchElectron = (packageFolder: string, limitMs: number) => Promise<boolean>;

export const fetchElectron: FetchElectron = (packageFolder, limitMs) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [join(packageFolder, 'install.js')], { stdio: 'ignore' });
    const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
    child.once('error', () => resolve(false));
    child.once('exit', (code) => {
      clearTimeout(timer);
      resolve(code === 0);
    });
  });

export type ElectronSearch = { found: true; program: string } | { found: false; reason: string };

/**
 * Finds Electron's binary, or makes the one attempt to fetch it.
 * @param retry forgets that an attempt failed before
 */
export async function ensureElectron(
  files: ElectronFiles,
  retry: boolean,
  fetchBinary: FetchElectron = fetchElectron,
): Promise<ElectronSearch> {
  const present = findElectron(files);
  if (present !== null) return { found: true, program: present };
  const version = electronVersion(files);
  if (version === null) return { found: false, reason: 'it is not installed' };
  if (!retry && failedBefore(files) === version) {
    return {
      found: false,
      reason: 'its binary could not be fetched (--retry-electron tries again)',
    };
  }
  const fetched = await fetchBinary(files.packageFolder, FETCH_LIMIT_MS);
  const program = fetched ? findElectron(files) : null;
  if (program === null) {
    rememberFailure(files, version);
    return { found: false, reason: 'its binary could not be fetched' };
  }
  rmSync(files.failureFile, { force: true });
  return { found: true, program };
}

function electronVersion({ packageFolder }: ElectronFiles): string | null {
  return readField(join(packageFolder, 'package.json'));
}

function failedBefore({ failureFile }: ElectronFiles): string | null {
  return readField(failureFile);
}

function rememberFailure({ failureFile }: ElectronFiles, version: string): void {
  mkdirSync(dirname(failureFile), { recursive: true });
  writeFileSync(failureFile, `${JSON.stringify({ version })}\n`);
}

function readField(file: string): string | null {
  try {
    const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version?: unknown };
    return typeof version === 'string' ? version : null;
  } catch {
    // absent or damaged: as if it had never been written
    return null;
  }
}
