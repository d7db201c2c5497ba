import {
  contactChannels,
  type HoldKind,
  holdKinds,
  type NoticeKind,
  type NumberClass,
  noticeKinds,
  numberClasses,
  type Weekday,
  weekdaysFromSunday,
} from '#shared/rule-packs/index.ts';
import type {
  ConsentFact,
  ContactEvent,
  Facts,
  HoldFact,
  NoticeFact,
  NumberFacts,
  PersonalBlock,
} from '../engine/index.ts';
import { zonesForJurisdiction, zonesForNumber } from '../numbers/place-of-number.ts';
import { isKnownZone, zoneOf } from '../zones/zone.ts';
import { agreementFlag, consentFacts, mayUse } from './consent-facts.ts';
import type { BlockRow, ContactPointRow, DebtorRows, HoldRow } from './fact-rows.ts';
import { parseList } from './parse-list.ts';
import { blocksOutside } from './reachable-hours.ts';
import { isWindowOfDay } from './time-of-day.ts';
import { hasNoWeekdayReach } from './weekday-reach.ts';

/** What one contact is about, besides the person. */
export interface Asked {
  /** E.164; null for channels without a number */
  number: string | null;
  contactPointId: string | undefined;
  channel: string;
  /** named facts that the asker knows */
  flags: readonly string[];
}

/** Facts of one person, made once and narrowed to each address that is asked about. */
export interface PersonFacts {
  /** the same object for questions that see the same facts, so that they can be prepared once */
  factsFor(asked: Asked): Facts;
  /** the contact point that is meant, by id or by its number; undefined: none of theirs */
  pointOf(asked: Asked): ContactPointRow | undefined;
}

const withoutNumber = new Set(['email', 'messenger']);

/**
 * Puts the rows of a debtor into the words of the engine. Pure: reads nothing.
 * @param events the person's own history
 * @param at epoch ms
 */
export function debtorFacts(
  rows: DebtorRows,
  residence: Facts['residence'],
  events: readonly ContactEvent[],
  at: number,
): PersonFacts {
  const { points } = rows;
  const known: KnownPoints = { live: points, all: [...points, ...rows.formerPoints] };
  const numbers = numbersOf(points);
  const common = { residence, notices: noticesOf(rows), ...statedOf(rows), ...historyOf(rows) };
  const noReach = reachFlag(residence, events, at);
  const made = new Map<string, Facts>();
  const pointOf = ({ contactPointId, number }: Asked) =>
    points.find(({ id }) => id === contactPointId) ??
    (number === null ? undefined : points.find(({ value }) => value === number));
  return {
    pointOf,
    factsFor(asked) {
      const flags = [
        ...asked.flags,
        ...noReach,
        ...rows.consents
          .filter((row) => isAbout(row.contactPointId, known, asked))
          .flatMap((row) => agreementFlag(row, asked.channel, at) ?? []),
      ];
      const key = `${addressKey(numbers, asked, pointOf)} ${flags.join()}`;
      const madeBefore = made.get(key);
      if (madeBefore) return madeBefore;
      const facts: Facts = {
        ...common,
        numbers: withAsked(numbers, points, asked.number),
        holds: holdsOf(rows.holds, known, asked, at),
        personalBlocks: blocksOf(rows.blocks, known, asked),
        consents: consentsOf(rows, known, asked),
        flags,
      };
      made.set(key, facts);
      return facts;
    },
  };
}

/** Facts about a number of nobody we know. */
export function strangerFacts(number: string, residence: Facts['residence']): PersonFacts {
  return {
    pointOf: () => undefined,
    factsFor: ({ flags }) => ({
      residence,
      numbers: { [number]: { class: 'other', presumedZones: zonesForNumber(number) } },
      holds: [],
      personalBlocks: [],
      consents: [],
      flags,
    }),
  };
}

/** Zones of the residence: those on record, else all that its place can mean. */
export function residenceOf(timeZonesJson: string, jurisdiction: string): Facts['residence'] {
  const known = parseList(timeZonesJson);
  return { jurisdiction, zones: known.length > 0 ? known : zonesForJurisdiction(jurisdiction) };
}

