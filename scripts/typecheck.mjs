#!/usr/bin/env node
import { ensureInstalledOrExit } from './lib/ensure-installed.mjs';
import { runSteps } from './lib/steps.mjs';
import { typeCheck, typeScriptProjects } from './lib/type-check.mjs';

ensureInstalledOrExit();
const only = process.argv.slice(2);
const projects = typeScriptProjects(only.length > 0 ? only : undefined);
const steps = projects.map((project) => ({ name: project, run: () => typeCheck(project) }));
process.exitCode = (await runSteps(steps)) ? 0 : 1;
