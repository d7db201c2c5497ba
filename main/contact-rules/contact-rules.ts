import type { StoreKind } from '#shared/domain/index.ts';
import type { EventKind, RulePack } from '#shared/rule-packs/index.ts';
import type { ReadDb, WriteContext, WriteDb } from '../store/types.ts';
import { type Calendars, createCalendars } from './calendars/calendars.ts';
import { compileForStore } from './door/choose-packs.ts';
import type { ClockGuard } from './door/clock-guard.ts';
import { type DoorParts, judge } from './door/decide.ts';
import { newestContactRowAt } from './door/read-site.ts';
import { type ContactOutcome, recordContactEvents } from './door/record-events.ts';
import {
  markUsed,
  type Reservation,
  type ReserveOptions,
  release,
  reserve,
} from './door/reservations.ts';
import { toDecision } from './door/to-decision.ts';
import type { ContactRequest, Decision } from './types.ts';

export interface ContactRulesOptions {
  /** only those for the kind of store, see `packsForStore`; none: every contact is refused */
  packs: readonly RulePack[];
  /** default: no tables, so that a day counts as a holiday where that is stricter */
  calendars?: Calendars;
  storeKind: StoreKind;
  clockGuard: ClockGuard;
  /** how far the next allowed instant is searched; default 90 */
  horizonDays?: number;
}

/** A pack as `app.snapshot` shows it. */
export interface PackSummary {
  id: string;
  version: string;
  title: string;
  status: 'draft' | 'counsel-approved' | 'withdrawn';
  practice: boolean;
}

/** What happened on a call, in the shape in which `dialer/attempts` reports it. */
export interface CallFacts {
  callId: string;
  debtorId: string;
  contactPointId: string | null;
  number: string | null;
  direction: 'in' | 'out';
  mode: string | null;
  facts: readonly EventKind[];
}

/** The one door: no contact on any channel, manual ones included, goes round it. */
export interface ContactRules {
  /** What the door would say at `at` (epoch ms). Not stored, takes nothing; `decisionId` is empty. */
  decide(read: ReadDb, request: ContactRequest, at: number): Decision;
  /** Decides and takes the contact in the caller's transaction, before anything is sent. */
  reserve(
    db: WriteDb,
    context: WriteContext,
    request: ContactRequest,
    options?: ReserveOptions,
  ): Reservation;
  /** The contact was started: its reservation counts for good. */
  markUsed(db: WriteDb, context: WriteContext, reservationId: string): void;
  /** The contact was never started; true the first time, false after. */
  release(db: WriteDb, context: WriteContext, reservationId: string): boolean;
  /** What came of a contact; each kind once for a call. */
  recordContactEvents(db: WriteDb, context: WriteContext, outcome: ContactOutcome): number;
  /** `recordContactEvents` in the words of `dialer/attempts`. */
  recordFacts(db: WriteDb, context: WriteContext, call: CallFacts): void;
  /** The packs that contacts of this store may fall under; which ones depends on the debtor. */
  rulesInForce(): { packs: PackSummary[] };
  /** Looks at the clocks and the newest row; false: the door refuses until a person confirms. */
  checkClock(read: ReadDb): boolean;
  /** A person says that the time is right; accepts the rows that are there, also later ones. */
  confirmClock(read: ReadDb): void;
  readonly clockGuard: ClockGuard;
}

/**
 * Makes the door of one store.
 * @throws AppError `contact-rules.practice-pack` when a pack is not for this kind of store
 */
export function createContactRules(options: ContactRulesOptions): ContactRules {
  const parts: DoorParts = {
    packs: compileForStore(options.packs, options.storeKind),
    calendars: options.calendars ?? createCalendars([]),
    storeKind: options.storeKind,
    clockGuard: options.clockGuard,
    horizonDays: options.horizonDays ?? 90,
  };
  return {
    clockGuard: options.clockGuard,
    decide: (read, request, at) => toDecision(judge(parts, read, request, at).evaluation, ''),
    reserve: (db, context, request, more) => reserve(parts, db, context, request, more),
    markUsed,
    release,
    recordContactEvents,
    recordFacts(db, context, { facts, ...call }) {
      recordContactEvents(db, context, { ...call, kinds: facts });
    },
    rulesInForce: () => ({ packs: options.packs.map(summary) }),
    checkClock: (read) => options.clockGuard.check(newestContactRowAt(read)),
    confirmClock(read) {
      options.clockGuard.check(newestContactRowAt(read));
      options.clockGuard.confirm();
    },
  };
}

function summary({ id, version, title, review, practice }: RulePack): PackSummary {
  return { id, version, title, status: review.status, practice: practice ?? false };
}

/** Writes of this area, for the writer thread; reservations run inside the writes of others. */
export function createContactRulesWrites(rules: ContactRules) {
  return {
    /** a person confirmed the time: the guard of the writer thread takes their word too */
    'contactRules.confirmClock': (db: WriteDb, _context: WriteContext, _input: null): null => {
      rules.confirmClock(db);
      return null;
    },
  };
}
