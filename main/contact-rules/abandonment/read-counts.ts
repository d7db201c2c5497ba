import type { ReadDb } from '../../store/types.ts';
import type { AbandonmentWindow } from './abandonment-window.ts';
import type { AbandonmentCounts } from './budget.ts';

/** from the reservation of a call to its answer: the longest ring is two minutes */
const LONGEST_RING_MS = 3_600_000;

const countsSql = (campaigns: string) => `SELECT COUNT(joinedAt) AS passedToAgent,
    SUM(joinedAt IS NULL AND (state = 'abandoning' OR endedAt IS NOT NULL)) AS abandoned
  FROM attempt
  WHERE campaignId ${campaigns} AND reservedAt >= ? AND reservedAt < ? AND answeredAt >= ? AND answeredAt < ?
    AND attemptResult IS NOT 'machine'`;
const ofOneSql = countsSql('= ?');
const ofAllSql = countsSql('IN (SELECT id FROM campaign)');

/** The statement and its values, for `readAbandonment`. */
export function countsStatement(
  campaignId: string | null,
  { from, to }: AbandonmentWindow,
): { sql: string; values: (string | number)[] } {
  const times = [from - LONGEST_RING_MS, to, from, to];
  if (campaignId === null) return { sql: ofAllSql, values: times };
  return { sql: ofOneSql, values: [campaignId, ...times] };
}

/**
 * Who answered in a window, and who of them met no agent. A call that waits for an agent is neither yet; one that ended
 * while waiting was abandoned, however it ended.
 * @param campaignId null: the calls of all campaigns
 */
export function readAbandonment(
  db: ReadDb,
  campaignId: string | null,
  window: AbandonmentWindow,
): Pick<AbandonmentCounts, 'abandoned' | 'passedToAgent'> {
  const { sql, values } = countsStatement(campaignId, window);
  const row = db.get<{ abandoned: number | null; passedToAgent: number }>(sql, ...values);
  return { abandoned: row?.abandoned ?? 0, passedToAgent: row?.passedToAgent ?? 0 };
}
