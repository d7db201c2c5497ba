import type { ContactRequest } from '../../contact-rules/types.ts';
import type { ReadDb } from '../../store/types.ts';
import type { AttemptStart } from '../types.ts';

type Asked =
  | 'debtorId'
  | 'contactPointId'
  | 'number'
  | 'mode'
  | 'callerId'
  | 'personId'
  | 'recordCalls';

/** An attempt in the words of the door. */
export function contactRequest(db: ReadDb, start: AttemptStart): ContactRequest {
  const { debtorId } = start;
  const debtId = start.debtId ?? (debtorId === null ? null : onlyOpenDebt(db, debtorId));
  return requestAbout(start, debtId);
}

/** The same where it is known which debt the call is about; screening asks so before there is an attempt. */
export function requestAbout(
  start: Pick<AttemptStart, Asked>,
  debtId: string | null,
): ContactRequest {
  const { debtorId, contactPointId, number, mode, callerId, personId, recordCalls } = start;
  return {
    debtorId: debtorId ?? '',
    ...(debtId === null ? {} : { debtId }),
    ...(contactPointId === null ? {} : { contactPointId }),
    number,
    channel: 'call',
    mode,
    purpose: 'collection',
    target: 'debtor',
    callerId,
    // A law that demands a recording then refuses the call, instead of being met behind the campaign's back.
    ...(recordCalls ? {} : { recording: false }),
    // The agent is on the line before the dial: nobody who answers can be left without one.
    ...(mode === 'manual' || mode === 'preview' ? { flags: ['guaranteedAgent'] } : {}),
    ...(personId === null ? {} : { personId }),
  };
}

/** Several: which one the call is about is known only when they talk, and the door counts it for all. */
function onlyOpenDebt(db: ReadDb, debtorId: string): string | null {
  const rows = db.all<{ id: string }>(
    `SELECT id FROM debt WHERE debtorId = ? AND deletedAt IS NULL AND status = 'open' LIMIT 2`,
    debtorId,
  );
  return rows.length === 1 ? (rows[0]?.id ?? null) : null;
}
