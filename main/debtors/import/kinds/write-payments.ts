import type { ImportFinding } from '#shared/contract/index.ts';
import type { ReadDb } from '../../../store/index.ts';
import { storeEntry } from '../../bank/entry-writes.ts';
import { bookPayment } from '../../ledger/index.ts';
import { type KindChunkParts, type KindCounts, noCounts } from './kind-chunk.ts';
import type { EntryRecord, PaymentRecord } from './kind-records.ts';
import { type ResolvedReference, resolveReference } from './resolve-reference.ts';

const KNOWN = `SELECT 1 FROM payment WHERE sourceKey = ? AND deletedAt IS NULL
  UNION ALL SELECT 1 FROM bankEntry WHERE sourceKey = ? AND deletedAt IS NULL LIMIT 1`;

/**
 * Books payments of a file, each once however often its file comes. A row that names nobody we know goes to the bank's
 * queue when it says who paid for what, else it is refused.
 */
export function writePayments(parts: KindChunkParts<PaymentRecord>): KindCounts {
  const counts = noCounts();
  parts.records.forEach((record, index) => {
    const done = writePayment(parts, record);
    if (done === 'known') counts.unchanged += 1;
    else if (done === 'booked') counts.imported += 1;
    else if (done === 'queued') {
      counts.imported += 1;
      counts.queued += 1;
    } else counts.refused.push([index, done]);
  });
  return counts;
}

function writePayment(
  { db, context, chunk }: KindChunkParts<PaymentRecord>,
  record: PaymentRecord,
): 'booked' | 'queued' | 'known' | ImportFinding {
  const { importJobId, dryRun, portfolioId } = chunk;
  const { sourceKey, amountMinor, currency, bookedOn, payer, method } = record;
  if (isKnown(db, sourceKey)) return 'known';
  const found = resolveReference(db, record, portfolioId);
  const whom = typeof found === 'string' ? found : withCurrency(found, currency);
  if (typeof whom === 'string') {
    if (!saysEnough(record)) return whom;
    const stored = storeEntry(db, context, record, { importJobId, dryRun, canMatch: true });
    return stored === 'matched' ? 'booked' : stored;
  }
  if (dryRun) return 'booked';
  bookPayment(db, context, {
    debtorId: whom.debtorId,
    debtIds: whom.debtId === null ? undefined : [whom.debtId],
    amountMinor,
    currency,
    paidOn: bookedOn,
    method,
    source: 'import',
    sourceKey,
    reference: record.title === '' ? null : record.title.slice(0, 500),
    payer,
    importJobId,
    personId: null,
  });
  return 'booked';
}

function isKnown(db: ReadDb, sourceKey: string): boolean {
  return db.get(KNOWN, sourceKey, sourceKey) !== undefined;
}

function withCurrency(
  found: ResolvedReference,
  currency: string,
): ResolvedReference | 'currency.unknown' {
  return found.currency === null || found.currency === currency ? found : 'currency.unknown';
}

/** Somebody can find out whose it is. */
function saysEnough({ title, payer, accounts }: PaymentRecord): boolean {
  return title !== '' || payer !== null || accounts.length > 0;
}

/** Entries of a bank account: certain ones are booked, the rest waits in the queue. */
export function writeEntries(parts: KindChunkParts<EntryRecord>): KindCounts {
  const { db, context, chunk } = parts;
  const { importJobId, dryRun } = chunk;
  const counts = noCounts();
  for (const record of parts.records) {
    const stored = storeEntry(db, context, record, { importJobId, dryRun, canMatch: true });
    if (stored === 'known') counts.unchanged += 1;
    else counts.imported += 1;
    if (stored === 'queued') counts.queued += 1;
  }
  return counts;
}