/** What of the address makes facts differ: all numbers on record share theirs. */
function addressKey(
  numbers: Readonly<Record<string, NumberFacts>>,
  asked: Asked,
  pointOf: PersonFacts['pointOf'],
): string {
  if (asked.number === null) return `${asked.channel} ${pointOf(asked)?.id ?? ''}`;
  return Object.hasOwn(numbers, asked.number) ? '' : asked.number;
}

function numbersOf(points: readonly ContactPointRow[]): Record<string, NumberFacts> {
  const numbers: Record<string, NumberFacts> = {};
  for (const point of points) {
    if (withoutNumber.has(point.kind)) continue;
    // numbers on record count while they may be the debtor's
    if (point.status === 'wrongNumber' || point.status === 'retired') continue;
    numbers[point.value] = numberFacts(point);
  }
  return numbers;
}

function numberFacts(point: ContactPointRow): NumberFacts {
  const known = parseList(point.timeZonesJson);
  return {
    class: numberClasses.find((one) => one === point.kind) ?? ('other' as NumberClass),
    presumedZones: known.length > 0 ? known : zonesForNumber(point.value),
    ...(point.zoneDoubt === 1 ? { zoneDoubt: true } : {}),
  };
}

/** The number that is asked about always counts. */
function withAsked(
  numbers: Record<string, NumberFacts>,
  points: readonly ContactPointRow[],
  asked: string | null,
): Record<string, NumberFacts> {
  if (asked === null || Object.hasOwn(numbers, asked)) return numbers;
  const point = points.find(({ value }) => value === asked);
  const facts = point
    ? numberFacts(point)
    : { class: 'other' as const, presumedZones: zonesForNumber(asked) };
  return { ...numbers, [asked]: facts };
}

/** What is on record of a debtor may be used; what was said about an address outlives its row. */
interface KnownPoints {
  live: readonly ContactPointRow[];
  /** the deleted ones too */
  all: readonly ContactPointRow[];
}

/**
 * Whether what is said of one address reaches the contact that is asked about. Numbers are left to the engine, which
 * compares them itself; other addresses are compared here.
 * @param unsure the answer where the address of the contact, or the one that is meant, is not known
 */
function concerns(
  contactPointId: string | null,
  points: KnownPoints,
  asked: Asked,
  unsure: boolean,
): boolean {
  if (contactPointId === null) return true;
  const point = points.all.find(({ id }) => id === contactPointId);
  if (!point) return unsure;
  if (!withoutNumber.has(point.kind)) return asked.number !== null;
  if (asked.number !== null) return false;
  if (asked.channel !== 'email' && asked.channel !== 'chat') return false;
  const mine = points.live.find(({ id }) => id === asked.contactPointId);
  return mine === undefined ? unsure : mine.value === point.value;
}

/** As `concerns`, for what the engine does not compare: numbers are compared here too. */
function isAbout(contactPointId: string | null, points: KnownPoints, asked: Asked): boolean {
  const number = numberOf(contactPointId, points);
  if (number !== undefined) return number === asked.number;
  return concerns(contactPointId, points, asked, false);
}

/** The number that the engine compares; undefined for an address that is no number. */
function numberOf(contactPointId: string | null, points: KnownPoints): string | undefined {
  const point = points.all.find(({ id }) => id === contactPointId);
  return point && !withoutNumber.has(point.kind) ? point.value : undefined;
}

/** Holds of the debtor; a number or an address marked as wrong is one too. */
function holdsOf(
  rows: readonly HoldRow[],
  points: KnownPoints,
  asked: Asked,
  at: number,
): HoldFact[] {
  const holds = rows
    // who is vulnerable is spoken to with care; that alone stops no contact
    .filter((row) => row.kind !== 'vulnerable')
    .filter((row) => concerns(row.contactPointId, points, asked, true))
    .map((row) => toHold(row, numberOf(row.contactPointId, points), at));
  const wrong = points.all
    .filter((point) => point.status === 'wrongNumber')
    .filter((point) => concerns(point.id, points, asked, false))
    .map((point): HoldFact => {
      const number = numberOf(point.id, points);
      return { kind: 'wrongNumber', since: 0, ...(number === undefined ? {} : { number }) };
    });
  return [...holds, ...wrong];
}

