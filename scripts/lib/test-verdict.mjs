import { sumTotals } from './vitest.mjs';

/** @import { Totals } from './vitest.mjs' */
/** @typedef {{ name: string, code: number, totals: Totals }} SuiteResult */

/**
 * Judges what the suites did.
 * @param {readonly SuiteResult[]} results
 * @param {{ skipIsFailure: boolean }} options with `skipIsFailure` a skipped test, and a suite in
 *   which nothing ran, fail the whole: a machine that lacks something must not look green
 * @returns {{ totals: Totals, complaints: string[] }} no complaint means success
 */
export function judge(results, { skipIsFailure }) {
  const counted = results.map(withCrash);
  const complaints = counted
    .filter(({ totals }) => totals.failed > 0)
    .map(({ name, totals }) => `${name}: ${totals.failed} failed`);
  if (skipIsFailure) {
    for (const { name, totals } of counted) {
      if (totals.skipped > 0) complaints.push(`${name}: ${totals.skipped} skipped`);
      if (totals.passed + totals.failed === 0) complaints.push(`${name}: no test ran`);
    }
  }
  return { totals: sumTotals(counted.map(({ totals }) => totals)), complaints };
}

/**
 * A suite that ended with an error and names no failed test has failed as a whole: an unhandled
 * error, say, or a time limit.
 * @param {SuiteResult} result
 * @returns {SuiteResult}
 */
function withCrash(result) {
  if (result.code === 0 || result.totals.failed > 0) return result;
  return { ...result, totals: { ...result.totals, failed: 1 } };
}

/**
 * @param {Totals} totals
 * @returns {string} the line that a run ends with
 */
export function totalLine({ passed, failed, skipped }) {
  return `total: ${passed} passed, ${failed} failed, ${skipped} skipped`;
}
