import type { ReadDb } from '../../store/index.ts';
import { keptSince, parsePeriod } from './period.ts';
import type { KeepingTerms, Term } from './periods.ts';
import type { RetentionAnchor } from './retention-types.ts';
import type { Candidate } from './sources.ts';

/** What decides about records of one debtor. */
export interface CaseFacts {
  /** a dispute, a lawyer, insolvency, an objection: whatever it is about may be needed */
  held: boolean;
  openDebt: boolean;
  /** null: never */
  lastActivityAt: number | null;
  lastBookingAt: number | null;
}

export const nobody: CaseFacts = {
  held: false,
  openDebt: false,
  lastActivityAt: null,
  lastBookingAt: null,
};

/**
 * Whether a record may go at `now`. `kept`: it is old enough, but a hold or an open debt keeps it; `young`: not yet.
 * An anchor that has not happened yet (a case that is open) starts no period.
 */
export function isDue(
  candidate: Pick<Candidate, 'at'>,
  { removal, minimums }: Pick<KeepingTerms, 'removal' | 'minimums'>,
  facts: CaseFacts,
  now: number,
): 'due' | 'kept' | 'young' {
  if (removal === null) return 'young';
  const verdicts = [removal, ...minimums].map((term) => isOver(term, candidate.at, facts, now));
  if (verdicts.includes('young')) return 'young';
  return verdicts.includes('kept') || facts.held ? 'kept' : 'due';
}

function isOver({ period, anchor }: Term, at: number, facts: CaseFacts, now: number) {
  const limit = keptSince(now, parsePeriod(period));
  if (at > limit) return 'young';
  const anchorAt = anchorInstant(anchor, at, facts);
  if (anchorAt === null) return 'kept';
  return anchorAt > limit ? 'young' : 'due';
}

/** The instant a period runs from, never before the record itself; null: it has not come yet. */
function anchorInstant(anchor: RetentionAnchor, at: number, facts: CaseFacts): number | null {
  switch (anchor) {
    case 'event':
      return at;
    case 'lastCollectionActivity':
      return Math.max(at, facts.lastActivityAt ?? at);
    case 'caseClosed':
    case 'purposeEnds':
      if (facts.openDebt) return null;
      return Math.max(at, facts.lastActivityAt ?? at, facts.lastBookingAt ?? at);
  }
}

/** Reads what decides about a debtor, by their indexes. */
export function loadCaseFacts(read: ReadDb, debtorId: string, now: number): CaseFacts {
  const held = read.get(
    `SELECT 1 FROM hold WHERE debtorId = ? AND kind IN ('dispute', 'lawyer', 'bankrupt', 'objection')
       AND liftedAt IS NULL AND deletedAt IS NULL AND ("until" IS NULL OR "until" > ?) LIMIT 1`,
    debtorId,
    now,
  );
  const openDebt = read.get(
    `SELECT 1 FROM debt WHERE debtorId = ? AND deletedAt IS NULL AND status = 'open' LIMIT 1`,
    debtorId,
  );
  const activity = read.get<{ at: number | null }>(
    `SELECT max(at) AS at FROM interaction WHERE debtorId = ?
       AND channel IN ('call', 'sms', 'mms', 'email', 'chat', 'voiceMessage', 'letter', 'visit', 'ivr', 'payment')`,
    debtorId,
  );
  const booking = read.get<{ at: number | null }>(
    'SELECT max(e.at) AS at FROM debt b JOIN debtEntry e ON e.debtId = b.id WHERE b.debtorId = ?',
    debtorId,
  );
  return {
    held: held !== undefined,
    openDebt: openDebt !== undefined,
    lastActivityAt: activity?.at ?? null,
    lastBookingAt: booking?.at ?? null,
  };
}
