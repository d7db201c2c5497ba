import { decodeGsm, unpackSeptets } from '#shared/util/index.ts';
import type { OctetReader } from './octets.ts';

const INTERNATIONAL = 0x91;
const UNKNOWN = 0x81;
const TYPE_ALPHANUMERIC = 5;
const TYPE_INTERNATIONAL = 1;
/** what digits above nine stand for */
const SIGNS = '0123456789*#abc';

/**
 * A number as semi-octets: count of digits (1) · type (1) · digits, the first in the low half, filled up with F.
 * @see 3GPP TS 23.040 §9.1.2.5
 */
export function encodeAddress(number: string): Uint8Array {
  const digits = number.replace(/^\+/, '');
  const type = number.startsWith('+') ? INTERNATIONAL : UNKNOWN;
  return Uint8Array.from([digits.length, type, ...semiOctets(digits)]);
}

/** That of a message centre, whose length counts octets. @see 3GPP TS 24.011 §8.2.5.1 */
export function encodeServiceCentre(number: string): Uint8Array {
  if (number === '') return Uint8Array.of(0);
  const octets = semiOctets(number.replace(/^\+/, ''));
  return Uint8Array.from([octets.length + 1, INTERNATIONAL, ...octets]);
}

/** @returns a number (with `+` when it says that it is international), or a name */
export function readAddress(reader: OctetReader): string {
  const count = reader.octet();
  const type = (reader.octet() >> 4) & 7;
  const octets = reader.take(Math.ceil(count / 2));
  if (type === TYPE_ALPHANUMERIC) {
    // counted in semi-octets of four bits
    return decodeGsm(unpackSeptets(octets, Math.floor((count * 4) / 7)));
  }
  const digits = [...octets]
    .flatMap((octet) => [octet & 15, octet >> 4])
    .slice(0, count)
    .map((digit) => SIGNS[digit] ?? '')
    .join('');
  return type === TYPE_INTERNATIONAL ? `+${digits}` : digits;
}

export function skipServiceCentre(reader: OctetReader): void {
  reader.take(reader.octet());
}

function semiOctets(digits: string): number[] {
  const octets: number[] = [];
  for (let at = 0; at < digits.length; at += 2) {
    const low = SIGNS.indexOf(digits[at] ?? '0');
    const high = at + 1 < digits.length ? SIGNS.indexOf(digits[at + 1] ?? '0') : 15;
    octets.push((high << 4) | low);
  }
  return octets;
}
