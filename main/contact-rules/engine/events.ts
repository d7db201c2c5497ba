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

/** The history of one person and number, oldest first. */
export interface EventLog {
  readonly events: readonly PreparedEvent[];
}

/** Facts decide the class of each number; an event without a number fits every class. */
export function prepareEvents(events: readonly ContactEvent[], facts: PreparedFacts): EventLog {
  const prepared = events.map((event) => prepareEvent(event, facts));
  prepared.sort((a, b) => a.at - b.at);
  return { events: prepared };
}

function prepareEvent(event: ContactEvent, facts: PreparedFacts): PreparedEvent {
  return {
    at: event.at,
    kindBit: bitOf(eventKinds, event.kind),
    channelBit: bitOf(contactChannels, event.channel),
    flagBits: bitsOf(eventFlags, event.flags ?? []),
    classBits:
      event.number === undefined ? bitsOf(numberClasses, undefined) : facts.classBit(event.number),
    targetBit: bitOf<Target>(targets, event.target ?? 'debtor'),
    out: event.direction === 'out',
    person: event.person,
    debt: event.debt,
    number: event.number,
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

/** Instants of the events in `[from, to]` that count, oldest first. */
export function matchingInstants(
  log: EventLog,
  filter: EventFilter,
  keys: { person: string; debt?: string | undefined; number?: string | undefined },
  from: number,
  to: number,
): number[] {
  const found: number[] = [];
  const { events } = log;
  for (let index = firstAtOrAfter(events, from); index < events.length; index++) {
    const event = events[index] as PreparedEvent;
    if (event.at > to) break;
    if ((event.kindBit & filter.kindBits) === 0) continue;
    if ((event.channelBit & filter.channelBits) === 0) continue;
    if ((event.flagBits & filter.excludedFlagBits) !== 0) continue;
    if ((event.classBits & filter.classBits) === 0) continue;
    if ((event.targetBit & filter.targetBits) === 0) continue;
    if (filter.outOnly && !event.out) continue;
    if (filter.byPerson && !fits(event.person, keys.person)) continue;
    if (filter.byDebt && !fits(event.debt, keys.debt)) continue;
    if (filter.byNumber && !fits(event.number, keys.number)) continue;
    found.push(event.at);
  }
  return found;
}

/** A key that either side does not know fits: when unsure, count. */
export function fits(known: string | undefined, asked: string | undefined): boolean {
  return known === undefined || asked === undefined || known === asked;
}

function firstAtOrAfter(events: readonly PreparedEvent[], at: number): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((events[middle] as PreparedEvent).at < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
