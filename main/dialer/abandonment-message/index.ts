export { MessageFiles } from './message-files.ts';
export { createAbandonmentMessageHandlers } from './message-handlers.ts';
export { findMessage } from './message-rows.ts';
export { abandonmentMessageWrites } from './message-writes.ts';
