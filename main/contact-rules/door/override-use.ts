import type { ReadDb, WriteContext, WriteDb } from '../../store/types.ts';
import { nextOverrideState, type OverrideState } from '../overrides/override-machine.ts';
import type { GrantedRow } from './override-for.ts';

/** What the history of a debtor tells of an override; other areas write it, in the same transaction. */
export interface OverrideTraces {
  granted(db: WriteDb, context: WriteContext, trace: OverrideTrace): void;
  used(db: WriteDb, context: WriteContext, trace: OverrideTrace): void;
}
export interface OverrideTrace {
  debtorId: string;
  contactPointId: string | null;
  channel: string;
  personId: string | null;
  /** what the supervisor wrote */
  reason: string | null;
}

interface Contact {
  debtorId: string;
  contactPointId: string | null;
  channel: string;
  personId: string | null;
  decisionId: string;
}

/** The one contact that an override was granted for is taken now. */
export function takeOverride(
  db: WriteDb,
  context: WriteContext,
  traces: OverrideTraces,
  { id, reason }: GrantedRow,
  { decisionId, ...contact }: Contact,
): void {
  const state = nextOverrideState(stateOf(db, id), 'use');
  db.update('contactOverride', id, { state, usedAt: context.now, decisionId });
  traces.used(db, context, { ...contact, reason });
}

/** The contact was never started, so that nobody had what was granted: until it expires it may be used again. */
export function giveBackOverride(db: WriteDb, reservationId: string): void {
  const row = db.get<{ id: string; state: OverrideState }>(
    `SELECT o.id, o.state FROM contactEvent e
     JOIN contactDecision d ON d.id = e.decisionId
     JOIN contactOverride o ON o.id = d.overrideId AND o.decisionId = d.id
     WHERE e.id = ?`,
    reservationId,
  );
  if (row?.state !== 'used') return;
  const state = nextOverrideState(row.state, 'giveBack');
  db.update('contactOverride', row.id, { state, usedAt: null, decisionId: null });
}

function stateOf(db: ReadDb, id: string): OverrideState {
  const row = db.get<{ state: OverrideState }>(
    'SELECT state FROM contactOverride WHERE id = ?',
    id,
  );
  return row?.state ?? 'withdrawn';
}
