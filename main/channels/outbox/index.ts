export { Outbox, type OutboxParts } from './outbox.ts';
