import type { MessageRow } from './outbox-rows.ts';

/** What a write changed, to be announced after it. */
export interface ChangedMessages {
  /** by hand */
  messageIds: string[];
  /** of others their bulks */
  bulkIds: string[];
  /** whose contact points changed */
  debtorIds: string[];
}

export const nothingChanged = (): ChangedMessages => ({
  messageIds: [],
  bulkIds: [],
  debtorIds: [],
});

export function noteChange(
  changed: ChangedMessages,
  { id, bulkId }: Pick<MessageRow, 'id' | 'bulkId'>,
): void {
  if (bulkId === null) note(changed.messageIds, id);
  else note(changed.bulkIds, bulkId);
}

export function noteDebtor(changed: ChangedMessages, debtorId: string | null): void {
  if (debtorId !== null) note(changed.debtorIds, debtorId);
}

function note(list: string[], id: string): void {
  if (!list.includes(id)) list.push(id);
}
