import { createHash } from 'node:crypto';
import { AppError } from '#shared/errors/index.ts';
import type { EventKind } from '#shared/rule-packs/index.ts';
import type { ReadDb, WriteContext, WriteDb } from '../../store/types.ts';
import type { ContactRequest, Decision } from '../types.ts';
import type { PackInForce } from './choose-packs.ts';
import { type DoorParts, judge, type Verdict } from './decide.ts';
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

/**
 * Evaluates and, when all say yes, takes the contact, in the caller's transaction: the decision, and
 * the event that counts from now on. A refusal is written down too.
 */
export function reserve(
  parts: DoorParts,
  db: WriteDb,
  context: WriteContext,
  request: ContactRequest,
  options: ReserveOptions = {},
): Reservation {
  const verdict = judge(parts, db, request, context.now, options.clockSuspect);
  const decision = toDecision(verdict.evaluation, context.newId());
  writeDecision(db, context, request, verdict, decision);
  if (!decision.allowed || verdict.loaded === null) return { ...decision, reservationId: null };
  const reservationId = context.newId();
  const { personKey, number } = verdict.loaded;
  db.insert('contactEvent', {
    id: reservationId,
    at: context.now,
    kind: kindOfStart(request),
    direction: 'out',
    channel: request.channel,
    debtorId: personKey,
    debtId: request.debtId ?? null,
    contactPointId: request.contactPointId ?? null,
    number,
    mode: request.mode,
    flagsJson: '[]',
    callId: options.callId ?? null,
    decisionId: decision.decisionId,
    reservation: 'held',
  });
  return { ...decision, reservationId };
}

/** What starting a contact counts as; a message counts from when it is accepted for sending. */
function kindOfStart({ channel }: ContactRequest): EventKind {
  if (channel === 'call' || channel === 'voiceMessage') return 'attempt';
  return channel === 'visit' ? 'visit' : 'message';
}

function writeDecision(
  db: WriteDb,
  context: WriteContext,
  request: ContactRequest,
  { evaluation, loaded, packs }: Verdict,
  decision: Decision,
): void {
  const { facts, events } = loaded ?? { facts: null, events: [] };
  db.insert('contactDecision', {
    id: decision.decisionId,
    at: context.now,
    debtorId: loaded?.personKey ?? (request.debtorId || null),
    number: loaded?.number ?? request.number ?? null,
    channel: request.channel,
    mode: request.mode,
    allowed: decision.allowed ? 1 : 0,
    requestJson: JSON.stringify(request),
    resultJson: JSON.stringify({ ...evaluation, tzdb: process.versions.tz ?? null }),
    factsHash: sha256(JSON.stringify({ facts, events })),
    packsJson: JSON.stringify(packs.map((pack) => keepPack(db, context, pack))),
  });
}

/** Keeps the pack a decision rests on, once, so that it can be replayed after the pack has changed. */
function keepPack(
  db: WriteDb,
  context: WriteContext,
  { pack }: PackInForce,
): { id: string; version: string; rowId: string } {
  const packJson = JSON.stringify(pack);
  const known = db.get<{ id: string }>(
    'SELECT id FROM rulePack WHERE packId = ? AND version = ? AND packJson = ?',
    pack.id,
    pack.version,
    packJson,
  );
  const rowId = known?.id ?? context.newId();
  if (!known) {
    const row = { id: rowId, packId: pack.id, version: pack.version, packJson };
    db.insert('rulePack', { ...row, loadedAt: context.now });
  }
  return { id: pack.id, version: pack.version, rowId };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The contact was started: the reservation counts for good. Harmless when repeated. */
export function markUsed(db: WriteDb, _context: WriteContext, reservationId: string): void {
  if (stateOf(db, reservationId) === 'held') {
    db.update('contactEvent', reservationId, { reservation: 'used' });
  }
}

/**
 * Gives a reservation back, once, because the contact was never started.
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
