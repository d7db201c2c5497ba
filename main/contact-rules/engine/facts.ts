import {
  bitOf,
  type ContactChannel,
  type HoldKind,
  type NoticeKind,
  type NumberClass,
  numberClasses,
  type Weekday,
} from '#shared/rule-packs/index.ts';
import type { Calendars, CalendarView } from '../calendars/calendars.ts';
import { type Zone, zoneOf } from '../zones/zone.ts';

export interface NumberFacts {
  class: NumberClass;
  /** zones of the prefix; empty for toll-free and the like */
  presumedZones: string[];
  /** reason to think that the prefix misleads */
  zoneDoubt?: boolean;
}
/** In force from `since`, up to but not including its end. Absent narrowing means everything. */
export interface HoldFact {
  kind: HoldKind;
  since: number;
  until?: number;
  /** local calendar days; day 1 is the day after `since` */
  maxDays?: number;
  medium?: ContactChannel;
  number?: string;
  debt?: string;
}
export interface PersonalBlock {
  days: Weekday[];
  /** local `HH:MM`, half-open, never across midnight */
  from: string;
  to: string;
  zone?: string;
  channels?: ContactChannel[];
  number?: string;
}
export interface ConsentFact {
  /** `directConsent`, or a `consentKind` of a consent gate */
  kind: string;
  at: number;
  lastsDays?: number;
  /** withdrawn at */
  until?: number;
  debt?: string;
  /** of these only; absent: of every channel, of every number */
  channel?: ContactChannel;
  number?: string;
}
/** A text that some rules ask for, and when it went out. */
export interface NoticeFact {
  kind: NoticeKind;
  at: number;
  /** absent: about all debts */
  debt?: string;
}

/** What is known about one person (reference §8.2), instants in epoch ms. */
export interface Facts {
  residence: { jurisdiction: string; zones: string[] };
  /** a place the debtor told us; before `until` it replaces the zones of residence and numbers */
  stated?: { zones: string[]; until?: number };
  numbers: Readonly<Record<string, NumberFacts>>;
  holds: readonly HoldFact[];
  personalBlocks: readonly PersonalBlock[];
  consents: readonly ConsentFact[];
  notices?: readonly NoticeFact[];
  /**
   * contacts before this instant are not known: half of each cap counts as used at it (reference §6). Absent: all are
   * known, or nobody worked the debt before us
   */
  historyFrom?: number;
  /**
   * named facts: `noWeekdayReach`, `guaranteedAgent`, `callerIdWithheld`, `courtPermission`, `agreement:hours`,
   * `agreement:frequency`, `debtorInitiated` (a stored request of the debtor), `askingConsent` (a contact whose only
   * purpose is to ask for consent), …
   */
  flags: readonly string[];
}

/** Facts with their zones resolved, made once and asked many times. */
export interface PreparedFacts {
  readonly facts: Facts;
  readonly residenceZones: readonly Zone[];
  readonly allKnownZones: readonly Zone[];
  readonly statedZones: readonly Zone[];
  /** the stated place is in force before this instant; -Infinity without one */
  readonly statedUntil: number;
  readonly flags: ReadonlySet<string>;
  /** what `numberPresumed` reads for a number */
  presumedZones(number: string | undefined): readonly Zone[];
  classBit(number: string): number;
  calendar(id: string): CalendarView;
}

/** @throws AppError `contact-rules.zone-unknown` */
export function prepareFacts(facts: Facts, calendars: Calendars): PreparedFacts {
  const residenceZones = facts.residence.zones.map(zoneOf);
  const allKnown = new Set(residenceZones);
  for (const { presumedZones } of Object.values(facts.numbers)) {
    for (const name of presumedZones) allKnown.add(zoneOf(name));
  }
  const { stated } = facts;
  const views = new Map<string, CalendarView>();
  return {
    facts,
    residenceZones,
    allKnownZones: [...allKnown],
    statedZones: stated?.zones.map(zoneOf) ?? [],
    statedUntil: stated ? (stated.until ?? Number.POSITIVE_INFINITY) : Number.NEGATIVE_INFINITY,
    flags: new Set(facts.flags),
    presumedZones(number) {
      const known = number === undefined ? undefined : ownEntry(facts.numbers, number);
      if (!known || known.zoneDoubt || known.presumedZones.length === 0) return residenceZones;
      return known.presumedZones.map(zoneOf);
    },
    classBit: (number) => bitOf(numberClasses, ownEntry(facts.numbers, number)?.class ?? 'other'),
    calendar(id) {
      const known = views.get(id);
      if (known) return known;
      const view = calendars.view(id, facts.residence.jurisdiction);
      views.set(id, view);
      return view;
    },
  };
}

function ownEntry<Value>(map: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}
