import type { StoreKind } from '#shared/domain/index.ts';
import type { EventKind, RulePack } from '#shared/rule-packs/index.ts';
import type { ReadDb, WriteContext, WriteDb } from '../store/types.ts';
import { type Calendars, type CalendarTable, createCalendars } from './calendars/calendars.ts';
import { type Answer, toAnswer } from './door/answer.ts';
import { compileForStore } from './door/choose-packs.ts';
import type { ClockGuard } from './door/clock-guard.ts';
import { type DoorParts, judge, judgeMany } from './door/decide.ts';
import type { OverrideTraces } from './door/override-use.ts';
import { type Circumstances, createPackSource, type EffectivePack } from './door/packs-in-force.ts';
import { newestContactRowAt } from './door/read-site.ts';
import { recheck } from './door/recheck.ts';
import { type ContactOutcome, recordContactEvents } from './door/record-events.ts';
import { replay } from './door/replay.ts';
import {
  markUsed,
  type Reservation,
  type ReserveOptions,
  release,
  reserve,
  reserveMany,
} from './door/reservations.ts';
import { toDecision } from './door/to-decision.ts';
import type { FirmRules } from './own-packs/firm-rules.ts';
import type { ContactRequest, Decision } from './types.ts';

export interface ContactRulesOptions {
  /** only those for the kind of store, see `packsForStore`; none: every contact is refused */
  packs: readonly RulePack[];
  /** default: no tables, so that a day counts as a holiday where that is stricter */
  calendars?: Calendars;
  /** the tables themselves, which are then kept with decisions; stands for `calendars` */
  calendarTables?: readonly CalendarTable[];
  /** what the debtor's history tells of overrides; default: nothing */
  traces?: OverrideTraces;
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
  /**
   * `decide` for many contacts, with few reads of the store; answers in the order of the requests.
   * @param asIf rules of the firm that are tried out: not those that are in force
   */
  decideMany(
    read: ReadDb,
    requests: readonly ContactRequest[],
    at: number,
    asIf?: FirmRules,
  ): Decision[];
  /** The packs that ship for this kind of store. */
  readonly shippedPacks: readonly RulePack[];
  /** `decide` with everything that people may want to know of the answer. */
  check(read: ReadDb, request: ContactRequest, at: number): Answer;
  /**
   * Answers a kept question again from its old facts, packs and calendars, and says whether the answer is the same.
   * @returns null when there is no such decision; `same` and `answer` are null when what it rested on is gone
   */
  replay(read: ReadDb, decisionId: string): { same: boolean | null; answer: Answer | null } | null;
  /** Decides and takes the contact in the caller's transaction, before anything is sent. */
  reserve(
    db: WriteDb,
    context: WriteContext,
    request: ContactRequest,
    options?: ReserveOptions,
  ): Reservation;
  /** `reserve` for many contacts; the same answers as one after another, with few reads of the store. */
  reserveMany(
    db: WriteDb,
    context: WriteContext,
    requests: readonly ContactRequest[],
    options?: Pick<ReserveOptions, 'clockSuspect'>,
  ): Reservation[];
  /**
   * Asks again at the moment of handing over, without counting the reservation against itself: what was set meanwhile
   * refuses. Stores nothing; the caller releases what is refused.
   * @throws AppError `contact-rules.no-reservation`
   */
  recheck(read: ReadDb, reservationId: string, at: number, clockSuspect?: boolean): Decision;
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
  /**
   * The packs of this store as they are now: those that ship and the firm's own in force, with what counsel says.
   * @throws AppError `contact-rules.bad-pack`
   */
  packsInForce(read: ReadDb): readonly EffectivePack[];
  /**
   * The packs that apply at `at` (epoch ms) where a contact touches these places, the residence first, and these creditors.
   * @throws AppError `contact-rules.bad-pack`
   */
  packsFor(read: ReadDb, about: Circumstances, at: number): readonly RulePack[];
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
  const { calendarTables = [] } = options;
  const packsOf = createPackSource(compileForStore(options.packs, options.storeKind));
  const parts: DoorParts & { traces: OverrideTraces } = {
    packsOf: (db) => packsOf(db),
    calendars: options.calendars ?? createCalendars(calendarTables),
    calendarTables,
    traces: options.traces ?? noTraces,
    storeKind: options.storeKind,
    clockGuard: options.clockGuard,
    horizonDays: options.horizonDays ?? 90,
  };
  return {
    clockGuard: options.clockGuard,
    decide: (read, request, at) => toDecision(request, judge(parts, read, request, at), ''),
    decideMany(read, requests, at, asIf) {
      const asked = asIf === undefined ? parts : { ...parts, packsOf: () => packsOf(read, asIf) };
      return judgeMany(asked, read, requests, at).map((verdict, index) =>
        toDecision(requests[index] as ContactRequest, verdict, ''),
      );
    },
    shippedPacks: options.packs,
    recheck: (read, reservationId, at, suspect) => recheck(parts, read, reservationId, at, suspect),
    check: (read, request, at) => check(parts, read, request, at),
    replay: (read, decisionId) => replayed(parts, read, decisionId),
    reserve: (db, context, request, more) => reserve(parts, db, context, request, more),
    reserveMany: (db, context, requests, more) => reserveMany(parts, db, context, requests, more),
    markUsed,
    release,
    recordContactEvents,
    recordFacts(db, context, { facts, ...call }) {
      recordContactEvents(db, context, { ...call, kinds: facts });
    },
    packsInForce: (read) => parts.packsOf(read).packs,
    packsFor: (read, about, at) =>
      parts
        .packsOf(read)
        .applying(about, at)
        .packs.map(({ pack }) => pack),
    rulesInForce: () => ({ packs: options.packs.map(summary) }),
    checkClock: (read) => options.clockGuard.check(newestContactRowAt(read)),
    confirmClock(read) {
      options.clockGuard.check(newestContactRowAt(read));
      options.clockGuard.confirm();
    },
  };
}

function check(parts: DoorParts, read: ReadDb, request: ContactRequest, at: number): Answer {
  const verdict = judge(parts, read, request, at);
  const { loaded, applying } = verdict;
  // a door without rules that can be read has asked none
  const known = applying.packs.length === 0 ? [] : parts.packsOf(read).packs;
  const names = {
    statedLabel: loaded?.statedLabel ?? null,
    zonesOnRecord: loaded?.zonesOnRecord ?? false,
  };
  const answered = { ...verdict, facts: loaded?.facts ?? null, names };
  return toAnswer(
    request,
    at,
    answered,
    (pack) => known.find((one) => one.pack === pack)?.status ?? pack.review.status,
  );
}

function replayed(parts: DoorParts, read: ReadDb, decisionId: string) {
  const found = replay(parts, read, decisionId);
  if (!found?.again || !found.facts) return found && { same: null, answer: null };
  const { request, at, again, facts, same } = found;
  const names = { statedLabel: null, zonesOnRecord: true };
  const answered = { ...again, facts: facts.facts, names, override: null };
  return { same, answer: toAnswer(request, at, answered, (pack) => pack.review.status) };
}

const noTraces: OverrideTraces = { granted() {}, used() {} };

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
