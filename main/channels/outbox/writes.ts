export { type BulkWrites, createBulkWrites } from './bulk-writes.ts';
export type { MessageDoor } from './door.ts';
export { createOutboxWrites, type OutboxWrites } from './outbox-writes.ts';
