import type { ReadDb } from '../../store/types.ts';
import type { NumberOrder } from '../types.ts';
import { readOrders } from './read-orders.ts';

/** Why a debtor waits whose numbers all wait. */
const RESTS = 'number-rests';
const NO_NUMBER = 'number-missing';

/** Which number of a debtor is worth trying now, from what stands in the store at that instant. */
export function createNumberOrder(read: ReadDb): NumberOrder {
  return {
    order({ debtorId, rules, absentWaitMs, numbers }, at) {
      const only = new Set(numbers.map(({ contactPointId }) => contactPointId));
      const [choice] = readOrders(read, [debtorId], { rules, absentWaitMs, at, only });
      if (choice === undefined) return { numbers: [], until: null, because: NO_NUMBER };
      if (choice.numbers.length > 0)
        return {
          numbers: choice.numbers.map(({ contactPointId, number }) => ({ contactPointId, number })),
        };
      const { nextAt: until } = choice;
      return { numbers: [], until, because: until === null ? NO_NUMBER : RESTS };
    },
  };
}
