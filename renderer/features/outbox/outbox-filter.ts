import type { CommandInput, MessageState } from '#shared/contract/index.ts';

/** What a lead looks for among messages. `waiting`: yet to leave. */
export const outboxViews = ['waiting', 'unknown', 'failed', 'sent', 'all'] as const;
export type OutboxView = (typeof outboxViews)[number];

const statesOf: Partial<Record<OutboxView, readonly MessageState[]>> = {
  unknown: ['unknown'],
  failed: ['failed', 'expired'],
  sent: ['sent', 'delivered', 'read'],
};

/** The question to the engine for one view. */
export function listInput(
  view: OutboxView,
  channel: CommandInput<'message.list'>['channel'],
  messageBulkId: string,
): CommandInput<'message.list'> {
  const states = statesOf[view];
  return {
    limit: 100,
    ...(view === 'waiting' ? { waiting: true } : {}),
    ...(states ? { states: [...states] } : {}),
    ...(channel ? { channel } : {}),
    ...(messageBulkId ? { messageBulkId: messageBulkId as never } : {}),
  };
}
