#!/usr/bin/env node
import { staticSteps, unitTestStep } from './lib/check-steps.mjs';
import { ensureInstalledOrExit } from './lib/ensure-installed.mjs';
import { runSteps } from './lib/steps.mjs';

ensureInstalledOrExit();
process.exitCode = (await runSteps([...staticSteps(), unitTestStep()])) ? 0 : 1;
