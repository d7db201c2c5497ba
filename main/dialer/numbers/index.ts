export {
  type Counts,
  groupChance,
  numberChance,
  profileKeys,
  type Tally,
} from './answer-chance.ts';
export { type LocalHour, localHour, nextDayAt, slotOf } from './debtor-clock.ts';
export { debtorZone } from './debtor-zone.ts';
export { kindAllowedAt, placeOfKind, ruleAt } from './hour-rules.ts';
export { createNumberOrder } from './number-order.ts';
export { firstNumberAt } from './numbers-of-debtor.ts';
export {
  type KnownNumber,
  type NumberChoice,
  type OrderedNumber,
  type OrderQuestion,
  orderNumbers,
} from './order-numbers.ts';
export { type NumbersAsked, readOrders } from './read-orders.ts';
export { correctTry, type EndedTry, recordTry } from './record-try.ts';
