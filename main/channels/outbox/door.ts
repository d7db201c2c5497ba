import type {
  ApplyReply,
  ContactRequest,
  Decision,
  Reservation,
} from '../../contact-rules/index.ts';
import type { ReadDb, WriteContext, WriteDb } from '../../store/types.ts';

/** The one door, as messages use it inside their own transactions; `contact-rules` is behind it. */
export interface MessageDoor {
  reserveMany(
    db: WriteDb,
    context: WriteContext,
    requests: readonly ContactRequest[],
    options: { clockSuspect: boolean },
  ): Reservation[];
  /** asks again about a contact that was taken, without counting it against itself */
  recheck(db: ReadDb, reservationId: string, at: number, clockSuspect?: boolean): Decision;
  /** the gateway has it, or may have it: it counts for good */
  markUsed(db: WriteDb, context: WriteContext, reservationId: string): void;
  /** it was never sent */
  release(db: WriteDb, context: WriteContext, reservationId: string): void;
}

/** With what holds whoever has asked for rest, for what gateways tell of it. */
export interface OutboxDoor extends MessageDoor {
  applyOptOut(db: WriteDb, context: WriteContext, reply: ApplyReply): { holdIds: string[] };
}
