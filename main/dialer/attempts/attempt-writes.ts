import type { AttemptResult } from '#shared/domain/index.ts';
import type { WriteContext, WriteDb } from '../../store/types.ts';
import { dialogColumns } from '../../telephony/call/writes.ts';
import type { DialogIdentity } from '../../telephony/sip/types.ts';
import { countShown, countShownAnswer } from '../caller-id/writes.ts';
import { countAttempt, giveEntryBack, resettleEntry, settleEntry } from '../lists/index.ts';
import { recordFacts } from './attempt-facts.ts';
import { type AttemptRow, addCallEvent, loadAttempt } from './attempt-rows.ts';
import type { ContactDoor } from './door.ts';
import { type Reserve, type ReserveReply, reserve } from './reserve-attempt.ts';
import { correctTriedNumber, markTried, recordTriedNumber } from './tried-number.ts';

export type { ReserveReply } from './reserve-attempt.ts';

/** `sipReason` of a call that the pacer took back while it rang: our word, no network's */
export const TAKEN_BACK = 'taken back: no agent in time';

export interface EndInput {
  attemptId: string;
  result: AttemptResult;
  endedBy: string;
  sipStatus: number | null;
  sipReason: string | null;
  q850Cause: number | null;
  /** a person answered then and was never joined, epoch ms: known although the rows of it could not be written */
  silentSince?: number | null;
}

/** Every change of an attempt, each in one transaction, made durable before its effect (design §2.9). */
export function createAttemptWrites(door: ContactDoor) {
  return {
    'attempt.reserve': (db: WriteDb, context: WriteContext, input: Reserve): ReserveReply =>
      reserve(door, db, context, input),

    /** Before the INVITE leaves, and again before one that is repeated with credentials. */
    'attempt.send': (
      db: WriteDb,
      context: WriteContext,
      input: { attemptId: string; legId: string; identity: DialogIdentity },
    ): { interactionId: string } => send(door, db, context, input),

    'attempt.ring': (db: WriteDb, context: WriteContext, input: { attemptId: string }): void => {
      db.update('attempt', input.attemptId, { state: 'ringing', ringingAt: context.now });
    },

    'attempt.answer': (
      db: WriteDb,
      context: WriteContext,
      input: {
        attemptId: string;
        answeredAt: number;
        personId: string | null;
        identity: DialogIdentity;
      },
    ): void => answer(db, context, input),

    'attempt.join': (
      db: WriteDb,
      context: WriteContext,
      input: { attemptId: string; personId: string },
    ): void => join(db, context, loadAttempt(db, input.attemptId), input.personId),

    'attempt.abandon': (
      db: WriteDb,
      _context: WriteContext,
      input: { attemptId: string },
    ): void => {
      // An agent who was about to be joined was not: it never was a conversation.
      db.update('attempt', input.attemptId, {
        state: 'abandoning',
        joinedAt: null,
        personId: null,
      });
    },

    'attempt.end': (db: WriteDb, context: WriteContext, input: EndInput): void =>
      end(door, db, context, input),

    /**
     * A 2xx crossed our giving up: a person was reached and hung up on at once. That is an abandonment, whatever was written
     * before.
     */
    'attempt.reached-too-late': (
      db: WriteDb,
      context: WriteContext,
      input: { attemptId: string; answeredAt: number },
    ): void => reachedTooLate(door, db, context, input),

    /** A 2xx came for a call that nobody waits for any more: what is needed to end it. */
    'attempt.dialog-confirmed': (
      db: WriteDb,
      _context: WriteContext,
      input: { dialogId: string; identity: DialogIdentity },
    ): void => {
      db.update('dialog', input.dialogId, dialogColumns(input.identity));
    },

    /**
     * The far end ended the dialog, or answered our BYE or CANCEL, or will never answer. Kept apart from the end
     * of the attempt: until this row stands, a restart tells the far end again.
     */
    'attempt.dialog-ended': (
      db: WriteDb,
      context: WriteContext,
      input: { dialogId: string },
    ): void => {
      db.update('dialog', input.dialogId, { endedAt: context.now });
    },
  };
}

export type AttemptWrites = ReturnType<typeof createAttemptWrites>;

