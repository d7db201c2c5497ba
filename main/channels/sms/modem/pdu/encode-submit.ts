import { encodeGsm, encodeUcs2, packSeptets, splitSms } from '#shared/util/index.ts';
import { encodeAddress, encodeServiceCentre } from './address.ts';
import { toHex } from './octets.ts';
import { relativeValidity } from './validity.ts';

/** One part of a message as a modem takes it. */
export interface SubmitPdu {
  /** hexadecimal, with the centre's address in front */
  hex: string;
  /** octets without the centre's address: what `AT+CMGS` is told */
  length: number;
}

export interface SubmitRequest {
  to: string;
  text: string;
  validityMs: number;
  /** names the parts of one message, 0 … 255 */
  reference: number;
  /** '' for the one on the card */
  serviceCentre: string;
}

const SUBMIT = 0x01;
const RELATIVE_VALIDITY = 0x10;
const STATUS_REPORT = 0x20;
const HAS_HEADER = 0x40;
const DCS_GSM7 = 0x00;
const DCS_UCS2 = 0x08;

/**
 * A text as SMS-SUBMIT, one for each part: flags (1) · reference (1, the modem's) · address · protocol (1) · coding (1) ·
 * validity (1) · length (1) · header and text. Asks for a status report of each.
 *
 * Deviation: own code instead of node-pdu, which sends characters of the extension table as UCS-2, cuts parts at 134 of
 * 153 characters, and cuts through surrogate pairs; its parser reads what we write, in tests.
 * @see 3GPP TS 23.040 §9.2.2.2
 */
export function encodeSubmit(request: SubmitRequest): SubmitPdu[] {
  const { encoding, parts } = splitSms(request.text);
  return parts.map((text, index) => {
    const header =
      parts.length > 1 ? concatenation(request.reference, parts.length, index + 1) : null;
    return pdu(request, text, encoding, header);
  });
}

/** Information element 00: reference, total, number. @see 3GPP TS 23.040 §9.2.3.24.1 */
function concatenation(reference: number, total: number, number: number): Uint8Array {
  return Uint8Array.of(5, 0x00, 3, reference & 0xff, total, number);
}

function pdu(
  { to, validityMs, serviceCentre }: SubmitRequest,
  text: string,
  encoding: 'gsm7' | 'ucs2',
  header: Uint8Array | null,
): SubmitPdu {
  const flags = SUBMIT | RELATIVE_VALIDITY | STATUS_REPORT | (header ? HAS_HEADER : 0);
  const dcs = encoding === 'gsm7' ? DCS_GSM7 : DCS_UCS2;
  const octets = Uint8Array.from([
    flags,
    0,
    ...encodeAddress(to),
    0,
    dcs,
    relativeValidity(validityMs),
    ...(encoding === 'gsm7' ? septetData(text, header) : octetData(text, header)),
  ]);
  const centre = encodeServiceCentre(serviceCentre);
  return { hex: toHex(Uint8Array.from([...centre, ...octets])), length: octets.length };
}

/** The length counts septets, the header's with the bits that fill it up. */
function septetData(text: string, header: Uint8Array | null): number[] {
  const septets = encodeGsm(text) ?? new Uint8Array();
  const headerOctets = header?.length ?? 0;
  const headerSeptets = Math.ceil((headerOctets * 8) / 7);
  const fillBits = headerSeptets * 7 - headerOctets * 8;
  return [headerSeptets + septets.length, ...(header ?? []), ...packSeptets(septets, fillBits)];
}

function octetData(text: string, header: Uint8Array | null): number[] {
  const octets = encodeUcs2(text);
  return [(header?.length ?? 0) + octets.length, ...(header ?? []), ...octets];
}
