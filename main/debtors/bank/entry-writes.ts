import { AppError } from '#shared/errors/index.ts';
import type { ReadDb, WriteContext, WriteDb } from '../../store/index.ts';
import { bookPayment, reversePayment } from '../ledger/index.ts';
import { type EntryToMatch, matchEntry } from './match-entry.ts';

/** Money that came in, as a statement or a file of payments gives it. */
export interface NewBankEntry extends EntryToMatch {
  /** names the entry at its source: one that is known is not stored again */
  sourceKey: string;
  /** the account that was paid to, for show */
  account: string | null;
  bookedOn: string;
}

export type StoredEntry = 'matched' | 'queued' | 'known';

const KNOWN = 'SELECT 1 FROM bankEntry WHERE sourceKey = ? AND deletedAt IS NULL LIMIT 1';

/** What storing an entry would come to, or comes to: a certain match is booked, the rest waits. */
export function storeEntry(
  db: WriteDb,
  context: WriteContext,
  entry: NewBankEntry,
  job: { importJobId: string; dryRun: boolean; canMatch: boolean },
): StoredEntry {
  if (db.get(KNOWN, entry.sourceKey)) return 'known';
  const [best] = job.canMatch ? matchEntry(db, entry) : [];
  const match = best?.certainty === 'certain' ? best : null;
  if (job.dryRun) return match ? 'matched' : 'queued';
  const id = context.newId();
  const { account, bookedOn, amountMinor, currency, payer, payerAccount, title } = entry;
  const row = { account, bookedOn, amountMinor, currency, payer, payerAccount, title };
  const { importJobId } = job;
  const booked = match
    ? bookPayment(db, context, {
        ...paymentOf(entry),
        ...match,
        debtIds: listOf(match.debtId),
        importJobId,
        personId: null,
      })
    : null;
  db.insert('bankEntry', {
    id,
    importJobId,
    sourceKey: entry.sourceKey,
    ...row,
    state: booked ? 'matched' : 'open',
    debtorId: booked?.debtorId ?? null,
    debtId: match?.debtId ?? null,
    paymentId: booked?.paymentId ?? null,
    matchedBy: match?.reasons[0] ?? null,
    createdAt: context.now,
  });
  return booked ? 'matched' : 'queued';
}

type PayingEntry = Pick<
  NewBankEntry,
  'sourceKey' | 'bookedOn' | 'amountMinor' | 'currency' | 'payer' | 'title'
>;

function paymentOf(entry: PayingEntry) {
  const { sourceKey, bookedOn, amountMinor, currency, payer, title } = entry;
  return {
    amountMinor,
    currency,
    paidOn: bookedOn,
    method: 'transfer',
    source: 'bank' as const,
    sourceKey,
    reference: title.slice(0, 500),
    payer,
  };
}

const listOf = (debtId: string | null | undefined) => (debtId == null ? undefined : [debtId]);

interface EntryRow extends PayingEntry {
  id: string;
  state: 'matched' | 'open' | 'ignored';
  debtorId: string | null;
}

const SELECT_ENTRY = `SELECT id, sourceKey, bookedOn, amountMinor, currency, payer, title, state, debtorId
  FROM bankEntry WHERE id = ? AND deletedAt IS NULL`;

function requireEntry(db: ReadDb, bankEntryId: string, state: EntryRow['state'] | null): EntryRow {
  const row = db.get<EntryRow>(SELECT_ENTRY, bankEntryId);
  if (!row) throw new AppError('contract.not-found', 'no such entry');
  if (state !== null && row.state !== state) {
    throw new AppError('bank.not-open', 'somebody dealt with this entry meanwhile');
  }
  return row;
}

export interface EntryPart {
  debtorId: string;
  debtId?: string | null | undefined;
  amountMinor: number;
}

/**
 * Books an open entry as one payment or several, as a person says.
 * @returns the debtors that have a payment more
 * @throws AppError `contract.not-found`, `bank.not-open`, `bank.split-differs`, `payment.no-such-debt`
 */
export function matchByPerson(
  db: WriteDb,
  context: WriteContext,
  input: { bankEntryId: string; personId: string | null; parts: readonly EntryPart[] },
): { debtorIds: string[] } {
  const entry = requireEntry(db, input.bankEntryId, 'open');
  const { parts } = input;
  const sum = parts.reduce((total, part) => total + part.amountMinor, 0);
  if (sum !== entry.amountMinor) {
    throw new AppError('bank.split-differs', 'the parts together are not the entry');
  }
  const booked = parts.map(({ debtorId, debtId, amountMinor }, index) =>
    bookPayment(db, context, {
      ...paymentOf(entry),
      sourceKey: index === 0 ? entry.sourceKey : `${entry.sourceKey}#${index}`,
      debtorId,
      debtIds: listOf(debtId),
      amountMinor,
      personId: input.personId,
    }),
  );
  db.update('bankEntry', entry.id, {
    state: 'matched',
    debtorId: booked[0]?.debtorId ?? null,
    debtId: parts[0]?.debtId ?? null,
    paymentId: booked[0]?.paymentId ?? null,
    matchedBy: 'person',
    personId: input.personId,
  });
  return { debtorIds: [...new Set(booked.map(({ debtorId }) => debtorId))] };
}

export function ignoreEntry(
  db: WriteDb,
  _context: WriteContext,
  input: { bankEntryId: string; personId: string | null },
): void {
  const entry = requireEntry(db, input.bankEntryId, 'open');
  db.update('bankEntry', entry.id, { state: 'ignored', personId: input.personId });
}

/**
 * Opens an entry again: its payments are reversed, and the same entry can be booked anew.
 * @returns the debtors that have a payment less
 * @throws AppError `contract.not-found`, `bank.not-matched`
 */
export function unmatchEntry(
  db: WriteDb,
  context: WriteContext,
  input: { bankEntryId: string; personId: string | null },
): { debtorIds: string[] } {
  const entry = requireEntry(db, input.bankEntryId, null);
  if (entry.state === 'open') throw new AppError('bank.not-matched', 'this entry is open');
  const debtorIds = reversePaymentsOf(db, context, entry.sourceKey, input.personId);
  db.update('bankEntry', entry.id, {
    state: 'open',
    debtorId: null,
    debtId: null,
    paymentId: null,
    matchedBy: null,
    personId: null,
  });
  return { debtorIds };
}

const PAYMENTS_OF = `SELECT id, debtorId, status FROM payment
  WHERE sourceKey >= ? AND sourceKey < ? AND (sourceKey = ? OR sourceKey >= ?) AND deletedAt IS NULL`;

/**
 * Reverses the payments of one entry, which may be several, told apart by a sign and a number behind its key. Those that
 * a person reversed before only forget where they came from: the entry can be booked again.
 * @returns the debtors that have a payment less
 */
export function reversePaymentsOf(
  db: WriteDb,
  context: WriteContext,
  sourceKey: string,
  personId: string | null,
): string[] {
  const payments = db.all<{ id: string; debtorId: string; status: string }>(
    PAYMENTS_OF,
    sourceKey,
    `${sourceKey}$`,
    sourceKey,
    `${sourceKey}#`,
  );
  return payments.map(({ id, debtorId, status }) => {
    if (status === 'booked') {
      const reversal = { paymentId: id, personId, forgetSource: true };
      return reversePayment(db, context, reversal).debtorId;
    }
    db.update('payment', id, { sourceKey: null });
    return debtorId;
  });
}