function send(
  door: ContactDoor,
  db: WriteDb,
  context: WriteContext,
  input: { attemptId: string; legId: string; identity: DialogIdentity },
): { interactionId: string } {
  const attempt = loadAttempt(db, input.attemptId);
  if (attempt.interactionId !== null) {
    db.update('dialog', input.attemptId, dialogColumns(input.identity));
    return { interactionId: attempt.interactionId };
  }
  const interactionId = context.newId();
  db.insert('dialog', {
    id: input.attemptId,
    legId: input.legId,
    callId: attempt.callId,
    role: 'trunkOut',
    trunkId: attempt.trunkId,
    ...dialogColumns(input.identity),
    createdAt: context.now,
  });
  db.insert('interaction', {
    id: interactionId,
    debtorId: attempt.debtorId,
    channel: 'call',
    direction: 'out',
    at: context.now,
    personId: attempt.personId,
    campaignId: attempt.campaignId,
    callId: attempt.callId,
    contactPointId: attempt.contactPointId,
    peer: attempt.number,
  });
  db.update('attempt', input.attemptId, {
    state: 'dialing',
    dialedAt: context.now,
    interactionId,
  });
  if (attempt.reservationId !== null) door.markUsed(db, context, attempt.reservationId);
  if (attempt.entryId !== null) countAttempt(db, context, attempt.entryId);
  if (attempt.contactPointId !== null) markTried(db, context, attempt.contactPointId);
  return { interactionId };
}

function answer(
  db: WriteDb,
  context: WriteContext,
  input: {
    attemptId: string;
    answeredAt: number;
    personId: string | null;
    identity: DialogIdentity;
  },
): void {
  db.update('dialog', input.attemptId, dialogColumns(input.identity));
  db.update('attempt', input.attemptId, {
    state: 'answered',
    answeredAt: input.answeredAt,
    // With detection off the answer is the person (design §2).
    personAt: input.answeredAt,
  });
  if (input.personId !== null) join(db, context, loadAttempt(db, input.attemptId), input.personId);
}

function join(db: WriteDb, context: WriteContext, attempt: AttemptRow, personId: string): void {
  db.update('attempt', attempt.id, { state: 'joined', personId, joinedAt: context.now });
  if (attempt.interactionId !== null)
    addCallEvent(db, context, attempt.interactionId, 'joined', personId, {});
}

function end(door: ContactDoor, db: WriteDb, context: WriteContext, input: EndInput): void {
  const attempt = loadAttempt(db, input.attemptId);
  if (attempt.endedAt !== null) return;
  const { silentSince = null } = input;
  if (silentSince !== null && attempt.dialedAt !== null) {
    const columns = { answeredAt: silentSince, joinedAt: null, personId: null };
    db.update('attempt', attempt.id, columns);
    Object.assign(attempt, columns);
  }
  endRows(db, context, attempt, input);
  if (attempt.dialedAt === null) {
    if (attempt.reservationId !== null) door.release(db, context, attempt.reservationId);
    if (attempt.entryId !== null) giveEntryBack(db, context, attempt.entryId);
    return;
  }
  countShown(db, context, attempt.id);
  recordFacts(door, db, context, attempt, input.result);
  const verdict = verdictFor(attempt, input);
  recordTriedNumber(db, context, attempt, {
    result: attempt.joinedAt === null ? input.result : 'answered',
    verdict,
  });
  if (attempt.entryId !== null)
    settleEntry(db, context, attempt.entryId, verdict, attempt.contactPointId);
}

/** What the list hears: a phone that rang until we took the call back is tried again as one that nobody answered. */
function verdictFor(attempt: AttemptRow, { result, sipReason }: EndInput): AttemptResult {
  if (attempt.joinedAt !== null) return 'answered';
  return result === 'cancelled' && sipReason === TAKEN_BACK ? 'noAnswer' : result;
}

function reachedTooLate(
  door: ContactDoor,
  db: WriteDb,
  context: WriteContext,
  input: { attemptId: string; answeredAt: number },
): void {
  const result: AttemptResult = 'abandoned';
  const { answeredAt } = input;
  const attempt = { ...loadAttempt(db, input.attemptId), answeredAt };
  countShownAnswer(db, context, attempt.id);
  db.update('attempt', attempt.id, { answeredAt });
  endRows(db, context, attempt, {
    attemptId: attempt.id,
    result,
    endedBy: 'engine',
    sipStatus: 200,
    sipReason: 'answered while we hung up',
    q850Cause: null,
  });
  recordFacts(door, db, context, attempt, result);
  correctTriedNumber(db, context, attempt, result);
  if (attempt.entryId !== null)
    resettleEntry(db, context, attempt.entryId, result, attempt.contactPointId);
}

function endRows(db: WriteDb, context: WriteContext, attempt: AttemptRow, input: EndInput): void {
  db.update('attempt', attempt.id, {
    state: 'ended',
    endedAt: context.now,
    attemptResult: input.result,
    endedBy: input.endedBy,
    sipStatus: input.sipStatus,
    sipReason: input.sipReason,
    q850Cause: input.q850Cause,
  });
  if (attempt.interactionId !== null)
    addCallEvent(db, context, attempt.interactionId, 'callEnded', attempt.personId, {
      attemptResult: input.result,
      endedBy: input.endedBy,
      talkTimeMs: attempt.joinedAt === null ? null : context.now - attempt.joinedAt,
    });
}
