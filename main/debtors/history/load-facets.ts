import type { Channel } from '#shared/domain/index.ts';
import type { ReadDb } from '../../store/index.ts';

export interface HistoryFacets {
  channels: { channel: Channel; count: number }[];
  people: { personId: string; name: string }[];
  campaigns: { campaignId: string; name: string }[];
}

/** What occurs in a history: the choices of its filters. */
export function loadFacets(read: ReadDb, debtorId: string): HistoryFacets {
  return {
    channels: read.all(
      'SELECT channel, count(*) AS count FROM interaction WHERE debtorId = ? GROUP BY channel ORDER BY channel',
      debtorId,
    ),
    people: read.all(
      `SELECT p.id AS personId, p.displayName AS name FROM person p WHERE p.id IN (
         SELECT i.personId FROM interaction i WHERE i.debtorId = ?
         UNION SELECT e.personId FROM interaction i JOIN interactionEvent e ON e.interactionId = i.id
           WHERE i.debtorId = ?)
       ORDER BY p.displayName`,
      debtorId,
      debtorId,
    ),
    campaigns: read.all(
      `SELECT c.id AS campaignId, c.name FROM campaign c
       WHERE c.id IN (SELECT DISTINCT campaignId FROM interaction WHERE debtorId = ?)
       ORDER BY c.name`,
      debtorId,
    ),
  };
}
