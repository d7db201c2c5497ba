import { AppError } from '#shared/errors/index.ts';
import { mediaTogether } from '../../contact-rules/index.ts';
import {
  endDueCallbacks,
  followCallbacks,
  insertPromise,
  leaveLists,
} from '../../debtors/writes.ts';
import type { WriteContext, WriteDb } from '../../store/types.ts';
import { type Outcome, outcomeOf } from '../dispositions/writes.ts';
import { type DisposedEffect, settleDisposedEntry } from '../lists/index.ts';
import { type AttemptRow, addCallEvent, attemptOfCall } from './attempt-rows.ts';

export interface DisposeInput {
  callId: string;
  personId: string;
  dispositionCode: string;
  note: string | null;
  promise: { debtId: string | null; amountMinor: number; currency: string; dueOn: string } | null;
  callbackAt: number | null;
  /** wrap-up ran out of time and nobody chose */
  automatic: boolean;
}

export interface Disposed {
  debtorId: string | null;
  campaignId: string | null;
}

interface CallInteraction {
  id: string;
  debtorId: string | null;
  campaignId: string | null;
  contactPointId: string | null;
}

/** The agent's verdict on a call, with everything that follows from it, in one transaction. */
export const disposeWrites = {
  'call.dispose': (db: WriteDb, context: WriteContext, input: DisposeInput): Disposed => {
    const attempt = attemptOfCall(db, input.callId);
    const interaction = interactionOf(db, input.callId);
    refuseIfNotDue(db, attempt, interaction);
    const outcome = outcomeFor(db, input);
    const { effect } = outcome;
    if (effect === 'promise' && input.promise === null)
      throw new AppError('call.promise-needed', 'this outcome needs an amount and a date');
    if (outcome.next.noteRequired && !input.automatic && !input.note?.trim())
      throw new AppError('call.note-needed', 'this outcome needs a note');
    addCallEvent(db, context, interaction.id, 'disposed', input.personId, {
      dispositionCode: input.dispositionCode,
      ...(input.automatic ? { automatic: true } : {}),
    });
    addNote(db, context, interaction, input.note);
    if (interaction.debtorId !== null)
      applyToDebtor(db, context, interaction, interaction.debtorId, outcome, input);
    if (attempt) disposeAttempt(db, context, attempt, outcome, input);
    // the entry of this call too is in its place by now
    if (effect === 'callback' && interaction.debtorId !== null)
      followCallbacks(db, context, interaction.debtorId);
    return { debtorId: interaction.debtorId, campaignId: interaction.campaignId };
  },
};

function interactionOf(db: WriteDb, callId: string): CallInteraction {
  const row = db.get<CallInteraction>(
    'SELECT id, debtorId, campaignId, contactPointId FROM interaction WHERE callId = ? LIMIT 1',
    callId,
  );
  if (!row) throw new AppError('call.unknown', 'no such call');
  return row;
}

function refuseIfNotDue(
  db: WriteDb,
  attempt: AttemptRow | null,
  interaction: CallInteraction,
): void {
  if (attempt !== null && attempt.endedAt === null)
    throw new AppError('call.still-up', 'the call has not ended');
  const disposed = db.get(
    `SELECT 1 FROM interactionEvent WHERE interactionId = ? AND kind = 'disposed' LIMIT 1`,
    interaction.id,
  );
  if (disposed !== undefined)
    throw new AppError('call.already-disposed', 'this call has its outcome');
}

function outcomeFor(db: WriteDb, input: DisposeInput): Outcome {
  const outcome = outcomeOf(db, input.dispositionCode);
  if (outcome === null)
    throw new AppError('call.unknown-disposition', 'no such disposition', {
      details: { code: input.dispositionCode },
    });
  // nobody was there to say when, how much or that calls are unwanted: the debtor is called again
  return input.automatic ? { effect: 'retry', next: { ...outcome.next } } : outcome;
}

/** Debtors who paid, promised or want no calls: nobody calls them for another list either. */
const REACHED: ReadonlySet<DisposedEffect> = new Set(['done', 'promise', 'doNotCall']);
/** A number that an outcome wants left alone for the others rests so long. */
const OTHER_NUMBER_MS = 7 * 86_400_000;

function addNote(
  db: WriteDb,
  context: WriteContext,
  interaction: CallInteraction,
  note: string | null,
): void {
  if (note === null || note.trim() === '') return;
  db.insert('interactionContent', {
    id: context.newId(),
    interactionId: interaction.id,
    kind: 'note',
    text: note.trim(),
  });
}

function applyToDebtor(
  db: WriteDb,
  context: WriteContext,
  interaction: CallInteraction,
  debtorId: string,
  { effect, next }: Outcome,
  input: DisposeInput,
): void {
  if (input.promise !== null)
    insertPromise(db, context, {
      debtorId,
      ...input.promise,
      interactionId: interaction.id,
      personId: input.personId,
    });
  // nobody was reached: the callback stays due
  if (effect !== 'retry') endDueCallbacks(db, context, debtorId);
  if (effect === 'callback' && input.callbackAt !== null)
    db.insert('callback', {
      id: context.newId(),
      debtorId,
      contactPointId: interaction.contactPointId,
      campaignId: interaction.campaignId,
      personId: input.personId,
      at: input.callbackAt,
      status: 'open',
      interactionId: interaction.id,
      createdAt: context.now,
    });
  if (effect === 'wrongNumber' && interaction.contactPointId !== null)
    db.update('contactPoint', interaction.contactPointId, { status: 'wrongNumber' });
  if (effect === 'doNotCall') holdCalls(db, context, debtorId, input);
  if (REACHED.has(effect) || next.leavesAllLists) leaveLists(db, context, debtorId, effect);
}

function holdCalls(
  db: WriteDb,
  context: WriteContext,
  debtorId: string,
  { dispositionCode, personId }: DisposeInput,
): void {
  for (const medium of mediaTogether('call')) {
    db.insert('hold', {
      id: context.newId(),
      debtorId,
      kind: 'mediumOptOut',
      medium,
      since: context.now,
      reason: dispositionCode,
      personId,
    });
  }
}

function disposeAttempt(
  db: WriteDb,
  context: WriteContext,
  attempt: AttemptRow,
  { effect, next }: Outcome,
  input: DisposeInput,
): void {
  db.update('attempt', attempt.id, {
    dispositionCode: input.dispositionCode,
    disposedAt: context.now,
  });
  const otherNumbers = hasOtherNumbers(db, attempt);
  if (effect === 'retry' && next.otherNumber && otherNumbers) restNumber(db, context, attempt);
  if (attempt.entryId === null) return;
  settleDisposedEntry(db, context, attempt.entryId, {
    effect,
    callbackAt: input.callbackAt,
    otherNumbers,
    retryAfterMs: next.retryAfterMs,
  });
}

function restNumber(db: WriteDb, context: WriteContext, { contactPointId }: AttemptRow): void {
  if (contactPointId === null) return;
  db.update('contactPoint', contactPointId, { nextTryAt: context.now + OTHER_NUMBER_MS });
}

function hasOtherNumbers(db: WriteDb, attempt: AttemptRow): boolean {
  return (
    db.get(
      `SELECT 1 FROM contactPoint WHERE debtorId = ? AND id <> ? AND deletedAt IS NULL AND status = 'active'
        AND kind IN ('mobile','home','work','other') LIMIT 1`,
      attempt.debtorId,
      attempt.contactPointId,
    ) !== undefined
  );
}
