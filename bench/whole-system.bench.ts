import type { Bench, BenchContext } from './bench.ts';
import { ownDelays } from './whole-system/pacer-times.ts';
import { type RunOptions, runSystem } from './whole-system/run-system.ts';
import { simulate } from './whole-system/simulated.ts';
import {
  agreementFigures,
  describeTrouble,
  loadFigures,
  promiseFigures,
} from './whole-system/system-figures.ts';
import { scenarioOf } from './whole-system/world.ts';

const SIMULATED_RUNS = 30;

const bench: Bench = {
  summary: 'a predictive campaign with softphones and the practice carrier, beside the simulator',
  options: ['agents', 'lines', 'minutes', 'compress', 'seed'],
  flags: ['no-recording'],
  async run(context) {
    const options = readOptions(context);
    const observed = await runSystem(options);
    for (const trouble of describeTrouble(observed, options)) context.note(trouble);
    const own = ownDelays(observed.pacerLines);
    context.note(`the simulator plays the same ${SIMULATED_RUNS} times`);
    const simulated = simulate(scenarioOf(options, own), observed.pacerConfigJson, SIMULATED_RUNS);
    return [
      ...agreementFigures(observed, simulated, own, options),
      ...promiseFigures(observed, options),
      ...loadFigures(observed),
    ];
  },
};
export default bench;

function readOptions({ options, note }: BenchContext): RunOptions {
  const number = (name: string, otherwise: number, from: number, to: number): number => {
    const value = Number(options[name] ?? otherwise);
    if (value >= from && value <= to) return value;
    throw new Error(`--${name} is a number from ${from} to ${to}`);
  };
  return {
    agents: number('agents', 20, 1, 30),
    lines: number('lines', 60, 1, 500),
    minutes: number('minutes', 20, 0.5, 600),
    // the shortest ring time-out of a campaign is 5 s
    compress: number('compress', 3, 1, 12),
    seed: number('seed', 1, 0, 1_000_000),
    recordCalls: options['no-recording'] === undefined,
    note,
  };
}
