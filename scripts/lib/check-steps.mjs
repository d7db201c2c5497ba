import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { runTool, runUnderPinnedNode } from './run.mjs';
import { typeCheck, typeScriptProjects } from './type-check.mjs';
import { runTestProject } from './vitest.mjs';

/** @import { Step } from './steps.mjs' */

/**
 * The checks that need nothing but the sources, cheapest first.
 * @returns {Step[]}
 */
export function staticSteps() {
  return [
    {
      name: 'format, lint',
      run: () =>
        runTool('@biomejs/biome', ['check', '--error-on-warnings', '--max-diagnostics=40', '.'], {
          capture: true,
        }),
    },
    scriptStep('layers', 'scripts/check-layers.mjs'),
    scriptStep('locales', 'scripts/check-locales.mjs'),
    ...typeScriptProjects().map((project) => ({
      name: `types ${project.replace(/\/tsconfig\.?(.*?)\.?json$/, ' $1').trim()}`,
      run: () => typeCheck(project),
    })),
  ].filter((step) => step !== undefined);
}

/** @returns {Step} */
export function unitTestStep() {
  return testStep('unit');
}

/**
 * @param {'unit' | 'integration' | 'e2e'} project
 * @param {{ live?: boolean }} [options] `live` passes the output through as it comes
 * @returns {Step}
 */
export function testStep(project, { live = false } = {}) {
  return { name: `${project} tests`, run: () => runTestProject(project, { live }) };
}

/**
 * @param {string} name
 * @param {string} script path from the root
 * @returns {Step | undefined}
 */
function scriptStep(name, script) {
  if (!existsSync(join(root, script))) return undefined;
  return { name, run: () => runUnderPinnedNode(script, [], { capture: true }) };
}
