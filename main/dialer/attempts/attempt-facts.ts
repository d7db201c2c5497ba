import type { AttemptResult } from '#shared/domain/index.ts';
import type { Target } from '#shared/rule-packs/index.ts';
import type { WriteContext, WriteDb } from '../../store/types.ts';
import { agreeFactsWithParty, targetOfCall } from '../../telephony/call/writes.ts';
import type { AttemptRow } from './attempt-rows.ts';
import type { ContactDoor, ContactFact } from './door.ts';

/** Tells the door what came of an attempt, and who was reached. */
export function recordFacts(
  door: ContactDoor,
  db: WriteDb,
  context: WriteContext,
  attempt: AttemptRow,
  result: AttemptResult,
): void {
  if (attempt.debtorId === null) return;
  door.recordFacts(db, context, {
    callId: attempt.callId,
    debtorId: attempt.debtorId,
    contactPointId: attempt.contactPointId,
    number: attempt.number,
    direction: 'out',
    mode: attempt.mode,
    facts: factsOf(attempt, result, targetOfCall(db, attempt.callId)),
  });
  agreeFactsWithParty(db, context, attempt.callId);
}

/** Raw facts for the rule packs; an answered call is several (contact rules §8.3). */
function factsOf(
  attempt: Pick<AttemptRow, 'ringingAt' | 'answeredAt' | 'joinedAt'>,
  result: AttemptResult,
  target: Target | null = null,
): ContactFact[] {
  // A third person was told nothing of the debt: that is no conversation (contact rules §2).
  if (attempt.joinedAt !== null)
    return target === 'thirdParty' ? ['humanAnswered'] : ['humanAnswered', 'conversation'];
  if (attempt.answeredAt !== null) return ['humanAnswered', 'abandoned'];
  if (result === 'noAnswer' || attempt.ringingAt !== null) return ['rang'];
  return ['notConnected'];
}
