import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildParts } from './build-parts.mjs';
import { inputDigest } from './input-digest.mjs';
import { withLockFile } from './lock-file.mjs';
import { root } from './paths.mjs';
import { runUnderPinnedNode } from './run.mjs';

/** @import { BuildPart } from './build-parts.mjs' */

/**
 * Makes a part's files in an empty folder.
 * @typedef {(part: BuildPart, outputFolder: string) => Promise<{ code: number, output: string }>} BundlePart
 *
 * @typedef {object} BuildOptions
 * @property {string} [projectRoot]
 * @property {readonly string[]} [only] names of parts; all by default
 * @property {(line: string) => void} [print] told once per part that is built
 * @property {BundlePart} [bundle]
 */

/** A build that failed; the message is the bundler's own. */
export class BuildError extends Error {}

/**
 * Builds the parts whose inputs changed since they were last built, and nothing else.
 * @param {BuildOptions} [options]
 * @returns {Promise<string[]>} names of the parts that were built
 * @throws BuildError what was built before stays in place
 */
export async function buildStale(options = {}) {
  const { projectRoot = root, only, print = printToStderr, bundle = bundleInProcess } = options;
  const parts = buildParts(projectRoot).filter((part) => only?.includes(part.name) ?? true);
  if (parts.every((part) => isFresh(projectRoot, part))) return [];
  return withLockFile(join(projectRoot, 'dist', '.lock'), async () => {
    const built = [];
    for (const part of parts) {
      // looked at again: another process may have built it while this one waited
      const digest = partDigest(projectRoot, part);
      if (isFresh(projectRoot, part, digest)) continue;
      await buildPart(projectRoot, part, digest, bundle, print);
      built.push(part.name);
    }
    return built;
  });
}

/**
 * @param {string} projectRoot
 * @param {BuildPart} part
 */
function partDigest(projectRoot, part) {
  return inputDigest(projectRoot, part.inputs, part.entries.join());
}

/**
 * @param {string} projectRoot
 * @param {BuildPart} part
 * @param {string} [digest]
 */
function isFresh(projectRoot, part, digest = partDigest(projectRoot, part)) {
  if (!existsSync(join(projectRoot, 'dist', part.name))) return false;
  try {
    return readFileSync(stampPath(projectRoot, part), 'utf8') === digest;
  } catch {
    return false;
  }
}

/**
 * @param {string} projectRoot
 * @param {BuildPart} part
 */
function stampPath(projectRoot, part) {
  return join(projectRoot, 'dist', `.${part.name}.stamp`);
}

/**
 * Builds beside the old files and swaps, so that a failed build, or one that is killed, leaves
 * either the old part or the new one.
 * @param {string} projectRoot
 * @param {BuildPart} part
 * @param {string} digest
 * @param {BundlePart} bundle
 * @param {(line: string) => void} print
 */
async function buildPart(projectRoot, part, digest, bundle, print) {
  const startedMs = performance.now();
  const finished = join(projectRoot, 'dist', part.name);
  const unfinished = join(projectRoot, 'dist', `.${part.name}.new`);
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  const { code, output } = await bundle(part, unfinished);
  if (code !== 0) throw new BuildError(`Building ${part.name} failed:\n${output.trimEnd()}`);
  rmSync(stampPath(projectRoot, part), { force: true });
  rmSync(finished, { recursive: true, force: true });
  renameSync(unfinished, finished);
  writeFileSync(stampPath(projectRoot, part), digest);
  print(`Built ${part.name} in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
}

/** @type {BundlePart} */
function bundleInProcess(part, outputFolder) {
  return runUnderPinnedNode('scripts/bundle.mjs', [part.name, outputFolder], {
    capture: true,
    env: { NODE_ENV: 'production' },
  });
}

/** @param {string} line */
function printToStderr(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * For scripts that people start: builds what is stale, or ends the process with the reason.
 * @param {BuildOptions} [options]
 */
export async function buildStaleOrExit(options) {
  try {
    return await buildStale(options);
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    printToStderr(error.message);
    process.exit(1);
  }
}