function toHold(
  { kind, medium, debtId, since, until, maxDays }: HoldRow,
  number: string | undefined,
  at: number,
): HoldFact {
  // a medium we do not know narrows nothing
  const channel = contactChannels.find((one) => one === medium);
  return {
    // a kind we do not know stops everything that a cease notice stops
    kind: holdKinds.find((known): known is HoldKind => known === kind) ?? 'cease',
    // one ahead of the clock holds from now, as events ahead of it count as now
    since: Math.min(since, at),
    ...(until === null ? {} : { until }),
    ...(maxDays === null ? {} : { maxDays }),
    ...(channel ? { medium: channel } : {}),
    ...(number === undefined ? {} : { number }),
    ...(debtId === null ? {} : { debt: debtId }),
  };
}

/** "Not then", and the hours outside those at which an address may be reached. */
function blocksOf(rows: readonly BlockRow[], points: KnownPoints, asked: Asked): PersonalBlock[] {
  const said = rows
    .filter((row) => concerns(row.contactPointId, points, asked, true))
    .map((row) => toBlock(row, numberOf(row.contactPointId, points)));
  const hours = points.all
    .filter((point) => point.hoursJson !== null && concerns(point.id, points, asked, false))
    .flatMap((point) => blocksOutside(point.hoursJson, numberOf(point.id, points)));
  return [...said, ...hours];
}

function toBlock(row: BlockRow, number: string | undefined): PersonalBlock {
  const channels = row.channelsJson === null ? [] : parseList(row.channelsJson);
  const known = contactChannels.filter((one) => channels.includes(one));
  const days = parseList(row.daysJson);
  const knownDays = weekdaysFromSunday.filter((day): day is Weekday => days.includes(day));
  const isWindow = isWindowOfDay(row.fromTime, row.toTime);
  return {
    // days or times that cannot be read narrow nothing
    days: knownDays.length === 0 ? [...weekdaysFromSunday] : knownDays,
    from: isWindow ? row.fromTime : '00:00',
    to: isWindow ? row.toTime : '24:00',
    ...(row.timeZone === null ? {} : { zone: row.timeZone }),
    // channels of which none is known narrow nothing
    ...(known.length === 0 ? {} : { channels: known }),
    ...(number === undefined ? {} : { number }),
  };
}

function consentsOf({ consents }: DebtorRows, points: KnownPoints, asked: Asked): ConsentFact[] {
  return consents
    .filter(mayUse)
    .filter((row) => concerns(row.contactPointId, points, asked, false))
    .flatMap((row) =>
      consentFacts(
        row,
        points.all.find(({ id }) => id === row.contactPointId),
      ),
    );
}

/** Kinds of letters that are a notice themselves. */
const noticeOfLetter: Readonly<Record<string, NoticeKind>> = {
  // names creditor, ground and sum in text form, as the first claim must (RDG § 13a)
  demandForPayment: 'firstClaimInTextForm',
};

function noticesOf({ notices, letters }: DebtorRows): NoticeFact[] {
  const about = (debtId: string | null) => (debtId === null ? {} : { debt: debtId });
  return [
    ...notices.flatMap(({ notice, sentAt, debtId }) => {
      const kind = noticeKinds.find((known) => known === notice);
      return kind ? [{ kind, at: sentAt, ...about(debtId) }] : [];
    }),
    ...letters.flatMap(({ kind: letter, sentAt, debtId }) => {
      const kind = noticeOfLetter[letter];
      return kind ? [{ kind, at: sentAt, ...about(debtId) }] : [];
    }),
  ];
}

function statedOf({ place }: DebtorRows): Pick<Facts, 'stated'> {
  if (place === null) return {};
  const { until, timeZonesJson } = place;
  return { stated: { zones: parseList(timeZonesJson), ...(until === null ? {} : { until }) } };
}

/** Somebody may have worked these debts before us, and left nothing. */
function historyOf({ debtor }: DebtorRows): Pick<Facts, 'historyFrom'> {
  const unknown = debtor.priorContact === 'unknown' && debtor.synthetic === 0;
  return unknown ? { historyFrom: debtor.createdAt } : {};
}

function reachFlag(
  { zones }: Facts['residence'],
  events: readonly ContactEvent[],
  at: number,
): string[] {
  const [first] = zones;
  if (first === undefined || !isKnownZone(first) || events.length === 0) return [];
  return hasNoWeekdayReach(events, zoneOf(first), at) ? ['noWeekdayReach'] : [];
}
