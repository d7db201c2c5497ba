import { foldText } from '#shared/util/index.ts';
import { digest } from '../record-cells.ts';
import type { Occurrences } from './kind-cells.ts';

export interface KeyedEntry {
  account: string | null;
  bookedOn: string;
  amountMinor: number;
  currency: string;
  /** as the bank numbers it; '' when it does not */
  reference: string;
  payerAccount: string | null;
  payer: string | null;
  title: string;
}

/**
 * Names an entry of an account by what every copy of a statement says of it, so that an entry comes in once however often
 * it is read: account, date, amount, and the bank's number or, without one, who paid for what. Letters are compared
 * without diacritics, case and spaces, since banks write the same entry differently into CSV and MT940.
 */
export function entryKey(entry: KeyedEntry, occurrences: Occurrences): string {
  const { account, bookedOn, amountMinor, currency, reference } = entry;
  const who = entry.payerAccount ?? letters(entry.payer ?? '');
  const told = reference === '' ? `${who}|${letters(entry.title)}` : letters(reference);
  const key = digest(account ?? '', bookedOn, String(amountMinor), currency, told);
  return `bank:${key}:${occurrences.next(key)}`;
}

/** Names a row of a file of payments, in which whom it is for counts too. */
export function paymentKey(
  entry: KeyedEntry,
  references: readonly string[],
  occurrences: Occurrences,
): string {
  const { bookedOn, amountMinor, currency, reference, payer, title } = entry;
  const told = reference === '' ? [letters(payer ?? ''), letters(title)] : [letters(reference)];
  const key = digest(...references, bookedOn, String(amountMinor), currency, ...told);
  return `payment:${key}:${occurrences.next(key)}`;
}

function letters(text: string): string {
  return foldText(text).replace(/[^\p{L}\p{N}]/gu, '');
}
