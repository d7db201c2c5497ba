#!/usr/bin/env node
import { findLocaleProblems } from './lib/locale-problems.mjs';
import { root } from './lib/paths.mjs';

const { keys, problems } = findLocaleProblems(root);
for (const problem of problems) console.log(problem);
console.log(`${keys} keys, ${problems.length} problems in the locales`);
process.exitCode = problems.length > 0 ? 1 : 0;
