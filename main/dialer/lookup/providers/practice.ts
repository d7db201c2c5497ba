import type { LineStatus } from '#shared/contract/lookup.contract.ts';
import { countryOfNumber } from '../../../contact-rules/index.ts';
import { type LocalProvider, noDetails } from '../provider.ts';

const HALF_DAY_MS = 12 * 3_600_000;

/**
 * Made-up answers for practice stores. The last two digits of a number decide, so that anybody can tell beforehand:
 * 00–05 dead, 06–07 invalid, 08–19 absent in one half of the day and reachable in the other, 20–21 unknown, others reachable.
 */
export const practice: LocalProvider = {
  kind: 'local',
  batch: 50,
  answer: (number, at) => {
    const ending = Number(number.slice(-2));
    return {
      ...noDetails,
      number,
      status: statusOf(ending, at),
      network: `Practice ${ending % 4}`,
      country: countryOfNumber(number),
      ported: ending % 7 === 0,
      lineType: 'mobile',
    };
  },
};

function statusOf(ending: number, at: number): LineStatus {
  if (ending <= 5) return 'dead';
  if (ending <= 7) return 'invalid';
  if (ending <= 19) return Math.floor(at / HALF_DAY_MS + ending) % 2 === 0 ? 'absent' : 'reachable';
  return ending <= 21 ? 'unknown' : 'reachable';
}
