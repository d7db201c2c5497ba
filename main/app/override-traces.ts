import type { OverrideTrace, OverrideTraces } from '../contact-rules/index.ts';
import { leaveTrace } from '../debtors/writes.ts';
import type { WriteContext, WriteDb } from '../store/index.ts';

/** Overrides stand in the history of their debtor, with what the supervisor wrote. */
export const overrideTraces: OverrideTraces = {
  granted: (db, context, trace) => leave(db, context, 'override.granted', trace),
  used: (db, context, trace) => leave(db, context, 'override.used', trace),
};

function leave(
  db: WriteDb,
  context: WriteContext,
  what: 'override.granted' | 'override.used',
  { debtorId, contactPointId, channel, personId, reason }: OverrideTrace,
): void {
  leaveTrace(db, context, {
    debtorId,
    contactPointId,
    personId,
    what,
    kind: channel,
    // the words were written when it was granted; what was used repeats none
    note: what === 'override.granted' ? reason : null,
  });
}
