import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { ContactEvent } from '../engine/index.ts';
import type { AskedFacts } from './decide.ts';
import type { LoadedFacts } from './load-facts.ts';

/** What an old answer rested on, besides packs and calendars. */
export type KeptFacts = AskedFacts & Pick<LoadedFacts, 'places' | 'debtorId'>;

/** Events as lists of indexes into `words`: hundreds of them are kept with every decision. */
interface Packed {
  format: 1;
  personKey: string;
  debtorId: string | null;
  number: string | null;
  places: string[];
  creditors: string[];
  facts: LoadedFacts['facts'];
  words: string[];
  /** at, kind, channel, direction, person, debt, number, target, then flags; -1: absent */
  events: number[][];
}

/** Facts and events of a decision, packed, and the SHA-256 (hex) of what was packed. */
export function packFacts(kept: KeptFacts): { packed: Uint8Array; hash: string } {
  const { facts, personKey, debtorId, number, places, creditors } = kept;
  const words: string[] = [];
  const indexes = new Map<string, number>();
  const indexOf = (word: string | undefined): number => {
    if (word === undefined) return -1;
    let index = indexes.get(word);
    if (index === undefined) {
      index = words.push(word) - 1;
      indexes.set(word, index);
    }
    return index;
  };
  const events = kept.events.map((event) => packEvent(event, indexOf));
  const document: Packed = {
    format: 1,
    personKey,
    debtorId,
    number,
    places,
    creditors,
    facts,
    words,
    events,
  };
  const text = JSON.stringify(document);
  return {
    packed: squeeze(text),
    hash: createHash('sha256').update(text).digest('hex'),
  };
}

/** Facts of a debtor with few contacts stay as they are: the compressor takes as long as the whole decision. */
const squeezedFromBytes = 600;
const openBrace = 0x7b;

function squeeze(text: string): Uint8Array {
  const bytes = Buffer.from(text);
  if (bytes.length < squeezedFromBytes) return bytes;
  // the lightest level: more takes thrice the time of a decision and saves a fifth
  return deflateRawSync(bytes, { level: 1 });
}

/** What is compressed may begin with a brace, too, but is no JSON then. */
function loosen(packed: Uint8Array): Packed {
  if (packed[0] === openBrace) {
    try {
      return JSON.parse(Buffer.from(packed).toString('utf8')) as Packed;
    } catch {
      // compressed after all
    }
  }
  return JSON.parse(inflateRawSync(packed).toString('utf8')) as Packed;
}

function packEvent(event: ContactEvent, indexOf: (word: string | undefined) => number): number[] {
  const packed = [
    event.at,
    indexOf(event.kind),
    indexOf(event.channel),
    indexOf(event.direction),
    indexOf(event.person),
    indexOf(event.debt),
    indexOf(event.number),
    indexOf(event.target),
  ];
  for (const flag of event.flags ?? []) packed.push(indexOf(flag));
  return packed;
}

/** @returns null when the facts are gone: erased, or not readable */
export function unpackFacts(packed: unknown): KeptFacts | null {
  if (!(packed instanceof Uint8Array) || packed.length === 0) return null;
  const document = parse(packed);
  if (document === null) return null;
  const { words, events, format: _format, ...kept } = document;
  return { ...kept, events: events.map((event) => unpackEvent(event, words)) };
}

function parse(packed: Uint8Array): Packed | null {
  try {
    const document = loosen(packed);
    return document.format === 1 ? document : null;
  } catch {
    return null;
  }
}

function unpackEvent(packed: readonly number[], words: readonly string[]): ContactEvent {
  const [at = 0, kind, channel, direction, person, debt, number, target, ...flags] = packed;
  const word = (index: number | undefined) => (index === undefined ? undefined : words[index]);
  const optional = (key: string, index: number | undefined) => {
    const value = word(index);
    return value === undefined ? {} : { [key]: value };
  };
  return {
    at,
    kind: word(kind),
    channel: word(channel),
    direction: word(direction),
    ...optional('person', person),
    ...optional('debt', debt),
    ...optional('number', number),
    ...optional('target', target),
    flags: flags.map(word),
  } as ContactEvent;
}
