export { type CallerIdHandlersParts, createCallerIdHandlers } from './caller-id-handlers.ts';
export { callerIdWrites } from './caller-id-writes.ts';
export { CallerIds, type CallerIdsParts } from './caller-ids.ts';
export { isInsideAddress } from './fetch-report.ts';
