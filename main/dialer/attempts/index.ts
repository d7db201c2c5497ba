export { type AttemptRow, attemptOfCall, undisposedAttempts } from './attempt-rows.ts';
export { type AttemptWrites, createAttemptWrites } from './attempt-writes.ts';
export { Attempts } from './attempts.ts';
export { type DisposeInput, disposeWrites } from './dispose-writes.ts';
export type { ContactDoor, ContactFact } from './door.ts';
export { createRecoverWrites, type Recovered } from './recover-writes.ts';
