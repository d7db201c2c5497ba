import { unknownParty } from '#shared/contract/index.ts';
import type { ReadDb } from '../../../store/types.ts';
import type { CallView } from '../live-calls.ts';
import { nobodyKnown, type PartyState } from './party-machine.ts';

/** Who is on the line, as clients see it. */
export type PartyView = CallView['party'];

export interface PartyRow {
  id: string;
  debtorId: string | null;
  state: PartyView['state'];
  checksJson: string;
  relation: string | null;
  at: number;
  revealedAt: number | null;
}

export function loadPartyRow(db: ReadDb, callId: string): PartyRow | null {
  const row = db.get<PartyRow>(
    'SELECT id, debtorId, state, checksJson, relation, at, revealedAt FROM callParty WHERE id = ?',
    callId,
  );
  return row ?? null;
}

/** Who was on the line of a call, as far as it was found out; also of a call of an earlier run. */
export function partyOfCall(db: ReadDb, callId: string): PartyView {
  const row = loadPartyRow(db, callId);
  if (row === null) return unknownParty;
  return {
    state: row.state,
    checks: JSON.parse(row.checksJson) as string[],
    relation: row.relation,
    at: row.at,
    revealed: row.state === 'unknown' && row.revealedAt !== null,
  };
}

export function stateOfRow(row: PartyRow | null): PartyState {
  if (row === null) return nobodyKnown;
  switch (row.state) {
    case 'identified':
      return { kind: 'identified', checks: JSON.parse(row.checksJson) as string[] };
    case 'thirdPerson':
      return { kind: 'thirdPerson', relation: row.relation };
    default:
      return { kind: 'unknown', revealed: row.revealedAt !== null };
  }
}
