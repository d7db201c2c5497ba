import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{ path: string, text: string }} SourceFile path from the root, with `/` */

const isSource = /\.(ts|tsx|mts|mjs)$/;
const leftOut = new Set(['node_modules', 'dist', 'out', 'coverage']);

/**
 * Reads all TypeScript and module files below folders, sorted by path.
 * @param {string} projectRoot
 * @param {readonly string[]} folders paths from the root; one that does not exist is left out
 * @returns {SourceFile[]}
 */
export function readSourceFiles(projectRoot, folders) {
  const paths = folders.flatMap((folder) => pathsBelow(projectRoot, folder)).sort();
  return paths.map((path) => ({ path, text: readFileSync(join(projectRoot, path), 'utf8') }));
}

/**
 * @param {string} projectRoot
 * @param {string} folder
 * @returns {string[]}
 */
function pathsBelow(projectRoot, folder) {
  if (!statSync(join(projectRoot, folder), { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(join(projectRoot, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return leftOut.has(entry.name) ? [] : pathsBelow(projectRoot, path);
    return isSource.test(entry.name) ? [path] : [];
  });
}

/**
 * @param {string} path
 * @returns {boolean} whether the file is a test, a program that a test starts, or end-to-end
 */
export function isTestFile(path) {
  // Benchmarks measure from outside as end-to-end tests do; `.mjs` beside the window are programs that look at it.
  return (
    /\.(test|e2e|fixture)\.tsx?$/.test(path) ||
    /^(e2e|bench)\//.test(path) ||
    /^renderer\/testing\/.*\.mjs$/.test(path)
  );
}
