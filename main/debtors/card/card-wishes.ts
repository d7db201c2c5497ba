import type { DebtorCard } from '#shared/contract/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/index.ts';

type Card = Unbranded<DebtorCard>;
type Block = Card['blocks'][number];
type BlockRow = Omit<Block, 'days' | 'channels'> & {
  daysJson: string;
  channelsJson: string | null;
};
type Place = NonNullable<Card['statedPlace']>;

/** Times and places that the debtor called inconvenient, in force. */
export function loadBlocks(read: ReadDb, debtorId: string): Block[] {
  return read
    .all<BlockRow>(
      `SELECT b.id AS personalBlockId, b.contactPointId, b.daysJson, b.fromTime AS "from", b.toTime AS "to", b.timeZone,
         b.channelsJson, b.note, b.createdAt, p.displayName AS agentName
       FROM personalBlock b LEFT JOIN person p ON p.id = b.personId
       WHERE b.debtorId = ? AND b.liftedAt IS NULL AND b.deletedAt IS NULL ORDER BY b.createdAt, b.id`,
      debtorId,
    )
    .map(({ daysJson, channelsJson, ...row }) => ({
      ...row,
      days: JSON.parse(daysJson) as Block['days'],
      channels: channelsJson === null ? null : (JSON.parse(channelsJson) as Block['channels']),
    }));
}

/** Where the debtor says to be; null when nothing is stated for now. */
export function loadStatedPlace(read: ReadDb, debtorId: string, now: number): Place | null {
  const row = read.get<Omit<Place, 'timeZones'> & { timeZonesJson: string }>(
    `SELECT s.id AS statedPlaceId, s.timeZonesJson, s.label, s.since, s."until", p.displayName AS agentName
     FROM statedPlace s LEFT JOIN person p ON p.id = s.personId
     WHERE s.debtorId = ? AND s.endedAt IS NULL AND s.deletedAt IS NULL AND (s."until" IS NULL OR s."until" > ?)
     ORDER BY s.since DESC, s.id DESC LIMIT 1`,
    debtorId,
    now,
  );
  if (!row) return null;
  const { timeZonesJson, ...place } = row;
  return { ...place, timeZones: JSON.parse(timeZonesJson) as string[] };
}

/** Texts that some rules ask for, with when they went out, the newest first. */
export function loadNotices(read: ReadDb, debtorId: string): Card['notices'] {
  return read.all(
    `SELECT id AS noticeSentId, notice, debtId, sentAt, source FROM noticeSent
     WHERE debtorId = ? AND deletedAt IS NULL ORDER BY sentAt DESC, id DESC`,
    debtorId,
  );
}
