import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Figure, percentile } from '../bench.ts';
import { untilFirstLine } from './baselines.ts';

const ENGINE = fileURLToPath(new URL('../../dist/main/engine.mjs', import.meta.url));
const STARTS = 5;

/** From starting the built engine on a practice store that exists to its first line of output: it answers from then on. */
export async function startFigures(dataDir: string): Promise<Figure[]> {
  const starts: number[] = [];
  const bare: number[] = [];
  for (let index = 0; index < STARTS; index += 1) {
    bare.push(await untilFirstLine(['-e', 'console.log(1)']));
    starts.push(await untilFirstLine([ENGINE, '--data', join(dataDir), '--practice']));
  }
  return [
    {
      name: 'start to ready, median',
      value: percentile(starts, 0.5),
      unit: 'ms',
      baseline: percentile(bare, 0.5),
    },
    {
      name: `start to ready, slowest of ${STARTS}`,
      value: percentile(starts, 1),
      unit: 'ms',
      baseline: percentile(bare, 1),
      aim: 2000,
    },
  ];
}
