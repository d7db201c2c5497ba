import type { Decision, GrantedOverride, Obligation, Refusal } from '../../contact-rules/types.ts';
import type { WriteContext, WriteDb } from '../../store/types.ts';
import { deferEntry, postponeEntry, takeEntry } from '../lists/index.ts';
import type { AttemptStart } from '../types.ts';
import { debtorIsOnALine } from './attempt-rows.ts';
import { contactMarks } from './contact-marks.ts';
import { contactRequest } from './contact-request.ts';
import type { ContactDoor } from './door.ts';

const ON_A_LINE_MS = 5 * 60_000;

export interface Reserve {
  attemptId: string;
  callId: string;
  start: AttemptStart;
  clockSuspect: boolean;
}

export type ReserveReply =
  | {
      ok: true;
      obligations: Obligation[];
      language: string;
      reservationId: string | null;
      /** `contactMarks` of the decision */
      marks: string;
    }
  | {
      ok: false;
      blockedBy: Refusal[];
      nextAllowedAt: number | null;
      because: string;
      overridable: boolean;
      override: GrantedOverride | null;
    };

/** Asks the door and takes the contact, the entry of the list and the row of the attempt, or says what refuses. */
export function reserve(
  door: ContactDoor,
  db: WriteDb,
  context: WriteContext,
  input: Reserve,
): ReserveReply {
  const { start } = input;
  if (start.debtorId !== null && debtorIsOnALine(db, start.debtorId))
    return refuseOnALine(db, context, start);
  if (!isNumberInUse(db, start)) return refused(NUMBER_GONE);
  if (start.entryId !== null && !takeEntry(db, context, start.entryId))
    return refused({ blockedBy: [], nextAllowedAt: null, because: 'entry-taken' });
  const { callId, clockSuspect } = input;
  const decision = door.reserve(db, context, contactRequest(db, start), { callId, clockSuspect });
  if (!decision.allowed) {
    const [first] = decision.blockedBy;
    const because = first?.because ?? 'refused';
    if (start.entryId !== null) {
      const { nextAllowedAt } = decision;
      const refusal = { nextAllowedAt, because, rule: first?.rule, pack: first?.pack };
      deferEntry(db, context, start.entryId, refusal);
    }
    return refused({ ...decision, because });
  }
  db.insert('attempt', {
    id: input.attemptId,
    callId: input.callId,
    campaignId: start.campaignId,
    entryId: start.entryId,
    debtorId: start.debtorId,
    contactPointId: start.contactPointId,
    number: start.number,
    mode: start.mode,
    personId: start.personId,
    trunkId: start.trunkId,
    callerId: start.callerId,
    decisionId: decision.decisionId,
    reservationId: decision.reservationId,
    state: 'reserved',
    reservedAt: context.now,
  });
  return {
    ok: true,
    obligations: decision.obligations,
    language: languageOf(db, start.debtorId),
    reservationId: decision.reservationId,
    marks: contactMarks(db, start.debtorId, start.number),
  };
}

/** The number is gone since the call was asked for; the entry keeps its place and is called at another. */
const NUMBER_GONE = { blockedBy: [], nextAllowedAt: null, because: 'number' };

/** Who calls by hand may try a number that nobody reached so far; `call.place` asks when it was chosen from a card. */
function isNumberInUse(db: WriteDb, { contactPointId, debtorId, mode }: AttemptStart): boolean {
  if (contactPointId === null) return true;
  const point = db.get<{ debtorId: string; status: string }>(
    'SELECT debtorId, status FROM contactPoint WHERE id = ? AND deletedAt IS NULL',
    contactPointId,
  );
  if (point === undefined || (debtorId !== null && point.debtorId !== debtorId)) return false;
  return mode === 'manual' || point.status === 'active';
}

function refused(
  why: Pick<Decision, 'blockedBy' | 'nextAllowedAt'> &
    Partial<Pick<Decision, 'overridable' | 'override'>> & { because: string },
): ReserveReply {
  const { blockedBy, nextAllowedAt, because, overridable = false, override = null } = why;
  return { ok: false, blockedBy, nextAllowedAt, because, overridable, override };
}

/** Somebody is talking to this debtor: look again when that call is likely over. */
function refuseOnALine(db: WriteDb, context: WriteContext, start: AttemptStart): ReserveReply {
  const nextAllowedAt = context.now + ON_A_LINE_MS;
  const because = 'on-a-line';
  if (start.entryId !== null) postponeEntry(db, context, start.entryId, nextAllowedAt);
  return refused({ blockedBy: [], nextAllowedAt, because });
}

function languageOf(db: WriteDb, debtorId: string | null): string {
  if (debtorId === null) return 'en';
  const row = db.get<{ language: string }>('SELECT language FROM debtor WHERE id = ?', debtorId);
  return row?.language ?? 'en';
}
