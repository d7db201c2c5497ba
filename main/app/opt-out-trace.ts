import type { OptOutTrace } from '../contact-rules/index.ts';
import { leaveTrace } from '../debtors/writes.ts';

/** What a reply of the debtor set stands in the history, with the words that said so. */
export const optOutTrace: OptOutTrace = (db, context, { debtorId, contactPointId, kind, note }) => {
  leaveTrace(db, context, {
    debtorId,
    contactPointId,
    direction: 'in',
    personId: null,
    what: 'flag.set',
    kind,
    note,
  });
};
