import type { Message } from '#shared/contract/index.ts';

/** A list with one message more, or with a newer version of one that it holds; newest first. */
export function withMessage(messages: readonly Message[], changed: Message): readonly Message[] {
  const at = messages.findIndex(({ messageId }) => messageId === changed.messageId);
  if (at >= 0) return messages.map((one, index) => (index === at ? changed : one));
  return [changed, ...messages].sort((a, b) => b.queuedAt - a.queuedAt);
}

/** Its fate is open: it waits, is on its way, or nobody knows. */
export function isUnderWay({ state }: Pick<Message, 'state'>): boolean {
  return state === 'queued' || state === 'permitted' || state === 'unknown';
}
