import type { z } from 'zod';
import type { happened } from '#shared/contract/index.ts';
import type { WriteContext, WriteDb } from '../../store/index.ts';
import {
  addInteractionContent,
  addInteractionEvent,
  insertInteraction,
} from '../history/interaction-writes.ts';

/** What a line of the history tells, before ids are branded. */
export type Trace = z.input<typeof happened> & {
  debtorId: string;
  channel?: 'payment' | 'status';
  direction?: 'in' | 'out';
  /** now, when absent */
  writtenAt?: number;
  personId: string | null;
  debtId?: string | null;
  contactPointId?: string | null;
  /** what the person wrote about it */
  note?: string | null | undefined;
};

/**
 * A line in the history of a debtor that says what was done.
 * @returns the id of the interaction
 */
export function leaveTrace(db: WriteDb, context: WriteContext, trace: Trace): string {
  const {
    debtorId,
    channel = 'status',
    direction = 'out',
    writtenAt = context.now,
    personId,
    debtId = null,
    contactPointId = null,
    note,
    ...told
  } = trace;
  const debtor = db.get<{ synthetic: number }>(
    'SELECT synthetic FROM debtor WHERE id = ?',
    debtorId,
  );
  const interactionId = insertInteraction(db, context, {
    debtorId,
    channel,
    direction,
    at: writtenAt,
    personId,
    debtId,
    contactPointId,
    synthetic: debtor?.synthetic === 1,
  });
  addInteractionEvent(db, context, interactionId, 'happened', told, personId);
  const text = note?.trim() ?? '';
  if (text !== '') addInteractionContent(db, context, interactionId, 'note', text);
  return interactionId;
}
