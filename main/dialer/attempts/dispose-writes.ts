import { AppError } from '#shared/errors/index.ts';
import { mediaTogether } from '../../contact-rules/index.ts';
import { endDueCallbacks, insertPromise } from '../../debtors/writes.ts';
import type { WriteContext, WriteDb } from '../../store/types.ts';
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
    const effect = effectOf(db, input);
    if (effect === 'promise' && input.promise === null)
      throw new AppError('call.promise-needed', 'this outcome needs an amount and a date');
    addCallEvent(db, context, interaction.id, 'disposed', input.personId, {
      dispositionCode: input.dispositionCode,
      ...(input.automatic ? { automatic: true } : {}),
    });
    addNote(db, context, interaction, input.note);
    if (interaction.debtorId !== null)
      applyToDebtor(db, context, interaction, interaction.debtorId, effect, input);
    if (attempt) disposeAttempt(db, context, attempt, effect, input);
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

function effectOf(db: WriteDb, input: DisposeInput): DisposedEffect {
  const row = db.get<{ effect: DisposedEffect }>(
    'SELECT effect FROM dispositionCode WHERE code = ? AND deletedAt IS NULL LIMIT 1',
    input.dispositionCode,
  );
  if (!row)
    throw new AppError('call.unknown-disposition', 'no such disposition', {
      details: { code: input.dispositionCode },
    });
  return row.effect;
}

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
  effect: DisposedEffect,
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
  effect: DisposedEffect,
  input: DisposeInput,
): void {
  db.update('attempt', attempt.id, {
    dispositionCode: input.dispositionCode,
    disposedAt: context.now,
  });
  if (attempt.entryId === null) return;
  settleDisposedEntry(db, context, attempt.entryId, {
    effect,
    callbackAt: input.callbackAt,
    otherNumbers: hasOtherNumbers(db, attempt),
  });
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
