import type { ReadDb } from '../../store/types.ts';
import type { ContactEvent, Facts } from '../engine/index.ts';
import { countryOfNumber } from '../numbers/place-of-number.ts';
import type { ContactRequest } from '../types.ts';
import { msPerDay } from '../zones/zone.ts';
import { toEvents } from './event-facts.ts';
import {
  type DebtorRows,
  type NumberOfPerson,
  type OverrideRow,
  readDebtorRows,
  readEvents,
  readEventsOfOthers,
  readFormerContacts,
} from './fact-rows.ts';
import { findPerson, type PersonKeys } from './find-person.ts';
import { findOthersAddresses } from './others-addresses.ts';
import {
  type Asked,
  debtorFacts,
  type PersonFacts,
  residenceOf,
  strangerFacts,
} from './person-facts.ts';

/** All that the store knows about one contact. */
export interface LoadedFacts {
  ok: true;
  /** key of the person in events: the debtor's id, or `number:+48…` for a number of nobody we know */
  personKey: string;
  debtorId: string | null;
  /** E.164; null for channels without a number */
  number: string | null;
  /** the contact point that is meant, also when only its number was named */
  contactPointId: string | null;
  /** null when no debtor is known */
  synthetic: boolean | null;
  /** ISO 3166: the residence first, then the number's country */
  places: string[];
  /** of the debt that the contact is about; of all open ones when it is not known which */
  creditors: string[];
  facts: Facts;
  events: ContactEvent[];
  /** granted, not used, not expired; whether they fit is for `overrideFor` to say */
  overrides: OverrideRow[];
  /** what the debtor's own place is called, for people; null: none is stated */
  statedLabel: string | null;
  /** the zones of the residence are on record, not only what its place can mean */
  zonesOnRecord: boolean;
}
/** Nothing can be decided: the door refuses with this `because`. */
export interface NoFacts {
  ok: false;
  because: 'debtor-unknown' | 'debtor-ambiguous' | 'number-missing';
}

export interface LoadOptions {
  /** how far back events of every kind are read; what was told to whom is known for `historyDays` */
  lookBackMs: number;
  /** of contactEvent: left out */
  exceptEventId?: string | undefined;
}

/** caps of today reach back 31 days at most; whether a contact is the first one is asked for longer */
const historyDays = 400;

/**
 * Reads facts and history for many requests at `at` (epoch ms), each table once. Requests about one person share the
 * objects that say the same of them.
 */
export function loadFacts(
  db: ReadDb,
  requests: readonly ContactRequest[],
  at: number,
  options: LoadOptions,
): (LoadedFacts | NoFacts)[] {
  const keys = requests.map((request) => findPerson(db, request));
  const debtorIds = [...new Set(keys.flatMap((key) => (key.ok ? (key.debtorId ?? []) : [])))];
  const rows = readDebtorRows(db, debtorIds, at);
  const isOthers = findOthersAddresses(db, requests, keys, rows);
  const history = readHistory(db, keys, at, options, requests);
  const persons = new Map<string, PersonFacts>();
  return requests.map((request, index) => {
    const key = keys[index] as PersonKeys;
    if (!key.ok) return key;
    const debtorRows = key.debtorId === null ? null : rows.get(key.debtorId);
    if (debtorRows === undefined) return { ok: false, because: 'debtor-unknown' };
    if (isOthers(index)) return { ok: false, because: 'debtor-ambiguous' };
    return putTogether(request, key, debtorRows, history, persons, at);
  });
}

type KnownKeys = Extract<PersonKeys, { ok: true }>;

