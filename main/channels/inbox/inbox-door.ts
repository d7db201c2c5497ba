import type { ApplyReply, ContactOutcome } from '../../contact-rules/index.ts';
import type { WriteContext, WriteDb } from '../../store/types.ts';

/** What the writes of the inbox need of contact rules, inside their own transaction; `app/` supplies it. */
export interface InboxDoor {
  /** holds what a reply asks to be left alone */
  applyOptOut(db: WriteDb, context: WriteContext, reply: ApplyReply): { holdIds: string[] };
  /** what came of a contact: rules on replies and on who began look at it */
  recordContactEvents(db: WriteDb, context: WriteContext, outcome: ContactOutcome): number;
}
