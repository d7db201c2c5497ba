import type { CallbackRow } from '#shared/contract/index.ts';

export type CallbackGroupId = 'late' | 'now' | 'today' | 'later';
export interface CallbackGroup {
  id: CallbackGroupId;
  callbacks: readonly CallbackRow[];
}

const hourMs = 3_600_000;

/**
 * Callbacks as one works through them: those that are late by more than an hour, those that are due, those of today
 * and the others. Each group in the order of its times; empty groups are left out.
 * @param now the reader's clock; today is theirs
 */
export function callbackGroups(callbacks: readonly CallbackRow[], now: number): CallbackGroup[] {
  const endOfDay = new Date(now).setHours(24, 0, 0, 0);
  const groupOf = ({ at }: CallbackRow): CallbackGroupId => {
    if (at < now - hourMs) return 'late';
    if (at <= now) return 'now';
    return at < endOfDay ? 'today' : 'later';
  };
  return (['late', 'now', 'today', 'later'] as const)
    .map((id) => ({
      id,
      callbacks: callbacks
        .filter((callback) => groupOf(callback) === id)
        .sort((a, b) => a.at - b.at),
    }))
    .filter((group) => group.callbacks.length > 0);
}
