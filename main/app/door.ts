import { join } from 'node:path';
import type { StoreKind } from '#shared/domain/index.ts';
import type { Clock } from '#shared/util/index.ts';
import {
  type ContactRules,
  createCalendars,
  createClockGuard,
  createContactRules,
  loadCalendars,
  loadPacks,
  packsForStore,
} from '../contact-rules/index.ts';
import type { ContactDoor } from '../dialer/attempts/writes.ts';
import { type ReadDb, systemClock } from '../store/index.ts';
import { resourcesDirectory } from './resources.ts';

/** The door of one kind of store, with the packs and calendars that ship with the program. */
export function openContactRules(storeKind: StoreKind, clock: Clock): ContactRules {
  const resources = resourcesDirectory();
  return createContactRules({
    packs: packsForStore(loadPacks(join(resources, 'rule-packs')), storeKind),
    calendars: createCalendars(loadCalendars(join(resources, 'calendars'))),
    storeKind,
    clockGuard: createClockGuard(clock),
  });
}

/**
 * The door inside the writer thread, which learns from the store itself what kind it is. Made at the first
 * reservation, so that the map of writes can be a constant.
 */
export function lazyDoor(): ContactDoor & { confirmClock(db: ReadDb): void } {
  let rules: ContactRules | null = null;
  const open = (db: ReadDb): ContactRules => {
    rules ??= openContactRules(storeKindOf(db), systemClock);
    return rules;
  };
  return {
    reserve: (db, context, request, options) => open(db).reserve(db, context, request, options),
    markUsed: (db, context, reservationId) => open(db).markUsed(db, context, reservationId),
    release: (db, context, reservationId) => {
      open(db).release(db, context, reservationId);
    },
    recordFacts: (db, context, contact) => open(db).recordFacts(db, context, contact),
    confirmClock: (db) => open(db).clockGuard.confirm(),
  };
}

function storeKindOf(db: ReadDb): StoreKind {
  const row = db.get<{ value: string }>("SELECT value FROM meta WHERE key = 'storeKind'");
  return row?.value === 'practice' ? 'practice' : 'real';
}
