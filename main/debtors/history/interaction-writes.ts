import type { z } from 'zod';
import type { happened } from '#shared/contract/index.ts';
import type { AttemptResult, Channel, Direction } from '#shared/domain/index.ts';
import type { WriteContext, WriteDb } from '../../store/index.ts';

/** The head of one contact, immutable once written. What becomes known later is an event. */
export interface NewInteraction {
  /** given when the id must be known before; else made */
  id?: string;
  debtorId: string | null;
  channel: Channel;
  direction: Direction;
  /** now, when absent */
  at?: number;
  debtId?: string | null;
  personId?: string | null;
  campaignId?: string | null;
  callId?: string | null;
  contactPointId?: string | null;
  /** the other end's number or address */
  peer?: string | null;
  synthetic?: boolean;
}

/** Later facts of an interaction, by kind. The newest of a kind is what the history shows. */
export interface InteractionEventData {
  /** this event's person talks */
  joined: Record<string, never>;
  callEnded: { attemptResult: AttemptResult; endedBy?: string; talkTimeMs: number | null };
  disposed: { dispositionCode: string; automatic?: boolean };
  delivered: Record<string, unknown>;
  read: Record<string, unknown>;
  failed: Record<string, unknown>;
  sent: Record<string, unknown>;
  /** what a line of channel `payment` or `status` tells */
  happened: z.input<typeof happened>;
}
export type InteractionEventKind = keyof InteractionEventData;

/** @returns the id */
export function insertInteraction(
  db: WriteDb,
  context: WriteContext,
  interaction: NewInteraction,
): string {
  const { id = context.newId(), at = context.now, synthetic = false, ...rest } = interaction;
  db.insert('interaction', { id, at, synthetic, ...rest });
  return id;
}

export function addInteractionEvent<Kind extends InteractionEventKind>(
  db: WriteDb,
  context: WriteContext,
  interactionId: string,
  kind: Kind,
  data: InteractionEventData[Kind],
  personId: string | null = null,
): void {
  db.insert('interactionEvent', {
    id: context.newId(),
    interactionId,
    at: context.now,
    kind,
    personId,
    dataJson: JSON.stringify(data),
  });
}

/** Text of a note or message: beside the head, so that it can be erased. */
export function addInteractionContent(
  db: WriteDb,
  context: WriteContext,
  interactionId: string,
  kind: 'note' | 'body',
  text: string,
): void {
  db.insert('interactionContent', { id: context.newId(), interactionId, kind, text });
}
