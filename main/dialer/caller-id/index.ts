export { calleeSlot } from './callee.ts';
export { type CallerIdHandlersParts, createCallerIdHandlers } from './caller-id-handlers.ts';
export { callerIdWrites } from './caller-id-writes.ts';
export { CallerIds, type CallerIdsParts } from './caller-ids.ts';
export { Chooser } from './chooser.ts';
export { isInsideAddress } from './fetch-report.ts';
export { NumberLearner } from './number-learner.ts';
export { placeOfNumber } from './number-place.ts';
export type { PoolRow } from './pool-rows.ts';