function putTogether(
  request: ContactRequest,
  { debtorId, number }: KnownKeys,
  rows: DebtorRows | null,
  history: History,
  persons: Map<string, PersonFacts>,
  at: number,
): LoadedFacts {
  const personKey = personKeyOf(debtorId, number);
  const country = number === null ? null : countryOfNumber(number);
  const residence = rows?.debtor.jurisdiction || country || '';
  const place = residenceOf(rows?.debtor.timeZonesJson ?? '[]', residence);
  // without a residence the number's country stands for it, so that numbers make different persons
  const cacheKey = rows?.debtor.jurisdiction ? personKey : `${personKey} ${residence}`;
  let person = persons.get(cacheKey);
  if (!person) {
    person = rows
      ? debtorFacts(rows, place, history.of(personKey), at)
      : strangerFacts(number ?? '', place);
    persons.set(cacheKey, person);
  }
  const asked: Asked = {
    number,
    contactPointId: request.contactPointId,
    channel: request.channel,
    flags: flagsOf(request),
  };
  return {
    ok: true,
    personKey,
    debtorId,
    number,
    contactPointId: person.pointOf(asked)?.id ?? request.contactPointId ?? null,
    synthetic: rows ? rows.debtor.synthetic === 1 : null,
    places: country !== null && country !== residence ? [residence, country] : [residence],
    creditors: creditorsOf(rows, request.debtId),
    facts: person.factsFor(asked),
    events: history.about(personKey, number),
    overrides: rows?.overrides ?? [],
    statedLabel: rows?.place?.label ?? null,
    zonesOnRecord: rows !== null && rows.debtor.timeZonesJson !== '[]',
  };
}

function flagsOf({ flags = [], callerIdWithheld }: ContactRequest): readonly string[] {
  return callerIdWithheld ? [...flags, 'callerIdWithheld'] : flags;
}

function personKeyOf(debtorId: string | null, number: string | null): string {
  return debtorId ?? `number:${number}`;
}

/** A debt that is not this debtor's says nothing: then all of theirs may be meant. */
function creditorsOf(rows: DebtorRows | null, debtId: string | undefined): string[] {
  const debts = rows?.debts ?? [];
  const asked = debts.filter(({ id }) => id === debtId);
  const meant = asked.length > 0 ? asked : debts.filter(({ status }) => status === 'open');
  return [...new Set(meant.map(({ creditorName }) => creditorName))];
}

/** The log, as far as these requests need it. */
interface History {
  /** the person's own events */
  of(personKey: string): ContactEvent[];
  /** those, and what others had on the number */
  about(personKey: string, number: string | null): ContactEvent[];
}

function readHistory(
  db: ReadDb,
  keys: readonly PersonKeys[],
  at: number,
  { lookBackMs, exceptEventId }: LoadOptions,
  requests: readonly ContactRequest[],
): History {
  const oldest = at - historyDays * msPerDay;
  // how often somebody who is not the debtor was spoken to is counted without end
  const reachesFar = requests.some(({ target }) => target !== 'debtor');
  const from = reachesFar ? oldest : Math.max(oldest, at - lookBackMs);
  const numbers: NumberOfPerson[] = [];
  const placeOf = new Map<string, number>();
  const personKeys = new Set<string>();
  for (const key of keys) {
    if (!key.ok) continue;
    const personKey = personKeyOf(key.debtorId, key.number);
    personKeys.add(personKey);
    const pair = `${key.number} ${personKey}`;
    if (key.number === null || placeOf.has(pair)) continue;
    placeOf.set(pair, numbers.length);
    numbers.push([key.number, personKey]);
  }
  const own = readEvents(db, [...personKeys], from);
  const former = readFormerContacts(db, [...personKeys], oldest, from);
  const ofOthers = readEventsOfOthers(db, numbers, from);
  const events = new Map<string, ContactEvent[]>();
  const of = (personKey: string): ContactEvent[] => {
    const known = events.get(personKey);
    if (known) return known;
    const rows = [...(former.get(personKey) ?? []), ...(own.get(personKey) ?? [])];
    const made = toEvents(rows, at, exceptEventId);
    events.set(personKey, made);
    return made;
  };
  return {
    of,
    about(personKey, number) {
      const place = placeOf.get(`${number} ${personKey}`);
      const others = place === undefined ? undefined : ofOthers.get(place);
      return others ? [...of(personKey), ...toEvents(others, at, exceptEventId)] : of(personKey);
    },
  };
}
