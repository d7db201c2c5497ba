import {
  bitOf,
  bitsOf,
  type ContactChannel,
  contactChannels,
  type EventFlag,
  type EventKind,
  eventFlags,
  eventKinds,
  numberClasses,
  type Target,
  targets,
} from '#shared/rule-packs/index.ts';
import type { PreparedFacts } from './facts.ts';

/** One raw event of the history; packs choose what counts (reference §2, §8.3). */
export interface ContactEvent {
  at: number;
  kind: EventKind;
  direction: 'in' | 'out';
  channel: ContactChannel;
  /** an absent key fits every request */
  person?: string;
  debt?: string;
  number?: string;
  flags?: readonly EventFlag[];
  /** who was reached; absent: not known, taken for the debtor */
  target?: Target;
}

/** An event as the engine compares it: words as bits. */
export interface PreparedEvent {
  at: number;
  kindBit: number;
  channelBit: number;
  flagBits: number;
  classBits: number;
  targetBit: number;
  out: boolean;
  person: string | undefined;
  debt: string | undefined;
  number: string | undefined;
}

/**
 * The history of one person and number, oldest first. An event is put into bits when a rule first looks at it: most
 * rules look back a week or a month, and the door loads more than a year.
 */
export class EventLog {
  readonly #events: readonly ContactEvent[];
  readonly #facts: PreparedFacts;
  readonly #prepared: (PreparedEvent | undefined)[];

  /** @param events in any order; facts decide the class of each number */
  constructor(events: readonly ContactEvent[], facts: PreparedFacts) {
    this.#events = isSorted(events) ? events : events.toSorted((a, b) => a.at - b.at);
    this.#facts = facts;
    this.#prepared = new Array(events.length);
  }

  get length(): number {
    return this.#events.length;
  }

  /** @param index below `length` */
  eventAt(index: number): PreparedEvent {
    const known = this.#prepared[index];
    if (known) return known;
    const prepared = prepareEvent(this.#events[index] as ContactEvent, this.#facts);
    this.#prepared[index] = prepared;
    return prepared;
  }

  /** Index of the first event at or after an instant. */
  firstAtOrAfter(at: number): number {
    let low = 0;
    let high = this.#events.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#events[middle] as ContactEvent).at < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function isSorted(events: readonly ContactEvent[]): boolean {
  let last = Number.NEGATIVE_INFINITY;
  for (const { at } of events) {
    if (at < last) return false;
    last = at;
  }
  return true;
}

export function prepareEvents(events: readonly ContactEvent[], facts: PreparedFacts): EventLog {
  return new EventLog(events, facts);
}

const everyClass = bitsOf(numberClasses, undefined);

/** An event without a number fits every class. */
function prepareEvent(event: ContactEvent, facts: PreparedFacts): PreparedEvent {
  const { at, kind, channel, flags = [], number, target = 'debtor', direction } = event;
  return {
    at,
    kindBit: bitOf(eventKinds, kind),
    channelBit: bitOf(contactChannels, channel),
    flagBits: bitsOf(eventFlags, flags),
    classBits: number === undefined ? everyClass : facts.classBit(number),
    targetBit: bitOf<Target>(targets, target),
    out: direction === 'out',
    person: event.person,
    debt: event.debt,
    number,
  };
}

/** What an event must be to count under one rule. */
export interface EventFilter {
  kindBits: number;
  channelBits: number;
  excludedFlagBits: number;
  classBits: number;
  targetBits: number;
  outOnly: boolean;
  byPerson: boolean;
  byDebt: boolean;
  byNumber: boolean;
}

/** Fits every event; what a rule asks for replaces parts of it. */
export const everyEvent: EventFilter = {
  kindBits: bitsOf(eventKinds, undefined),
  channelBits: bitsOf(contactChannels, undefined),
  excludedFlagBits: 0,
  classBits: bitsOf(numberClasses, undefined),
  targetBits: bitsOf(targets, undefined),
  outOnly: false,
  byPerson: false,
  byDebt: false,
  byNumber: false,
};

/** Kinds of a contact in which something was told, by word or in writing. */
export const communicationBits: number = bitsOf(eventKinds, [
  'conversation',
  'effectiveCall',
  'message',
]);

/** The keys of a request that an event is compared with. */
export interface EventKeys {
  person: string;
  debt?: string | undefined;
  number?: string | undefined;
}

/** Instants of the events in `[from, to]` that count, oldest first. */
export function matchingInstants(
  log: EventLog,
  filter: EventFilter,
  keys: EventKeys,
  from: number,
  to: number,
): number[] {
  const found: number[] = [];
  for (let index = log.firstAtOrAfter(from); index < log.length; index++) {
    const event = log.eventAt(index);
    if (event.at > to) break;
    if (counts(event, filter, keys)) found.push(event.at);
  }
  return found;
}

/** Whether any event up to an instant counts. */
export function hasMatch(log: EventLog, filter: EventFilter, keys: EventKeys, to: number): boolean {
  for (let index = 0; index < log.length; index++) {
    const event = log.eventAt(index);
    if (event.at > to) return false;
    if (counts(event, filter, keys)) return true;
  }
  return false;
}

function counts(event: PreparedEvent, filter: EventFilter, keys: EventKeys): boolean {
  if ((event.kindBit & filter.kindBits) === 0) return false;
  if ((event.channelBit & filter.channelBits) === 0) return false;
  if ((event.flagBits & filter.excludedFlagBits) !== 0) return false;
  if ((event.classBits & filter.classBits) === 0) return false;
  if ((event.targetBit & filter.targetBits) === 0) return false;
  if (filter.outOnly && !event.out) return false;
  if (filter.byPerson && !fits(event.person, keys.person)) return false;
  if (filter.byDebt && !fits(event.debt, keys.debt)) return false;
  return !filter.byNumber || fits(event.number, keys.number);
}

/** A key that either side does not know fits: when unsure, count. */
export function fits(known: string | undefined, asked: string | undefined): boolean {
  return known === undefined || asked === undefined || known === asked;
}
