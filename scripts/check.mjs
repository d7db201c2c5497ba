#!/usr/bin/env node
import { staticSteps, unitTestStep } from './lib/check-steps.mjs';
import { ensureInstalledOrExit } from './lib/ensure-installed.mjs';
import { runSteps } from './lib/steps.mjs';

ensureInstalledOrExit();
// `npm run check -- --keep-going` shows what else is wrong
const keepGoing = process.argv.includes('--keep-going');
const passed = await runSteps([...staticSteps(), unitTestStep()], undefined, { keepGoing });
process.exitCode = passed ? 0 : 1;
