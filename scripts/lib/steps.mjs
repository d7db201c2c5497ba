/**
 * @typedef {object} Step
 * @property {string} name
 * @property {() => Promise<{ code: number, output: string }>} run
 */

/**
 * Runs steps one after another, printing each with its time, and stops at the first that fails.
 * @param {readonly Step[]} steps
 * @param {(text: string) => void} [print]
 * @param {{ keepGoing?: boolean }} [options] `keepGoing` runs the others all the same
 * @returns {Promise<boolean>} whether all passed
 */
export async function runSteps(
  steps,
  print = (text) => console.log(text),
  { keepGoing = false } = {},
) {
  let allPassed = true;
  for (const step of steps) {
    const startedMs = performance.now();
    const { code, output } = await step.run();
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
    const passed = code === 0;
    print(`${passed ? 'ok    ' : 'FAILED'} ${step.name.padEnd(16)} ${seconds.padStart(6)} s`);
    if (passed) continue;
    allPassed = false;
    if (output.trim() !== '') print(output.trimEnd());
    if (!keepGoing) break;
  }
  return allPassed;
}
