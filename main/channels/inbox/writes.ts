export type { InboxDoor } from './inbox-door.ts';
export { createInboxWrites, type InboxWrites } from './inbox-writes.ts';
export { threadTrace } from './thread-writes.ts';
