import {
  contactChannels,
  type EventFlag,
  type EventKind,
  eventFlags,
  eventKinds,
  holdKinds,
  type NumberClass,
} from '#shared/rule-packs/index.ts';
import type { ReadDb } from '../../store/types.ts';
import type { ContactEvent, Facts, HoldFact, NumberFacts } from '../engine/index.ts';
import {
  countryOfNumber,
  zonesForJurisdiction,
  zonesForNumber,
} from '../numbers/place-of-number.ts';
import type { ContactRequest } from '../types.ts';
import { msPerDay } from '../zones/zone.ts';
import { findPerson } from './find-person.ts';

/** All that the store knows about one contact. */
export interface LoadedFacts {
  ok: true;
  /** key of the person in events: the debtor's id, or `number:+48…` for a number of nobody we know */
  personKey: string;
  debtorId: string | null;
  /** E.164; null for channels without a number */
  number: string | null;
  /** null when no debtor is known */
  synthetic: boolean | null;
  /** ISO 3166: the residence first, then the number's country */
  places: string[];
  facts: Facts;
  events: ContactEvent[];
}
/** Nothing can be decided: the door refuses with this `because`. */
export interface NoFacts {
  ok: false;
  because: 'debtor-unknown' | 'debtor-ambiguous' | 'number-missing';
}

/** caps reach back 31 days at most today; packs may ask for more than a year */
const historyDays = 400;

interface ContactPointRow {
  id: string;
  kind: string;
  value: string;
  status: string;
  timeZonesJson: string;
}

/** Reads facts and history for one request, at `at` (epoch ms); events ahead of the clock count as now. */
export function loadFacts(db: ReadDb, request: ContactRequest, at: number): LoadedFacts | NoFacts {
  const found = findPerson(db, request);
  if (!found.ok) return found;
  const { debtor, number, personKey } = found;
  const points = debtor ? readContactPoints(db, debtor.id) : [];
  const numbers = numbersOf(points, number);
  const country = number === null ? null : countryOfNumber(number);
  const residence = debtor?.jurisdiction || country || '';
  return {
    ok: true,
    personKey,
    debtorId: debtor?.id ?? null,
    number,
    synthetic: debtor ? debtor.synthetic === 1 : null,
    places: country !== null && country !== residence ? [residence, country] : [residence],
    facts: {
      residence: {
        jurisdiction: residence,
        zones: residenceZones(debtor?.timeZonesJson ?? '[]', residence),
      },
      numbers,
      holds: debtor ? readHolds(db, debtor.id, points, request, number) : [],
      personalBlocks: [],
      consents: [],
      flags: request.callerIdWithheld ? ['callerIdWithheld'] : [],
    },
    events: readEvents(db, personKey, number, at),
  };
}

function readContactPoints(db: ReadDb, debtorId: string): ContactPointRow[] {
  return db.all<ContactPointRow>(
    `SELECT id, kind, value, status, timeZonesJson FROM contactPoint
     WHERE debtorId = ? AND deletedAt IS NULL ORDER BY id`,
    debtorId,
  );
}

function residenceZones(timeZonesJson: string, jurisdiction: string): string[] {
  const known = parseList(timeZonesJson);
  return known.length > 0 ? known : zonesForJurisdiction(jurisdiction);
}

/** Numbers on record count while they may be the debtor's; the asked one always does. */
function numbersOf(
  points: readonly ContactPointRow[],
  asked: string | null,
): Record<string, NumberFacts> {
  const numbers: Record<string, NumberFacts> = {};
  for (const { kind, value, status, timeZonesJson } of points) {
    if (kind === 'email' || kind === 'messenger') continue;
    if (value !== asked && (status === 'wrongNumber' || status === 'retired')) continue;
    const known = parseList(timeZonesJson);
    numbers[value] = {
      class: kind as NumberClass,
      presumedZones: known.length > 0 ? known : zonesForNumber(value),
    };
  }
  if (asked !== null && !Object.hasOwn(numbers, asked)) {
    numbers[asked] = { class: 'other', presumedZones: zonesForNumber(asked) };
  }
  return numbers;
}

