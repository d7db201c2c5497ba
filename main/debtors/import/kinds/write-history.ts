import type { ImportFinding } from '#shared/contract/index.ts';
import type { ReadDb } from '../../../store/index.ts';
import { instantOf, isTimeZone } from '../../work/zoned-time.ts';
import { writeFormerContact } from './history-events.ts';
import { type KindChunkParts, type KindCounts, noCounts } from './kind-chunk.ts';
import type { HistoryRecord } from './kind-records.ts';
import { resolveReference } from './resolve-reference.ts';

/** Where a file says no time: the middle of the day is the least wrong. */
const NO_TIME = '12:00';

/**
 * Writes contacts of a former agency into the history: marked by the job, done by none of our people. Times are those of
 * the debtor's clocks. The same contact is written once, also when it comes again.
 */
export function writeHistory(parts: KindChunkParts<HistoryRecord>): KindCounts {
  const counts = noCounts();
  parts.records.forEach((record, index) => {
    const done = writeContact(parts, record);
    if (done === 'new') counts.imported += 1;
    else if (done === 'known') counts.unchanged += 1;
    else counts.refused.push([index, done]);
  });
  return counts;
}

function writeContact(
  { db, context, chunk }: KindChunkParts<HistoryRecord>,
  record: HistoryRecord,
): 'new' | 'known' | ImportFinding {
  const { importJobId, dryRun, portfolioId } = chunk;
  const whom = resolveReference(db, record, portfolioId);
  if (typeof whom === 'string') return whom;
  const debtor = requireClocks(db, whom.debtorId);
  const at = instantOf(record.on, record.time ?? NO_TIME, debtor.zone);
  // what has not happened yet is a slip of the pen
  if (at > context.now) return 'time.unreadable';
  const { channel, direction, peer, text } = record;
  if (isKnown(db, whom.debtorId, at, record)) return 'known';
  if (dryRun) return 'new';
  const interactionId = context.newId();
  db.insert('interaction', {
    id: interactionId,
    debtorId: whom.debtorId,
    debtId: whom.debtId,
    channel,
    direction,
    at,
    peer,
    synthetic: debtor.synthetic,
    importJobId,
  });
  db.insert('interactionContent', { id: context.newId(), interactionId, kind: 'note', text });
  const { debtorId, debtId } = whom;
  const contact = { interactionId, debtorId, debtId, channel, direction, at, peer, text };
  writeFormerContact(db, context, contact);
  return 'new';
}

function requireClocks(db: ReadDb, debtorId: string): { zone: string; synthetic: number } {
  const row = db.get<{ timeZonesJson: string; synthetic: number }>(
    'SELECT timeZonesJson, synthetic FROM debtor WHERE id = ?',
    debtorId,
  );
  const [zone] = JSON.parse(row?.timeZonesJson ?? '[]') as string[];
  const isKnownZone = zone !== undefined && isTimeZone(zone);
  return { zone: isKnownZone ? zone : 'UTC', synthetic: row?.synthetic ?? 0 };
}

const SAME = `SELECT 1 FROM interaction i JOIN interactionContent c ON c.interactionId = i.id
  WHERE i.debtorId = ? AND i.at = ? AND i.channel = ? AND i.direction = ? AND i.importJobId IS NOT NULL AND c.text = ?
  LIMIT 1`;

function isKnown(db: ReadDb, debtorId: string, at: number, record: HistoryRecord): boolean {
  const { channel, direction, text } = record;
  return db.get(SAME, debtorId, at, channel, direction, text) !== undefined;
}
