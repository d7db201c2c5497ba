import { gsmSeptets } from './gsm-alphabet.ts';

/** What a text costs as an SMS. */
export interface SmsCount {
  encoding: SmsEncoding;
  /** septets of GSM-7, 16-bit units of UCS-2 */
  units: number;
  /** 1 for an empty text */
  parts: number;
  /** what still fits before one more part begins */
  unitsLeftInPart: number;
  /** the character that costs the shorter parts, whole even when it is a surrogate pair; null with GSM-7 */
  firstUcs2Character: string | null;
}

export type SmsEncoding = 'gsm7' | 'ucs2';

export interface SmsParts {
  encoding: SmsEncoding;
  /** in order; never cut inside an escape or a surrogate pair */
  parts: readonly string[];
}

/**
 * Units that one message holds alone, and each of many behind a header of six octets. The header with a reference of
 * 16 bits is an octet longer and takes one more septet, or one more unit of UCS-2.
 * @see 3GPP TS 23.040 §9.2.3.24.1, §9.2.3.24.8
 */
const capacity = {
  gsm7: { alone: 160, part: 153, partWideReference: 152 },
  ucs2: { alone: 70, part: 67, partWideReference: 66 },
} as const satisfies Record<SmsEncoding, object>;

/** Counts a text the way it is charged; quick enough for every key that is pressed. */
export function countSms(text: string): SmsCount {
  const firstUcs2Character = findUcs2Character(text);
  const encoding = firstUcs2Character === null ? 'gsm7' : 'ucs2';
  const { alone, part } = capacity[encoding];
  let parts = 1;
  let units = 0;
  let inPart = 0;
  for (const character of text) {
    const size = unitsOf(character, encoding);
    units += size;
    if (inPart + size > part) {
      parts += 1;
      inPart = 0;
    }
    inPart += size;
  }
  if (units <= alone)
    return { encoding, units, parts: 1, unitsLeftInPart: alone - units, firstUcs2Character };
  return { encoding, units, parts, unitsLeftInPart: part - inPart, firstUcs2Character };
}

export interface SplitOptions {
  /** the parts will carry a reference of 16 bits in their header */
  wideReference?: boolean;
  /** `ucs2` although the 7-bit alphabet would do; absent: as `countSms` says */
  encoding?: SmsEncoding;
}

/** @returns at least one part; joined they are the text */
export function splitSms(text: string, options: SplitOptions = {}): SmsParts {
  const { wideReference = false } = options;
  const needsUcs2 = options.encoding === 'ucs2' || findUcs2Character(text) !== null;
  const encoding = needsUcs2 ? 'ucs2' : 'gsm7';
  const { alone, part, partWideReference } = capacity[encoding];
  const limit = wideReference ? partWideReference : part;
  const parts: string[] = [];
  let current = '';
  let inPart = 0;
  let units = 0;
  for (const character of text) {
    const size = unitsOf(character, encoding);
    units += size;
    if (inPart + size > limit) {
      parts.push(current);
      current = '';
      inPart = 0;
    }
    current += character;
    inPart += size;
  }
  if (units <= alone) return { encoding, parts: [text] };
  return { encoding, parts: [...parts, current] };
}

/** @returns null when all of the text is in the 7-bit alphabet */
export function findUcs2Character(text: string): string | null {
  for (const character of text) {
    if (gsmSeptets(character) === 0) return character;
  }
  return null;
}

/** UTF-16 with the high octet first: what networks send as UCS-2, with surrogate pairs beyond it. */
export function encodeUcs2(text: string): Uint8Array {
  const octets = new Uint8Array(text.length * 2);
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    octets[index * 2] = unit >> 8;
    octets[index * 2 + 1] = unit & 0xff;
  }
  return octets;
}

/** An odd last octet is ignored. */
export function decodeUcs2(octets: Uint8Array): string {
  let text = '';
  for (let index = 0; index + 1 < octets.length; index += 2) {
    text += String.fromCharCode(((octets[index] ?? 0) << 8) | (octets[index + 1] ?? 0));
  }
  return text;
}

function unitsOf(character: string, encoding: SmsEncoding): number {
  return encoding === 'gsm7' ? gsmSeptets(character) : character.length;
}
