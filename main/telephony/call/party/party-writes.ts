import { AppError } from '#shared/errors/index.ts';
import { leaveTrace } from '../../../debtors/writes.ts';
import type { WriteContext, WriteDb } from '../../../store/types.ts';
import { type PartyEvent, type PartyState, transition } from './party-machine.ts';
import { loadPartyRow, type PartyView, partyOfCall, stateOfRow } from './party-rows.ts';
import { agreeFactsWithParty } from './reached-facts.ts';
import { refuseThirdPerson } from './refused-third-person.ts';

/** The call that somebody is on the line of. */
export interface PartyCall {
  callId: string;
  debtorId: string | null;
  contactPointId: string | null;
  number: string | null;
}

interface Change {
  call: PartyCall;
  event: PartyEvent;
  personId: string;
  /** of `revealed` */
  reason?: string;
  /** of `thirdPerson`: does not want to be called again */
  refusesContact?: boolean;
}

/** Who is on the line: one row for each call, with what follows from it, in one transaction. */
export const partyWrites = {
  /** @throws AppError `call.third-person-on-line` */
  'party.apply': (db: WriteDb, context: WriteContext, input: Change): PartyView => {
    const { call, event, personId } = input;
    const row = loadPartyRow(db, call.callId);
    const before = stateOfRow(row);
    const after = transition(before, event);
    if (after === null)
      throw new AppError('call.third-person-on-line', 'somebody else is on the line');
    if (after !== before) {
      store(db, context, input, after, row !== null);
      agreeFactsWithParty(db, context, call.callId);
      if (after.kind !== before.kind) tellHistory(db, context, call, after, personId);
    }
    if (event.type === 'thirdPerson' && input.refusesContact === true)
      refuseThirdPerson(db, context, call, personId);
    return partyOfCall(db, call.callId);
  },
};

function store(
  db: WriteDb,
  context: WriteContext,
  { call, event, personId, reason = '' }: Change,
  state: PartyState,
  known: boolean,
): void {
  const revealed = event.type === 'revealed';
  const columns = {
    debtorId: call.debtorId,
    state: state.kind,
    checksJson: JSON.stringify(state.kind === 'identified' ? state.checks : []),
    relation: state.kind === 'thirdPerson' ? state.relation : null,
    at: context.now,
    personId,
    revealReason: revealed ? reason : null,
    revealedBy: revealed ? personId : null,
    revealedAt: revealed ? context.now : null,
  };
  if (known) db.update('callParty', call.callId, columns);
  else db.insert('callParty', { id: call.callId, ...columns });
  // Apart from the row, which a reset empties: who looked at a debt without identification, and why, is kept.
  if (revealed)
    db.insert('auditEntry', {
      id: context.newId(),
      at: context.now,
      personId,
      action: 'call.debt-revealed',
      detailsJson: JSON.stringify({ callId: call.callId, debtorId: call.debtorId, reason }),
    });
}

function tellHistory(
  db: WriteDb,
  context: WriteContext,
  { debtorId, contactPointId }: PartyCall,
  state: PartyState,
  personId: string,
): void {
  if (debtorId === null || state.kind === 'unknown') return;
  const { relation } = state.kind === 'thirdPerson' ? state : { relation: null };
  leaveTrace(db, context, {
    debtorId,
    contactPointId,
    personId,
    ...(state.kind === 'identified'
      ? { what: 'party.identified', count: state.checks.length }
      : { what: 'party.third-person', ...(relation === null ? {} : { name: relation }) }),
  });
}
