import type { BankSuggestion, SearchHit } from '#shared/contract/index.ts';
import type { DebtId, DebtorId } from '#shared/domain/index.ts';

/** For whom a payment is: from a suggestion, or found by a person. */
export interface Candidate {
  debtorId: DebtorId;
  debtId: DebtId | null;
  name: string;
  reference: string;
}

export function fromSuggestion(suggestion: BankSuggestion): Candidate {
  return {
    debtorId: suggestion.debtorId,
    debtId: suggestion.debtId,
    name: suggestion.debtorName,
    reference: suggestion.debtRef ?? suggestion.debtorRef,
  };
}

export function fromHit(hit: SearchHit): Candidate {
  return {
    debtorId: hit.debtorId,
    debtId: null,
    name: hit.displayName,
    reference: hit.externalRef,
  };
}

/** The same debtor and debt. */
export function isSame(a: Candidate, b: Candidate): boolean {
  return a.debtorId === b.debtorId && a.debtId === b.debtId;
}

/** One part of a divided entry; the amount is null while it is not one. */
export interface SplitPart {
  candidate: Candidate;
  amountMinor: number | null;
}

/** What is left of an entry for other parts; below zero when they are more than it. */
export function splitRest(totalMinor: number, parts: readonly SplitPart[]): number {
  return totalMinor - parts.reduce((sum, part) => sum + (part.amountMinor ?? 0), 0);
}

/** With a part more, which takes what is left; one for the same debtor and debt is not added twice. */
export function withPart(
  totalMinor: number,
  parts: readonly SplitPart[],
  candidate: Candidate,
): SplitPart[] {
  if (parts.some((part) => isSame(part.candidate, candidate))) return [...parts];
  const rest = splitRest(totalMinor, parts);
  return [...parts, { candidate, amountMinor: rest > 0 ? rest : null }];
}

/** Whether the parts can be booked: two or more, each with an amount, together the entry. */
export function isWhole(totalMinor: number, parts: readonly SplitPart[]): boolean {
  return (
    parts.length >= 2 &&
    parts.every((part) => part.amountMinor !== null && part.amountMinor > 0) &&
    splitRest(totalMinor, parts) === 0
  );
}
