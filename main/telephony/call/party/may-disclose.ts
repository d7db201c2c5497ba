import type { ReadDb } from '../../../store/types.ts';
import { partyOfCall } from './party-rows.ts';

export type Disclosure = { ok: true } | { ok: false; because: 'notIdentified' | 'thirdPerson' };

/**
 * Whether something that names the debt or an amount may be given out to the person on the line. In the middle of a call it
 * needs somebody identified as the debtor, or a reveal with its reason; with a third person it never may. Without a call,
 * who it goes to is settled by the address.
 * @param about `callId`: the call that the sender is in; absent: any call with this debtor that is up
 */
export function mayDisclose(
  read: ReadDb,
  about: { callId?: string | undefined; debtorId: string },
): Disclosure {
  const callIds = about.callId === undefined ? callsUp(read, about.debtorId) : [about.callId];
  for (const callId of callIds) {
    const party = partyOfCall(read, callId);
    if (party.state === 'thirdPerson') return { ok: false, because: 'thirdPerson' };
    if (party.state === 'unknown' && !party.revealed)
      return { ok: false, because: 'notIdentified' };
  }
  return { ok: true };
}

/** Calls in which this debtor, or somebody at their telephone, talks with an agent now. */
function callsUp(read: ReadDb, debtorId: string): string[] {
  return read
    .all<{ callId: string }>(
      `SELECT callId FROM attempt WHERE debtorId = ? AND joinedAt IS NOT NULL AND endedAt IS NULL
       UNION
       SELECT d.callId FROM dialog d JOIN interaction i ON i.callId = d.callId
         JOIN interactionEvent e ON e.interactionId = i.id AND e.kind = 'joined'
        WHERE d.endedAt IS NULL AND d.role = 'trunkIn' AND i.debtorId = ?`,
      debtorId,
      debtorId,
    )
    .map(({ callId }) => callId);
}

/** Whether two ids stand for one debtor: they were merged, perhaps in the middle of the call. */
export function isSameDebtor(read: ReadDb, one: string, other: string): boolean {
  return one === other || keptOf(read, one) === keptOf(read, other);
}

function keptOf(read: ReadDb, debtorId: string): string {
  const row = read.get<{ id: string }>(
    `WITH RECURSIVE kept (id, next) AS (
       SELECT id, mergedInto FROM debtor WHERE id = ?
       UNION SELECT d.id, d.mergedInto FROM debtor d JOIN kept ON d.id = kept.next)
     SELECT id FROM kept WHERE next IS NULL`,
    debtorId,
  );
  return row?.id ?? debtorId;
}
