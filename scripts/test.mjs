#!/usr/bin/env node
// Everything that is tested, on any machine: `npm test`. With DIALDESK_SKIP_IS_FAILURE=1, as CI
// sets it, a test that cannot run here fails the run.
import { buildStaleOrExit } from './lib/build.mjs';
import { staticSteps } from './lib/check-steps.mjs';
import { ensureInstalledOrExit } from './lib/ensure-installed.mjs';
import { installPeers } from './lib/install-peers.mjs';
import { runSteps } from './lib/steps.mjs';
import { judge, totalLine } from './lib/test-verdict.mjs';
import { readTotals, reportPath, runTestProject } from './lib/vitest.mjs';

ensureInstalledOrExit();
const missing = await installPeers();
process.exitCode = (await runSteps(staticSteps())) ? await runSuites() : notChecked();

/** @returns {Promise<number>} exit status */
async function runSuites() {
  await buildStaleOrExit();
  const env = missing.length > 0 ? { DIALDESK_MISSING: missing.join(',') } : {};
  const results = [];
  for (const name of /** @type {const} */ (['unit', 'integration', 'e2e'])) {
    const startedMs = performance.now();
    const { code } = await runTestProject(name, { live: true, env });
    console.log(`${name} tests took ${((performance.now() - startedMs) / 1000).toFixed(1)} s\n`);
    results.push({ name: `${name} tests`, code, totals: readTotals(reportPath(name)) });
  }
  const skipIsFailure = process.env.DIALDESK_SKIP_IS_FAILURE === '1';
  const { totals, complaints } = judge(results, { skipIsFailure });
  for (const complaint of complaints) console.log(complaint);
  console.log(totalLine(totals));
  return complaints.length > 0 ? 1 : 0;
}

/** A check that failed counts as one failure: no test ran. */
function notChecked() {
  console.log(totalLine({ passed: 0, failed: 1, skipped: 0 }));
  return 1;
}
