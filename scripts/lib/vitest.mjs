import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './paths.mjs';
import { runTool } from './run.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Totals */

/**
 * A suite that hangs is ended, so that a run of all stays within the 90 minutes that CI allows. Twice what a slow
 * machine was seen to need, because what is ended here fails without saying which test it was at.
 */
const timeLimitsMs = { unit: 12 * 60_000, integration: 32 * 60_000, e2e: 40 * 60_000 };

/**
 * Where a run leaves its counts.
 * @param {string} project
 */
export function reportPath(project) {
  return join(root, '.cache', 'test-reports', `${project}.json`);
}

/**
 * Runs one vitest project with the usual reporter and with a report for {@link readTotals}.
 * @param {'unit' | 'integration' | 'e2e'} project
 * @param {{ live?: boolean, env?: Record<string, string | undefined> }} [options]
 */
export async function runTestProject(project, { live = false, env = {} } = {}) {
  const report = reportPath(project);
  mkdirSync(dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const args = ['run', '--project', project, '--passWithNoTests', '--reporter=default'];
  const timeoutMs = timeLimitsMs[project];
  const startedMs = performance.now();
  const result = await runTool(
    'vitest',
    [...args, '--reporter=json', `--outputFile.json=${report}`],
    { capture: !live, env, timeoutMs },
  );
  if (performance.now() - startedMs >= timeoutMs)
    console.log(`${project} tests were ended: longer than ${timeoutMs / 60_000} minutes`);
  return result;
}

/**
 * Reads what a run counted. A file that could not even be loaded counts as one failure.
 * @param {string} path of vitest's JSON report
 * @returns {Totals} zeros when the run left no report
 */
export function readTotals(path) {
  const report = readReport(path);
  if (report === undefined) return { passed: 0, failed: 0, skipped: 0 };
  const unloaded = (report.testResults ?? []).filter(
    (/** @type {{ status: string, assertionResults: unknown[] }} */ file) =>
      file.status === 'failed' && file.assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** @param {string} path */
function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * @param {readonly Totals[]} all
 * @returns {Totals}
 */
export function sumTotals(all) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const one of all) {
    sum.passed += one.passed;
    sum.failed += one.failed;
    sum.skipped += one.skipped;
  }
  return sum;
}
