import { join } from 'node:path';
import type { StoreKind } from '#shared/domain/index.ts';
import type { Clock } from '#shared/util/index.ts';
import {
  type ContactRules,
  createClockGuard,
  createContactRules,
  loadCalendars,
  loadPacks,
  type OverrideTraces,
  packsForStore,
} from '../contact-rules/index.ts';
import type { ContactDoor } from '../dialer/attempts/writes.ts';
import { type ReadDb, systemClock } from '../store/index.ts';
import { overrideTraces } from './override-traces.ts';
import { resourcesDirectory } from './resources.ts';

/** The door of one kind of store, with the packs and calendars that ship with the program. */
export function openContactRules(
  storeKind: StoreKind,
  clock: Clock,
  traces?: OverrideTraces,
): ContactRules {
  const resources = resourcesDirectory();
  return createContactRules({
    packs: packsForStore(loadPacks(join(resources, 'rule-packs')), storeKind),
    calendarTables: loadCalendars(join(resources, 'calendars')),
    ...(traces === undefined ? {} : { traces }),
    storeKind,
    clockGuard: createClockGuard(clock),
  });
}

/** The door as writes use it. */
export type WriterDoor = ContactDoor &
  Pick<ContactRules, 'decide' | 'recheck' | 'recordContactEvents' | 'reserveMany'> & {
    confirmClock(db: ReadDb): void;
    /** the machine goes to sleep, or woke up: monotonic clocks of some systems stand still meanwhile */
    power(db: ReadDb, event: 'suspend' | 'resume'): void;
  };

/**
 * The door inside the writer thread, which learns from the store itself what kind it is. Made at the first
 * reservation, so that the map of writes can be a constant.
 */
export function lazyDoor(): WriterDoor {
  let rules: ContactRules | null = null;
  const open = (db: ReadDb): ContactRules => {
    rules ??= openContactRules(storeKindOf(db), systemClock, overrideTraces);
    return rules;
  };
  return {
    decide: (db, request, at) => open(db).decide(db, request, at),
    reserve: (db, context, request, options) => open(db).reserve(db, context, request, options),
    reserveMany: (db, context, requests, options) =>
      open(db).reserveMany(db, context, requests, options),
    recheck: (db, reservationId, at, suspect) => open(db).recheck(db, reservationId, at, suspect),
    markUsed: (db, context, reservationId) => open(db).markUsed(db, context, reservationId),
    release: (db, context, reservationId) => {
      open(db).release(db, context, reservationId);
    },
    recordContactEvents: (db, context, outcome) =>
      open(db).recordContactEvents(db, context, outcome),
    recordFacts: (db, context, contact) => open(db).recordFacts(db, context, contact),
    confirmClock: (db) => open(db).confirmClock(db),
    power(db, event) {
      const { clockGuard } = open(db);
      if (event === 'suspend') clockGuard.suspended();
      else clockGuard.resumed();
    },
  };
}

function storeKindOf(db: ReadDb): StoreKind {
  const row = db.get<{ value: string }>("SELECT value FROM meta WHERE key = 'storeKind'");
  return row?.value === 'practice' ? 'practice' : 'real';
}
