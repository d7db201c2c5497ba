import type { TFunction } from 'i18next';
import type { CommandOutput, MessageBulk, MessageState } from '#shared/contract/index.ts';

/** Whether there is anybody who may get it, now or later. */
export function mayStart({
  allowedNow,
  allowedLater,
}: Pick<CommandOutput<'message.estimate-many'>, 'allowedNow' | 'allowedLater'>): boolean {
  return allowedNow + allowedLater > 0;
}

/** A rough time in the largest unit that says enough: 45 s, 12 min, 3.5 h. */
export function durationWords(seconds: number, t: TFunction): string {
  if (seconds < 60) return t('message-many.seconds', { count: Math.max(1, Math.round(seconds)) });
  if (seconds < 5_400) return t('message-many.minutes', { count: Math.round(seconds / 60) });
  return t('message-many.hours', { count: Math.round(seconds / 360) / 10 });
}

/** In the order in which a message comes along. */
export const countedStates: readonly MessageState[] = [
  'read',
  'delivered',
  'sent',
  'permitted',
  'queued',
  'unknown',
  'failed',
  'expired',
  'cancelled',
];

export interface BulkProgress {
  /** nothing more happens to so many, as far as leaving goes */
  left: number;
  /** messages that were or will be made; null while debtors are still being collected */
  total: number | null;
  skipped: number;
}

/** How far a message to many is: what has left or been given up, of what was put in the queue. */
export function progressOf(bulk: Pick<MessageBulk, 'counts' | 'skipped' | 'total'>): BulkProgress {
  const all = countedStates.reduce((sum, state) => sum + (bulk.counts[state] ?? 0), 0);
  const waiting = (bulk.counts.queued ?? 0) + (bulk.counts.permitted ?? 0);
  const skipped = Object.values(bulk.skipped).reduce((sum, count) => sum + count, 0);
  return {
    left: all - waiting,
    total: bulk.total === null ? null : Math.max(all, bulk.total - skipped),
    skipped,
  };
}
