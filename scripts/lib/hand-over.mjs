import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { pinnedNodePath, root } from './paths.mjs';

const forwarded = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * Becomes another program, as far as Node can: runs a bundle under the pinned Node with this
 * process's standard streams, passes signals on and ends as it ends.
 * @param {string} bundle path from the root, such as `dist/main/command.mjs`
 * @param {readonly string[]} args
 * @returns {Promise<never>}
 */
export async function handOver(bundle, args) {
  const path = join(root, bundle);
  if (!existsSync(path)) {
    process.stderr.write(`${bundle} was not built: its entry is missing from main/entries\n`);
    process.exit(1);
  }
  const child = spawn(pinnedNodePath(), ['--disable-warning=ExperimentalWarning', path, ...args], {
    stdio: 'inherit',
  });
  for (const signal of forwarded) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`The pinned Node did not start: ${error.message}\n`);
    process.exit(1);
  });
  return new Promise(() => {
    child.on('exit', (code, signal) => process.exit(code ?? exitStatusOf(signal)));
  });
}

/**
 * @param {NodeJS.Signals | null} signal
 * @returns {number} 128 + n, as a POSIX shell reports it
 */
function exitStatusOf(signal) {
  return 128 + (signal === null ? 0 : (constants.signals[signal] ?? 0));
}
