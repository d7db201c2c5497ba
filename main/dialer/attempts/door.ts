import type { ContactRequest, Decision } from '../../contact-rules/types.ts';
import type { WriteContext, WriteDb } from '../../store/types.ts';

/** What came of a contact, in the words of the rule packs. */
export type ContactFact =
  | 'rang'
  | 'notConnected'
  | 'humanAnswered'
  | 'conversation'
  | 'abandoned'
  | 'messageLeft';

/** The one door, as attempts use it inside their own transactions; `contact-rules` is behind it. */
export interface ContactDoor {
  reserve(
    db: WriteDb,
    context: WriteContext,
    request: ContactRequest,
    options: { callId: string; clockSuspect: boolean },
  ): Decision & { reservationId: string | null };
  /** the contact was started: the reservation becomes an event for good */
  markUsed(db: WriteDb, context: WriteContext, reservationId: string): void;
  /** the contact was never started */
  release(db: WriteDb, context: WriteContext, reservationId: string): void;
  recordFacts(
    db: WriteDb,
    context: WriteContext,
    contact: {
      callId: string;
      debtorId: string;
      contactPointId: string | null;
      number: string | null;
      direction: 'in' | 'out';
      mode: string | null;
      facts: readonly ContactFact[];
    },
  ): void;
}
