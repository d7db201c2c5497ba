import type { Channel, Direction } from '#shared/domain/index.ts';
import type { EventFlag, EventKind, Target } from '#shared/rule-packs/index.ts';
import type { WriteContext, WriteDb } from '../../store/types.ts';

/** What came of a contact. Keys that are absent are taken from its reservation. */
export interface ContactOutcome {
  callId: string;
  kinds: readonly EventKind[];
  direction: Direction;
  debtorId?: string;
  debtId?: string | null;
  contactPointId?: string | null;
  /** E.164 */
  number?: string | null;
  channel?: Channel;
  mode?: string | null;
  flags?: readonly EventFlag[];
  /** who was reached; absent: not known, or as the reservation says */
  target?: Target | null;
  /** epoch ms; default: now */
  at?: number;
}

interface ReservationRow {
  id: string;
  debtorId: string;
  debtId: string | null;
  contactPointId: string | null;
  number: string | null;
  channel: Channel;
  mode: string | null;
  decisionId: string | null;
  flagsJson: string;
  target: string | null;
}

/**
 * Writes what came of a call as raw events, each kind once for a call, so that a repeated report is
 * harmless. `notConnected` also marks the attempt, which some caps then leave out.
 * @returns how many events were new
 */
export function recordContactEvents(
  db: WriteDb,
  context: WriteContext,
  outcome: ContactOutcome,
): number {
  const reservation = db.get<ReservationRow>(
    `SELECT id, debtorId, debtId, contactPointId, number, channel, mode, decisionId, flagsJson, target
     FROM contactEvent WHERE callId = ? AND reservation IS NOT NULL ORDER BY id LIMIT 1`,
    outcome.callId,
  );
  const debtorId = outcome.debtorId || reservation?.debtorId;
  if (!debtorId) return 0;
  let added = 0;
  for (const kind of new Set(outcome.kinds)) {
    if (alreadyRecorded(db, outcome.callId, kind)) continue;
    db.insert('contactEvent', {
      id: context.newId(),
      at: outcome.at ?? context.now,
      kind,
      direction: outcome.direction,
      channel: outcome.channel ?? reservation?.channel ?? 'call',
      debtorId,
      debtId: outcome.debtId ?? reservation?.debtId ?? null,
      contactPointId: outcome.contactPointId ?? reservation?.contactPointId ?? null,
      number: outcome.number ?? reservation?.number ?? null,
      mode: outcome.mode ?? reservation?.mode ?? null,
      flagsJson: JSON.stringify(outcome.flags ?? []),
      callId: outcome.callId,
      decisionId: reservation?.decisionId ?? null,
      reservation: null,
      target: outcome.target ?? reservation?.target ?? null,
    });
    added++;
  }
  if (reservation) markAttempt(db, reservation, outcome);
  return added;
}

function alreadyRecorded(db: WriteDb, callId: string, kind: EventKind): boolean {
  const sql = `SELECT 1 FROM contactEvent WHERE callId = ? AND kind = ? AND reservation IS NULL`;
  return db.get(sql, callId, kind) !== undefined;
}

/** Flags of the outcome belong to the attempt too: that is the event which caps count. */
function markAttempt(db: WriteDb, reservation: ReservationRow, outcome: ContactOutcome): void {
  const known = JSON.parse(reservation.flagsJson) as string[];
  const flags = new Set([...known, ...(outcome.flags ?? [])]);
  if (outcome.kinds.includes('notConnected')) flags.add('notConnected');
  if (flags.size === known.length) return;
  db.update('contactEvent', reservation.id, { flagsJson: JSON.stringify([...flags]) });
}
