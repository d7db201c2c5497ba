import type { ReadDb } from '../../store/types.ts';
import { nextDue, nextEntry } from '../lists/index.ts';
import type { NextDebtors } from '../types.ts';

/** Lists as they are stored. Who waits for an agent before the call (callback, met silence) is passed over. */
export function listNext(read: ReadDb): NextDebtors {
  const wantsAgent = (entryId: string) =>
    read.get(
      'SELECT 1 FROM contactListEntry WHERE id = ? AND (callbackAt IS NOT NULL OR silentAt IS NOT NULL)',
      entryId,
    ) !== undefined;
  return {
    next(campaignId, now, taken) {
      const passed = new Set(taken);
      for (;;) {
        const entry = nextEntry(read, campaignId, now, passed);
        if (entry === null || !wantsAgent(entry.entryId)) return entry;
        passed.add(entry.entryId);
      }
    },
    nextDue: (campaignId, now) => nextDue(read, campaignId, now),
  };
}
