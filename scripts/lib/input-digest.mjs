import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Tests are no input of a build. */
const isTest = /\.(test|e2e|fixture)\.tsx?$/;

/**
 * All files below the given files and folders, sorted; tests and dependencies left out.
 * @param {string} projectRoot
 * @param {readonly string[]} inputs paths from the root; what does not exist is left out
 * @returns {string[]} paths from the root, with `/`
 */
export function inputFiles(projectRoot, inputs) {
  const files = inputs.flatMap((input) => filesBelow(join(projectRoot, input)));
  return files.map((file) => relative(projectRoot, file).split(sep).join('/')).sort();
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesBelow(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return [];
  if (!stats.isDirectory()) return isTest.test(path) ? [] : [path];
  const names = readdirSync(path).filter((name) => name !== 'node_modules');
  return names.flatMap((name) => filesBelow(join(path, name)));
}

/**
 * A digest of the names and contents of files: equal exactly when nothing was added, removed,
 * renamed or changed. Times do not matter, so a fresh checkout of the same tree is equal too.
 * @param {string} projectRoot
 * @param {readonly string[]} inputs files and folders, as paths from the root
 * @param {string} [salt] anything else that the result depends on
 * @returns {string} hexadecimal SHA-256
 */
export function inputDigest(projectRoot, inputs, salt = '') {
  const hash = createHash('sha256').update(salt);
  for (const file of inputFiles(projectRoot, inputs)) {
    const content = readFileSync(join(projectRoot, file));
    hash.update(`\0${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}
