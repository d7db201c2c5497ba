/*
 * User data header (3GPP TS 23.040 §9.2.3.24) in front of the text:
 *
 *   header length │ element │ its length │ its value │ next element …
 *   concatenation: 00 03 reference total number   or   08 04 reference(2) total number
 */

export interface PartPosition {
  /** 0–255, or 0–65535 */
  reference: number;
  total: number;
  /** from 1 */
  number: number;
}

const shortReference = 0x00;
const wideReference = 0x08;

export function concatenationHeader({ reference, total, number }: PartPosition): Uint8Array {
  return Uint8Array.of(5, shortReference, 3, reference & 0xff, total, number);
}

/**
 * Takes the header off.
 * @returns all of it as text when the header is longer than what there is: a lost letter is worse than a strange one
 */
export function readUserData(octets: Uint8Array): { text: Uint8Array; part: PartPosition | null } {
  const length = octets[0];
  if (length === undefined || length + 1 > octets.length) return { text: octets, part: null };
  const header = octets.subarray(1, length + 1);
  return { text: octets.subarray(length + 1), part: findConcatenation(header) };
}

function findConcatenation(header: Uint8Array): PartPosition | null {
  let offset = 0;
  while (offset + 2 <= header.length) {
    const [element, length] = [header[offset], header[offset + 1] ?? 0];
    const value = header.subarray(offset + 2, offset + 2 + length);
    const part = readElement(element, value);
    if (part !== null) return part;
    offset += 2 + length;
  }
  return null;
}

function readElement(element: number | undefined, value: Uint8Array): PartPosition | null {
  const [first = 0, second = 0, third = 0, fourth = 0] = value;
  if (element === shortReference && value.length === 3) return position(first, second, third);
  if (element === wideReference && value.length === 4) {
    return position(first * 256 + second, third, fourth);
  }
  return null;
}

/** §9.2.3.24.1: an element with impossible values is ignored. */
export function position(reference: number, total: number, number: number): PartPosition | null {
  if (total < 2 || number < 1 || number > total) return null;
  return { reference, total, number };
}
