import type { AttemptResult } from '#shared/domain/index.ts';
import type { WriteContext, WriteDb } from '../../store/types.ts';
import type { DialogIdentity } from '../sip/types.ts';
import { dialogColumns } from './dialog-rows.ts';

interface Begin {
  callId: string;
  legId: string;
  trunkId: string;
  number: string | null;
  debtorId: string | null;
  contactPointId: string | null;
  identity: DialogIdentity;
}

interface End {
  callId: string;
  attemptResult: AttemptResult;
  endedBy: string;
  personId: string | null;
  joinedAt: number | null;
}

interface Miss {
  callId: string;
  number: string | null;
  debtorId: string | null;
  trunkId: string;
  reason: 'noAgent' | 'hungUp' | 'rejected';
}

/** Rows of calls that come in. The dialog of a call is named after the call. */
export const inboundWrites = {
  'inbound.begin': (
    db: WriteDb,
    context: WriteContext,
    input: Begin,
  ): { interactionId: string } => {
    const interactionId = context.newId();
    db.insert('dialog', {
      id: input.callId,
      legId: input.legId,
      callId: input.callId,
      role: 'trunkIn',
      trunkId: input.trunkId,
      ...dialogColumns(input.identity),
      createdAt: context.now,
    });
    db.insert('interaction', {
      id: interactionId,
      debtorId: input.debtorId,
      channel: 'call',
      direction: 'in',
      at: context.now,
      callId: input.callId,
      contactPointId: input.contactPointId,
      peer: input.number,
    });
    return { interactionId };
  },

  /** Before the 2xx leaves: from here on the caller must be told when we go. */
  'inbound.answer': (
    db: WriteDb,
    context: WriteContext,
    input: { callId: string; personId: string | null },
  ): void => {
    db.update('dialog', input.callId, { confirmed: 1 });
    if (input.personId === null) return;
    addEvent(db, context, input.callId, 'joined', input.personId, {});
  },

  'inbound.end': (db: WriteDb, context: WriteContext, input: End): void => {
    addEvent(db, context, input.callId, 'callEnded', input.personId, {
      attemptResult: input.attemptResult,
      endedBy: input.endedBy,
      talkTimeMs: input.joinedAt === null ? null : context.now - input.joinedAt,
    });
  },

  /** The caller knows that it is over. */
  'inbound.dialog-ended': (db: WriteDb, context: WriteContext, input: { callId: string }): void => {
    db.update('dialog', input.callId, { endedAt: context.now });
  },

  'inbound.miss': (
    db: WriteDb,
    context: WriteContext,
    input: Miss,
  ): { missedInboundId: string } => {
    const missedInboundId = context.newId();
    db.insert('missedInbound', {
      id: missedInboundId,
      at: context.now,
      number: input.number,
      debtorId: input.debtorId,
      trunkId: input.trunkId,
      reason: input.reason,
      interactionId: interactionOf(db, input.callId),
    });
    return { missedInboundId };
  },

  'inbound.resolve': (
    db: WriteDb,
    context: WriteContext,
    input: { missedInboundId: string; personId: string },
  ): void => {
    db.update('missedInbound', input.missedInboundId, {
      resolvedAt: context.now,
      resolvedBy: input.personId,
    });
  },
};

function interactionOf(db: WriteDb, callId: string): string | null {
  const row = db.get<{ id: string }>('SELECT id FROM interaction WHERE callId = ? LIMIT 1', callId);
  return row?.id ?? null;
}

function addEvent(
  db: WriteDb,
  context: WriteContext,
  callId: string,
  kind: string,
  personId: string | null,
  data: Record<string, unknown>,
): void {
  const interactionId = interactionOf(db, callId);
  if (interactionId === null) return;
  db.insert('interactionEvent', {
    id: context.newId(),
    interactionId,
    at: context.now,
    kind,
    personId,
    dataJson: JSON.stringify(data),
  });
}
