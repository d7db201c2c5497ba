import { AppError } from '#shared/errors/index.ts';
import type { EventKind } from '#shared/rule-packs/index.ts';
import type { ReadDb, WriteContext, WriteDb } from '../../store/types.ts';
import type { ContactRequest, Decision } from '../types.ts';
import { type DoorParts, judge, judgeMany, type Verdict } from './decide.ts';
import { packFacts } from './decision-facts.ts';
import { keepCalendars, keepPack } from './keep-evidence.ts';
import { giveBackOverride, type OverrideTraces, takeOverride } from './override-use.ts';
import { toDecision } from './to-decision.ts';

export interface ReserveOptions {
  callId?: string;
  /** what the engine's own clock guard says, when this runs on the writer thread */
  clockSuspect?: boolean;
}

export type Reservation = Decision & {
  /** row of contactEvent that already counts; null when refused */
  reservationId: string | null;
};

/** Of the code that answers; raised when the same facts and packs may be answered differently. */
export const engineVersion = '2';

/**
 * Evaluates and, when all say yes or a supervisor allowed it, takes the contact, in the caller's transaction: the
 * decision with what it rests on, and the event that counts from now on. A refusal is written down too.
 */
export function reserve(
  parts: ReserveParts,
  db: WriteDb,
  context: WriteContext,
  request: ContactRequest,
  options: ReserveOptions = {},
): Reservation {
  const { clockSuspect } = options;
  const verdict = judge(parts, db, request, context.now, { clockSuspect });
  return take(parts, db, context, request, verdict, options);
}

/**
 * `reserve` for many contacts in one transaction, with few reads of the store; the answers are those that one after another
 * would give. Whoever has had a contact among these, or shares a number with it, is judged again after it was written, so
 * that it counts.
 * @returns in the order of the requests
 */
export function reserveMany(
  parts: ReserveParts,
  db: WriteDb,
  context: WriteContext,
  requests: readonly ContactRequest[],
  options: Pick<ReserveOptions, 'clockSuspect'> = {},
): Reservation[] {
  const { clockSuspect } = options;
  const judged = judgeMany(parts, db, requests, context.now, { clockSuspect });
  const touched = new Set<string>();
  return requests.map((request, index) => {
    const first = judged[index] as Verdict;
    const verdict = isTouched(touched, first)
      ? judge(parts, db, request, context.now, { clockSuspect })
      : first;
    const reservation = take(parts, db, context, request, verdict, options);
    if (reservation.reservationId !== null) touch(touched, verdict);
    return reservation;
  });
}

type ReserveParts = DoorParts & { traces: OverrideTraces };

function isTouched(touched: ReadonlySet<string>, { loaded }: Verdict): boolean {
  if (loaded === null) return false;
  return touched.has(loaded.personKey) || (loaded.number !== null && touched.has(loaded.number));
}

function touch(touched: Set<string>, { loaded }: Verdict): void {
  if (loaded === null) return;
  touched.add(loaded.personKey);
  if (loaded.number !== null) touched.add(loaded.number);
}

function take(
  parts: ReserveParts,
  db: WriteDb,
  context: WriteContext,
  request: ContactRequest,
  verdict: Verdict,
  options: ReserveOptions,
): Reservation {
  const decision = toDecision(request, verdict, context.newId());
  writeDecision(parts, db, context, request, verdict, decision);
  if (!decision.allowed || verdict.loaded === null) return { ...decision, reservationId: null };
  const reservationId = context.newId();
  const { personKey, number, contactPointId } = verdict.loaded;
  db.insert('contactEvent', {
    id: reservationId,
    at: context.now,
    kind: kindOfStart(request),
    direction: 'out',
    channel: request.channel,
    debtorId: personKey,
    debtId: request.debtId ?? null,
    contactPointId,
    number,
    mode: request.mode,
    flagsJson: '[]',
    callId: options.callId ?? null,
    decisionId: decision.decisionId,
    reservation: 'held',
    // of a contact with the debtor it is not known who will be reached
    target: request.target === 'debtor' ? null : request.target,
  });
  if (verdict.override !== null) {
    const { personId = null } = request;
    const contact = { debtorId: personKey, contactPointId, channel: request.channel, personId };
    takeOverride(db, context, parts.traces, verdict.override, {
      ...contact,
      decisionId: decision.decisionId,
    });
  }
  return { ...decision, reservationId };
}

/** What starting a contact counts as; a message counts from when it is accepted for sending. */
function kindOfStart({ channel }: ContactRequest): EventKind {
  if (channel === 'call' || channel === 'voiceMessage') return 'attempt';
  return channel === 'visit' ? 'visit' : 'message';
}

function writeDecision(
  { calendarTables }: DoorParts,
  db: WriteDb,
  context: WriteContext,
  request: ContactRequest,
  { evaluation, loaded, applying, override }: Verdict,
  decision: Decision,
): void {
  const packs = applying.packs.map(({ pack }) => pack);
  const facts = loaded === null ? null : packFacts(loaded);
  const countries = new Set(
    [...(loaded?.places ?? []), ...packs.flatMap(({ calendars }) => calendars)].map((place) =>
      place.slice(0, 2),
    ),
  );
  const debtorId = loaded?.personKey ?? (request.debtorId || null);
  db.insert('contactDecision', {
    id: decision.decisionId,
    at: context.now,
    debtorId,
    number: loaded?.number ?? request.number ?? null,
    channel: request.channel,
    mode: request.mode,
    allowed: decision.allowed ? 1 : 0,
    requestJson: JSON.stringify(request),
    resultJson: JSON.stringify({
      ...evaluation,
      engine: engineVersion,
      tzdb: process.versions.tz ?? null,
      calendars: packs.length > 0 ? keepCalendars(db, context, calendarTables, countries) : [],
    }),
    factsHash: facts?.hash ?? '',
    packsJson: JSON.stringify(packs.map((pack) => keepPack(db, context, pack))),
    overrideId: override?.id ?? null,
    overriddenBy: override?.decidedBy ?? null,
    overrideReason: override?.reason ?? null,
  });
  if (facts !== null) {
    const { decisionId } = decision;
    db.insert('contactDecisionFacts', { id: decisionId, debtorId, facts: facts.packed });
  }
}

/** The contact was started: the reservation counts for good. Harmless when repeated. */
export function markUsed(db: WriteDb, _context: WriteContext, reservationId: string): void {
  if (stateOf(db, reservationId) === 'held') {
    db.update('contactEvent', reservationId, { reservation: 'used' });
  }
}

/**
 * Gives a reservation back, once, because the contact was never started; with it the override that it used.
 * @returns false when it had been given back before
 * @throws AppError `contact-rules.reservation-used` when the contact was started: it counts
 */
export function release(db: WriteDb, _context: WriteContext, reservationId: string): boolean {
  const state = stateOf(db, reservationId);
  if (state === 'released') return false;
  if (state === 'used') {
    throw new AppError('contact-rules.reservation-used', 'a contact that was started counts', {
      details: { reservationId },
    });
  }
  db.update('contactEvent', reservationId, { reservation: 'released' });
  giveBackOverride(db, reservationId);
  return true;
}

/** @throws AppError `contact-rules.no-reservation` */
function stateOf(db: ReadDb, reservationId: string): 'held' | 'used' | 'released' {
  const row = db.get<{ reservation: 'held' | 'used' | 'released' | null }>(
    'SELECT reservation FROM contactEvent WHERE id = ?',
    reservationId,
  );
  if (!row?.reservation) {
    throw new AppError('contact-rules.no-reservation', 'there is no such reservation', {
      details: { reservationId },
    });
  }
  return row.reservation;
}
