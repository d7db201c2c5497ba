import { forbiddenInComments, forbiddenTestModifiers, sourceFolders } from '../layers.mjs';
import { findCycles } from './area-cycles.mjs';
import { isInside, placeOf, resolveSpecifier } from './layer-places.mjs';
import { brokenPackageRule, fileRules } from './layer-rules.mjs';
import { readModule } from './read-imports.mjs';
import { isTestFile, readSourceFiles } from './source-files.mjs';

/** @import { Import, ReadModule } from './read-imports.mjs' */
/** @import { Broken } from './layer-rules.mjs' */

/**
 * @typedef {object} Violation
 * @property {string} file path from the root
 * @property {number} line 0 when it concerns no single line
 * @property {string} found the import or the words
 * @property {string} rule
 * @property {string} reason
 */

/**
 * Checks a tree against `layers.mjs`.
 * @param {string} projectRoot
 * @returns {{ files: number, violations: Violation[] }}
 */
export function findLayerViolations(projectRoot) {
  const files = readSourceFiles(projectRoot, sourceFolders);
  const violations = /** @type {Violation[]} */ ([]);
  const graph = /** @type {Map<string, Map<string, string>>} */ (new Map());
  for (const { path, text } of files) {
    const module = readModule(path, text);
    violations.push(...brokenWords(path, module));
    for (const one of module.imports) {
      if (startsEntry(path, one)) continue;
      const broken = brokenImport(path, one);
      if (broken) violations.push({ file: path, line: one.line, found: one.specifier, ...broken });
      if (!isTestFile(path)) remember(graph, path, one);
    }
  }
  return { files: files.length, violations: [...violations, ...cycleViolations(graph)] };
}

/**
 * Naming the program of a thread or process that is to be started imports nothing from it.
 * @param {string} path
 * @param {Import} imported
 */
function startsEntry(path, { specifier, byUrl }) {
  const target = resolveSpecifier(path, specifier);
  return byUrl && target.kind === 'file' && isInside(target.path, 'main/entries');
}

/**
 * @param {string} path
 * @param {Import} imported
 * @returns {Broken | undefined}
 */
function brokenImport(path, { specifier, typeOnly }) {
  const target = resolveSpecifier(path, specifier);
  if (isTestFile(path)) return undefined;
  const from = placeOf(path);
  if (target.kind !== 'file') return brokenPackageRule(from, target);
  if (isTestFile(target.path)) {
    return { rule: 'nothing imports a test', reason: 'tests are not part of the application' };
  }
  const edge = { from, to: placeOf(target.path), typeOnly };
  return fileRules.map((rule) => rule(edge)).find((broken) => broken !== undefined);
}

/**
 * @param {string} file
 * @param {ReadModule} module
 * @returns {Violation[]}
 */
function brokenWords(file, { comments, testModifiers }) {
  const inComments = comments.flatMap(({ text, line }) =>
    forbiddenInComments
      .filter((word) => new RegExp(`(^|[^\\w])${word}\\b`).test(text))
      .map((word) => ({
        file,
        line,
        found: word,
        rule: `no ${word} in the sources`,
        reason: 'what is left to do belongs in an issue, where it is seen',
      })),
  );
  const inTests = testModifiers
    .filter(({ name }) => forbiddenTestModifiers.includes(name))
    .map(({ name, line }) => ({
      file,
      line,
      found: `.${name}(`,
      rule: `no .${name} in a test`,
      reason: 'a run that leaves tests out must not look like one that passed',
    }));
  return [...inComments, ...inTests];
}

/**
 * Adds an import of values between two areas of `main`. Types are gone at run time: a circle of
 * them ties nothing together.
 * @param {Map<string, Map<string, string>>} graph area → imported area → the file that does it
 * @param {string} path
 * @param {Import} imported
 */
function remember(graph, path, { specifier, typeOnly }) {
  const target = resolveSpecifier(path, specifier);
  if (typeOnly || target.kind !== 'file') return;
  const from = placeOf(path).area;
  const to = placeOf(target.path).area;
  if (!from || !to || from === to || isInside(path, 'main/testing')) return;
  const targets = graph.get(from) ?? new Map();
  if (!targets.has(to)) targets.set(to, path);
  graph.set(from, targets);
}

/**
 * @param {Map<string, Map<string, string>>} graph
 * @returns {Violation[]}
 */
function cycleViolations(graph) {
  const edges = new Map([...graph].map(([area, targets]) => [area, new Set(targets.keys())]));
  return findCycles(edges).map((cycle) => ({
    file: graph.get(cycle[0] ?? '')?.get(cycle[1] ?? '') ?? '',
    line: 0,
    found: cycle.join(' → '),
    rule: 'areas do not import each other in a circle',
    reason: 'an interface declared by one of them and supplied by app/ opens it',
  }));
}

/**
 * @param {Violation} violation
 * @returns {string} two lines for people
 */
export function describeViolation({ file, line, found, rule, reason }) {
  return `${file}${line > 0 ? `:${line}` : ''}  ${found}\n    ${rule}: ${reason}`;
}
