import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * The pinned Node 24, which comes as the development dependency `node`.
 * @param {string} [projectRoot]
 * @returns {string} absolute path; the file need not exist
 */
export function pinnedNodePath(projectRoot = root) {
  const executable = process.platform === 'win32' ? 'node.exe' : 'node';
  return join(projectRoot, 'node_modules', 'node', 'bin', executable);
}

/**
 * The script behind a tool's command, to be run by the pinned Node: this needs no shell and no
 * `.cmd` wrapper, so it is the same on every platform.
 * @param {string} packageName such as `vitest`
 * @param {string} [command] the bin's name, by default the package's
 * @returns {string} absolute path
 */
export function toolScriptPath(packageName, command = packageName.split('/').at(-1)) {
  const folder = join(root, 'node_modules', ...packageName.split('/'));
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[/** @type {string} */ (command)]);
}
