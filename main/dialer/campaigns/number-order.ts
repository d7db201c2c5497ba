import type { ReadDb } from '../../store/types.ts';
import { readOrders } from '../numbers/index.ts';
import type { NumberOrder } from '../types.ts';

/** Which of a debtor's numbers are worth trying at this hour, of those that the list gives. */
export function createNumberOrder(read: ReadDb): NumberOrder {
  return {
    order({ debtorId, rules, absentWaitMs, numbers }, at) {
      const [order] = readOrders(read, [debtorId], { rules, absentWaitMs, at });
      const given = new Map(numbers.map((number) => [number.contactPointId, number]));
      const ordered = (order?.numbers ?? []).flatMap(
        ({ contactPointId }) => given.get(contactPointId) ?? [],
      );
      if (ordered.length > 0) return { numbers: ordered };
      return { numbers: [], until: order?.nextAt ?? null, because: 'number-rests' };
    },
  };
}
