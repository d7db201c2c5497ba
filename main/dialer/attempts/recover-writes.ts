import type { AttemptResult } from '#shared/domain/index.ts';
import type { WriteContext, WriteDb } from '../../store/types.ts';
import { type OrphanDialog, unfinishedDialogs } from '../../telephony/call/writes.ts';
import { type AttemptRow, undisposedAttempts, unfinishedAttempts } from './attempt-rows.ts';
import type { AttemptWrites } from './attempt-writes.ts';

export interface Recovered {
  /** dialogs whose far end may still be up: each gets a CANCEL or BYE */
  orphans: OrphanDialog[];
  /** attempts that had not ended when the engine stopped */
  interrupted: number;
  /** joined calls whose outcome is still to be recorded */
  undisposed: { callId: string; personId: string }[];
}

/**
 * Accounts for what the last run of the engine left unfinished, in one transaction: a reserved attempt without a
 * dialog never left the machine and is given back; one whose INVITE may have left counts, keeps its reservation and
 * is never resent; one that was joined was a conversation, and one who answered and was not joined met silence.
 */
export function createRecoverWrites(attempts: AttemptWrites) {
  return {
    'attempt.recover': (db: WriteDb, context: WriteContext, _input: null): Recovered => {
      const orphans = unfinishedDialogs(db);
      const unfinished = unfinishedAttempts(db);
      for (const attempt of unfinished)
        attempts['attempt.end'](db, context, {
          attemptId: attempt.id,
          result: resultOf(attempt),
          endedBy: 'engine',
          sipStatus: null,
          sipReason: 'engine restarted',
          q850Cause: null,
        });
      return {
        orphans,
        interrupted: unfinished.length,
        undisposed: undisposedAttempts(db).flatMap((row) =>
          row.personId === null ? [] : [{ callId: row.callId, personId: row.personId }],
        ),
      };
    },
  };
}

function resultOf({
  dialedAt,
  answeredAt,
  joinedAt,
}: Pick<AttemptRow, 'dialedAt' | 'answeredAt' | 'joinedAt'>): AttemptResult {
  if (dialedAt === null) return 'cancelled';
  if (joinedAt !== null) return 'answered';
  return answeredAt === null ? 'interrupted' : 'abandoned';
}
