export { type AttemptHandlersOptions, createAttemptHandlers, dispose } from './attempt-handlers.ts';
export { type AttemptRow, attemptOfCall, undisposedAttempts } from './attempt-rows.ts';
export { type AttemptWrites, createAttemptWrites } from './attempt-writes.ts';
export { Attempts, type AttemptsOptions } from './attempts.ts';
export { type Disposed, type DisposeInput, disposeWrites } from './dispose-writes.ts';
export type { ContactDoor, ContactFact } from './door.ts';
export { createRecoverWrites, type Recovered } from './recover-writes.ts';
