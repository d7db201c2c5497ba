import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pinnedNodePath, root } from './paths.mjs';

const stampName = '.dialdesk-install.json';

/**
 * What an installation depends on, in one digest: the lock file and the dependency fields of
 * package.json. A changed script or version of ours reinstalls nothing.
 * @param {string} projectRoot
 * @returns {string} hexadecimal SHA-256
 */
export function installDigest(projectRoot) {
  const manifest = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
  const { dependencies, devDependencies, optionalDependencies, overrides } = manifest;
  return createHash('sha256')
    .update(readFileSync(join(projectRoot, 'package-lock.json')))
    .update(JSON.stringify({ dependencies, devDependencies, optionalDependencies, overrides }))
    .digest('hex');
}

/**
 * Why `npm ci` is needed.
 * @param {string} projectRoot
 * @returns {string | undefined} a phrase for people; undefined when everything is in place
 */
export function reasonToInstall(projectRoot) {
  const modules = join(projectRoot, 'node_modules');
  if (!existsSync(modules)) return 'node_modules is missing';
  const stamp = readStamp(projectRoot);
  if (stamp === installDigest(projectRoot)) return undefined;
  if (stamp !== undefined) return 'the dependencies changed';
  return isInstalledByHand(projectRoot) ? undefined : 'node_modules is incomplete';
}

/** @param {string} projectRoot */
function readStamp(projectRoot) {
  const text = readIfThere(join(projectRoot, 'node_modules', stampName));
  try {
    return text === undefined ? undefined : JSON.parse(text).digest;
  } catch {
    return undefined;
  }
}

/**
 * Whether a plain `npm ci` or `npm install` has left exactly what the lock file says: npm keeps
 * its own record of what it put in place.
 * @param {string} projectRoot
 */
function isInstalledByHand(projectRoot) {
  const record = readIfThere(join(projectRoot, 'node_modules', '.package-lock.json'));
  const lock = readIfThere(join(projectRoot, 'package-lock.json'));
  if (record === undefined || lock === undefined) return false;
  const installed = JSON.parse(record).packages;
  return Object.entries(JSON.parse(lock).packages).every(
    ([folder, locked]) =>
      folder === '' || locked.optional || installed[folder]?.version === locked.version,
  );
}

/** @param {string} path */
function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * Puts the pinned dependencies and the pinned Node in place if they are not. Prints one line on
 * stderr when there is something to do and nothing otherwise; stdout stays the caller's.
 * @param {{ projectRoot?: string, print?: (line: string) => void }} [options]
 * @returns {{ installed: boolean }}
 * @throws InstallError with a message for people
 */
export function ensureInstalled({ projectRoot = root, print = printToStderr } = {}) {
  const reason = reasonToInstall(projectRoot);
  if (reason !== undefined) {
    print(`Installing the pinned dependencies, because ${reason} …`);
    installFromLock(projectRoot);
  }
  ensurePinnedNode(projectRoot, print);
  const digest = installDigest(projectRoot);
  if (readStamp(projectRoot) !== digest) {
    const stamp = `${JSON.stringify({ digest })}\n`;
    writeFileSync(join(projectRoot, 'node_modules', stampName), stamp);
  }
  return { installed: reason !== undefined };
}

/** A failed installation; the message says what failed and what may help. */
export class InstallError extends Error {}

/**
 * None of the packages compiles anything: binaries come inside them, so no compiler is needed.
 * @param {string} projectRoot
 */
function installFromLock(projectRoot) {
  const result = npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], projectRoot);
  if (result.status !== 0) {
    throw new InstallError(
      `npm ci failed: ${explain(result)}\nInstalling needs npm and a connection to the package registry.`,
    );
  }
}

/**
 * The package `node` fetches its binary in an install script. Where npm is told to run none, that
 * script is run here, and npm then asked to link the command.
 * @param {string} projectRoot
 * @param {(line: string) => void} print
 */
function ensurePinnedNode(projectRoot, print) {
  if (existsSync(pinnedNodePath(projectRoot))) return;
  print('Fetching the pinned Node …');
  const folder = join(projectRoot, 'node_modules', 'node');
  const result = spawnSync(process.execPath, ['installArchSpecificPackage.js'], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (!existsSync(pinnedNodePath(projectRoot))) {
    throw new InstallError(`The pinned Node could not be fetched: ${explain(result)}`);
  }
  npm(['rebuild', 'node', '--ignore-scripts'], projectRoot);
}

/**
 * @param {readonly string[]} args
 * @param {string} cwd
 */
function npm(args, cwd) {
  // npm is a batch file on Windows, which only a shell starts; the arguments are all our own
  return spawnSync('npm', args, { cwd, encoding: 'utf8', shell: process.platform === 'win32' });
}

/** @param {{ error?: Error | undefined, stdout: string | null, stderr: string | null, status: number | null }} result */
function explain({ error, stdout, stderr, status }) {
  if (error) return `npm did not start (${error.message}); it comes with Node.js`;
  const lines = `${stderr ?? ''}\n${stdout ?? ''}`.split('\n').filter((line) => line.trim() !== '');
  return lines.length > 0 ? lines.slice(0, 20).join('\n') : `exit status ${status}`;
}

/** @param {string} line */
function printToStderr(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * The first line of every script that people start: installs what is missing, or ends the process
 * with the reason.
 */
export function ensureInstalledOrExit() {
  try {
    return ensureInstalled();
  } catch (error) {
    if (!(error instanceof InstallError)) throw error;
    printToStderr(error.message);
    process.exit(1);
  }
}
