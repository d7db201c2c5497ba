import type { Bench } from './bench.ts';
import { evaluationFigures } from './contact-rules/evaluations.ts';

const bench: Bench = {
  summary: 'contact rules: evaluations on one core with facts in memory',
  async run({ note }) {
    return evaluationFigures({ note });
  },
};
export default bench;