interface HoldRow {
  kind: string;
  medium: string | null;
  contactPointId: string | null;
  debtId: string | null;
  since: number;
  until: number | null;
  maxDays: number | null;
}

/** Holds of the debtor that reach this contact; a number marked as wrong is one too. */
function readHolds(
  db: ReadDb,
  debtorId: string,
  points: readonly ContactPointRow[],
  request: ContactRequest,
  number: string | null,
): HoldFact[] {
  const rows = db.all<HoldRow>(
    `SELECT kind, medium, contactPointId, debtId, since, until, maxDays FROM hold
     WHERE debtorId = ? AND liftedAt IS NULL AND deletedAt IS NULL`,
    debtorId,
  );
  const value = (id: string | null | undefined) => points.find((point) => point.id === id)?.value;
  const asked = number ?? value(request.contactPointId);
  const holds = rows
    // who is vulnerable is spoken to with care; that alone stops no contact
    .filter((row) => row.kind !== 'vulnerable')
    .filter((row) => row.contactPointId === null || value(row.contactPointId) === asked)
    .map(toHold);
  const wrong = points.some((point) => point.value === asked && point.status === 'wrongNumber');
  return wrong ? [...holds, { kind: 'wrongNumber', since: 0 }] : holds;
}

function toHold({ kind, medium, debtId, since, until, maxDays }: HoldRow): HoldFact {
  return {
    // a kind we do not know stops everything that a cease notice stops
    kind: holdKinds.find((known) => known === kind) ?? 'cease',
    since,
    ...(until === null ? {} : { until }),
    ...(maxDays === null ? {} : { maxDays }),
    ...mediumOf(medium),
    ...(debtId === null ? {} : { debt: debtId }),
  };
}

/** A medium we do not know narrows nothing. */
function mediumOf(medium: string | null): Pick<HoldFact, 'medium'> {
  const known = contactChannels.find((channel) => channel === medium);
  return known ? { medium: known } : {};
}

interface EventRow {
  at: number;
  kind: string;
  direction: 'in' | 'out';
  channel: string;
  debtorId: string;
  debtId: string | null;
  number: string | null;
  flagsJson: string;
}

const eventColumns = 'at, kind, direction, channel, debtorId, debtId, number, flagsJson';

/** History of the person and, of others, of the number; a reservation that was given back is none. */
function readEvents(
  db: ReadDb,
  personKey: string,
  number: string | null,
  at: number,
): ContactEvent[] {
  const from = at - historyDays * msPerDay;
  const rows = db.all<EventRow>(
    `SELECT ${eventColumns} FROM contactEvent
     WHERE debtorId = ? AND at >= ? AND reservation IS NOT 'released'`,
    personKey,
    from,
  );
  if (number !== null) {
    rows.push(
      ...db.all<EventRow>(
        `SELECT ${eventColumns} FROM contactEvent
         WHERE number = ? AND at >= ? AND debtorId <> ? AND reservation IS NOT 'released'`,
        number,
        from,
        personKey,
      ),
    );
  }
  return rows.flatMap((row) => toEvent(row, at));
}

function toEvent(row: EventRow, now: number): ContactEvent[] {
  const kind = eventKinds.find((known): known is EventKind => known === row.kind);
  const channel = contactChannels.find((known) => known === row.channel);
  if (!kind || !channel) return [];
  const flags = row.flagsJson === '[]' ? [] : parseList(row.flagsJson);
  return [
    {
      at: Math.min(row.at, now),
      kind,
      channel,
      direction: row.direction,
      person: row.debtorId,
      ...(row.debtId === null ? {} : { debt: row.debtId }),
      ...(row.number === null ? {} : { number: row.number }),
      flags: flags.filter((flag): flag is EventFlag => eventFlags.some((known) => known === flag)),
    },
  ];
}

/** A JSON list of words; damaged text counts as nothing known. */
function parseList(json: string): string[] {
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  } catch {
    return [];
  }
}
