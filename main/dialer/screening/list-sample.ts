import { seededRandom } from '../../debtors/writes.ts';
import type { ReadDb } from '../../store/types.ts';

export interface SampledEntry {
  entryId: string;
  campaignId: string;
  debtorId: string;
  excluded: 0 | 1;
  /** of an entry that waits, epoch ms */
  nextAt: number;
}

/** Enough that a share of half the list is right to three points in a hundred. */
const SAMPLE = 1_000;
const MOST_ROUNDS = 4;

const COLUMNS = 'id AS entryId, campaignId, debtorId, excluded, nextAt, status';
const OPEN = `status IN ('pending','waiting')`;

/** Open entries of a list: all of them when they are few, or else those at places evenly over it. */
export function sampleOf(read: ReadDb, campaignId: string): { open: number; rows: SampledEntry[] } {
  const { open = 0 } =
    read.get<{ open: number }>(
      `SELECT count(*) AS open FROM contactListEntry WHERE campaignId = ? AND ${OPEN}`,
      campaignId,
    ) ?? {};
  if (open <= SAMPLE)
    return {
      open,
      rows: read.all<SampledEntry>(
        `SELECT ${COLUMNS} FROM contactListEntry WHERE campaignId = ? AND ${OPEN}`,
        campaignId,
      ),
    };
  const last = read.get<{ last: number }>(
    'SELECT max(position) AS last FROM contactListEntry WHERE campaignId = ?',
    campaignId,
  );
  return { open, rows: spread(read, campaignId, last?.last ?? 0) };
}

/**
 * One at a chance place in each of so many equal parts of the list: what recurs at every third entry does not mislead.
 * An entry that is done is passed over, and further rounds fill up.
 */
function spread(read: ReadDb, campaignId: string, last: number): SampledEntry[] {
  const rows = new Map<number, SampledEntry>();
  const random = seededRandom(last);
  const width = (last + 1) / SAMPLE;
  for (let round = 0; round < MOST_ROUNDS && rows.size < SAMPLE; round += 1) {
    for (let part = 0; part < SAMPLE && rows.size < SAMPLE; part += 1) {
      const position = Math.floor((part + random.next()) * width);
      if (rows.has(position)) continue;
      const row = read.get<SampledEntry & { status: string }>(
        `SELECT ${COLUMNS} FROM contactListEntry WHERE campaignId = ? AND position = ?`,
        campaignId,
        position,
      );
      if (row?.status === 'pending' || row?.status === 'waiting') rows.set(position, row);
    }
  }
  return [...rows.values()];
}
