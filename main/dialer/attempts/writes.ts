// What the writer thread needs of this area: the index would load the dialer there.
export { createAttemptWrites, TAKEN_BACK } from './attempt-writes.ts';
export { requestAbout } from './contact-request.ts';
export { disposeWrites } from './dispose-writes.ts';
export type { ContactDoor } from './door.ts';
export { createRecoverWrites } from './recover-writes.ts';
