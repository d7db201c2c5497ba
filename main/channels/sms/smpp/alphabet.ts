import type { SettingsOf } from '#shared/contract/gateway-settings.schema.ts';
import {
  decodeGsm,
  decodeUcs2,
  encodeGsm,
  encodeUcs2,
  type SmsEncoding,
} from '#shared/util/index.ts';

export type DefaultAlphabet = SettingsOf<'smpp'>['defaultAlphabet'];

/** SMPP 3.4 §5.2.19 */
const dataCoding = { smscDefault: 0, ia5: 1, octets: 2, latin1: 3, binary: 4, ucs2: 8 } as const;

export interface EncodedText {
  dataCoding: number;
  octets: Uint8Array;
}

/**
 * How the text travels: in the SMSC's default alphabet when every character is in that and in GSM-7, else in UCS-2.
 * @returns the alphabet to split and to encode with
 */
export function alphabetFor(text: string, defaultAlphabet: DefaultAlphabet): SmsEncoding {
  if (encodeGsm(text) === null) return 'ucs2';
  return encodeDefault(text, defaultAlphabet) === null ? 'ucs2' : 'gsm7';
}

/** @param alphabet as `alphabetFor` answered for the whole text */
export function encodeText(
  text: string,
  alphabet: SmsEncoding,
  defaultAlphabet: DefaultAlphabet,
): EncodedText {
  const octets = alphabet === 'gsm7' ? encodeDefault(text, defaultAlphabet) : null;
  if (octets !== null) return { dataCoding: dataCoding.smscDefault, octets };
  return { dataCoding: dataCoding.ucs2, octets: encodeUcs2(text) };
}

function encodeDefault(text: string, defaultAlphabet: DefaultAlphabet): Uint8Array | null {
  if (defaultAlphabet === 'gsm7') return encodeGsm(text);
  const highest = defaultAlphabet === 'latin1' ? 0xff : 0x7e;
  const codes = [...text].map((character) => character.codePointAt(0) ?? 0);
  return codes.every((code) => code <= highest) ? Uint8Array.from(codes) : null;
}

/** @returns null for octets that are no text */
export function decodeText(
  octets: Uint8Array,
  coding: number,
  defaultAlphabet: DefaultAlphabet,
): string | null {
  switch (coding) {
    case dataCoding.smscDefault:
      return defaultAlphabet === 'gsm7' ? decodeGsm(octets) : decodeLatin1(octets);
    case dataCoding.ia5:
    case dataCoding.latin1:
      return decodeLatin1(octets);
    case dataCoding.octets:
    case dataCoding.binary:
      return null;
    case dataCoding.ucs2:
      return decodeUcs2(octets);
    case 6:
      return new TextDecoder('iso-8859-5').decode(octets);
    case 7:
      return new TextDecoder('iso-8859-8').decode(octets);
    default:
      return coding >= 0x10 ? decodeByScheme(octets, coding) : decodeLatin1(octets);
  }
}

/** Some hand through the data coding scheme of the radio side (3GPP TS 23.038 §4). */
function decodeByScheme(octets: Uint8Array, scheme: number): string | null {
  const group = scheme >> 4;
  const alphabet =
    group < 0x8 ? (scheme >> 2) & 3 : group === 0xe ? 2 : group === 0xf ? (scheme >> 2) & 1 : 0;
  if (alphabet === 1) return null;
  return alphabet === 2 ? decodeUcs2(octets) : decodeGsm(octets);
}

function decodeLatin1(octets: Uint8Array): string {
  return Buffer.from(octets).toString('latin1');
}
