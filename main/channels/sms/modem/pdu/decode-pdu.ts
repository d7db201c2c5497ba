import { decodeGsm, decodeUcs2, unpackSeptets } from '#shared/util/index.ts';
import { readAddress, skipServiceCentre } from './address.ts';
import { fromHex, OctetReader } from './octets.ts';
import { readTimeStamp } from './time-stamp.ts';

export interface DeliveredPdu {
  kind: 'deliver';
  from: string;
  /** null: it is no text (8-bit data, compressed) */
  text: string | null;
  at: number | null;
  part: { reference: number; number: number; total: number } | null;
}

export interface StatusReportPdu {
  kind: 'statusReport';
  /** as the modem named the message in `+CMGS` */
  reference: number;
  to: string;
  /** @see 3GPP TS 23.040 §9.2.3.15 */
  status: number;
  dischargedAt: number | null;
}

export type ReceivedPdu = DeliveredPdu | StatusReportPdu;

const HAS_HEADER = 0x40;

/**
 * What a modem received, with the centre's address in front.
 * @returns null: damaged, or no message and no report
 * @see 3GPP TS 23.040 §9.2.2.1 (SMS-DELIVER), §9.2.2.3 (SMS-STATUS-REPORT)
 */
export function decodePdu(hex: string): ReceivedPdu | null {
  try {
    const reader = new OctetReader(fromHex(hex.trim()));
    skipServiceCentre(reader);
    const flags = reader.octet();
    const type = flags & 3;
    if (type === 0) return readDeliver(reader, flags);
    return type === 2 ? readStatusReport(reader) : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function readDeliver(reader: OctetReader, flags: number): DeliveredPdu {
  const from = readAddress(reader);
  reader.octet();
  const coding = reader.octet();
  const at = readTimeStamp(reader);
  const length = reader.octet();
  const data = reader.take(reader.left);
  const header = flags & HAS_HEADER ? data.subarray(1, 1 + (data[0] ?? 0)) : null;
  const headerOctets = header === null ? 0 : header.length + 1;
  const text = readText(data, alphabetOf(coding), length, headerOctets);
  return { kind: 'deliver', from, text, at, part: header === null ? null : readPart(header) };
}

function readStatusReport(reader: OctetReader): StatusReportPdu {
  const reference = reader.octet();
  const to = readAddress(reader);
  readTimeStamp(reader);
  const dischargedAt = readTimeStamp(reader);
  return { kind: 'statusReport', reference, to, status: reader.octet(), dischargedAt };
}

type Alphabet = 'gsm7' | 'ucs2' | 'data';

/** @see 3GPP TS 23.038 §4 */
function alphabetOf(coding: number): Alphabet {
  const group = coding >> 4;
  // general groups, also those that delete the message by themselves
  if (group <= 7) {
    if (coding & 0x20) return 'data';
    return (['gsm7', 'data', 'ucs2', 'gsm7'] as const)[(coding >> 2) & 3] ?? 'gsm7';
  }
  if (group === 14) return 'ucs2';
  if (group === 15) return coding & 4 ? 'data' : 'gsm7';
  return 'gsm7';
}

/** @param length septets of the 7-bit alphabet, else octets, with the header */
function readText(
  data: Uint8Array,
  alphabet: Alphabet,
  length: number,
  headerOctets: number,
): string | null {
  if (alphabet === 'data') return null;
  const octets = data.subarray(headerOctets);
  if (alphabet === 'ucs2')
    return decodeUcs2(octets.subarray(0, Math.max(0, length - headerOctets)));
  const headerSeptets = Math.ceil((headerOctets * 8) / 7);
  const fillBits = headerSeptets * 7 - headerOctets * 8;
  return decodeGsm(unpackSeptets(octets, Math.max(0, length - headerSeptets), fillBits));
}

/** Information elements: kind (1) · length (1) · data. 00 and 08 join parts. @see 3GPP TS 23.040 §9.2.3.24 */
function readPart(header: Uint8Array): DeliveredPdu['part'] {
  for (let at = 0; at + 2 <= header.length; ) {
    const kind = header[at];
    const length = header[at + 1] ?? 0;
    const [first = 0, second = 0, third = 0, fourth = 0] = header.subarray(at + 2, at + 2 + length);
    if (kind === 0x00 && length === 3) return part(first, second, third);
    if (kind === 0x08 && length === 4) return part((first << 8) | second, third, fourth);
    at += 2 + length;
  }
  return null;
}

/** Totals and numbers that make no sense are ignored: the text stands alone then. */
function part(reference: number, total: number, number: number): DeliveredPdu['part'] {
  return total > 1 && number >= 1 && number <= total ? { reference, total, number } : null;
}
