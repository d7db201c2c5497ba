export { createDispositionHandlers } from './disposition-handlers.ts';
export { type Outcome, outcomeOf } from './disposition-rows.ts';
