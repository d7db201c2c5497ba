import { AppError } from '#shared/errors/index.ts';
import type { ReadDb } from '../../store/types.ts';
import type { ContactRequest, Decision } from '../types.ts';
import { type DoorParts, judge } from './decide.ts';
import type { GrantedRow } from './override-for.ts';
import { toDecision } from './to-decision.ts';

interface ReservedRow {
  reservation: 'held' | 'used' | 'released' | null;
  decisionId: string;
  requestJson: string;
  overrideId: string | null;
  rulesJson: string | null;
  expiresAt: number | null;
  decidedBy: string | null;
  reason: string | null;
}

/**
 * Asks again about a contact that was reserved, at the moment when it is handed over: a hold set meanwhile refuses it,
 * its own event does not count against it, and an override that it used lifts what it lifted until it expires. Stores
 * nothing; when it is refused the caller releases.
 * @param at epoch ms
 * @throws AppError `contact-rules.no-reservation` for one that was given back, or is none
 */
export function recheck(
  parts: DoorParts,
  db: ReadDb,
  reservationId: string,
  at: number,
  clockSuspect = false,
): Decision {
  const row = db.get<ReservedRow>(
    `SELECT e.reservation, d.id AS decisionId, d.requestJson, o.id AS overrideId, o.rulesJson, o.expiresAt,
       o.decidedBy, o.reason
     FROM contactEvent e JOIN contactDecision d ON d.id = e.decisionId
     LEFT JOIN contactOverride o ON o.id = d.overrideId
     WHERE e.id = ?`,
    reservationId,
  );
  if (!row || row.reservation === null || row.reservation === 'released') {
    throw new AppError('contact-rules.no-reservation', 'there is no such reservation', {
      details: { reservationId },
    });
  }
  const request = JSON.parse(row.requestJson) as ContactRequest;
  const verdict = judge(parts, db, request, at, {
    clockSuspect,
    exceptEventId: reservationId,
    used: usedOverride(row, at),
  });
  return toDecision(request, verdict, row.decisionId);
}

/** null: none was used, and others are not looked at, since nothing would use them up */
function usedOverride(row: ReservedRow, at: number): GrantedRow | null {
  const { overrideId: id, rulesJson, expiresAt, decidedBy, reason } = row;
  if (id === null || rulesJson === null || expiresAt === null || expiresAt <= at) return null;
  return { id, rulesJson, expiresAt, decidedBy, reason };
}
