export { Bulks, type BulksParts } from './bulks.ts';
export { createMessageHandlers, type MessageHandlersParts } from './message-handlers.ts';
export { Outbox, type OutboxParts } from './outbox.ts';
