/**
 * The 7-bit alphabet of SMS with its extension table.
 * @see 3GPP TS 23.038 §6.2.1, §6.2.1.1
 */
const defaultTable =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';

const extensionTable: readonly (readonly [code: number, character: string])[] = [
  [0x0a, '\f'],
  [0x14, '^'],
  [0x28, '{'],
  [0x29, '}'],
  [0x2f, '\\'],
  [0x3c, '['],
  [0x3d, '~'],
  [0x3e, ']'],
  [0x40, '|'],
  [0x65, '€'],
];

const escapeCode = 0x1b;
/** A receiver without the extension table shows a space where the escape stands. */
const escapeShown = ' ';

const codeOf = new Map<string, readonly number[]>();
for (const [code, character] of [...defaultTable].entries()) {
  if (code !== escapeCode) codeOf.set(character, [code]);
}
const extensionOf = new Map<number, string>();
for (const [code, character] of extensionTable) {
  codeOf.set(character, [escapeCode, code]);
  extensionOf.set(code, character);
}
const characters = [...defaultTable];

/** @returns septets that the character takes: 1, 2 with its escape, 0 when the alphabet lacks it */
export function gsmSeptets(character: string): 0 | 1 | 2 {
  const codes = codeOf.get(character);
  if (codes === undefined) return 0;
  return codes.length === 1 ? 1 : 2;
}

/** @returns one octet for each septet, unpacked as SMPP carries them; null when a character is not in the alphabet */
export function encodeGsm(text: string): Uint8Array | null {
  const octets: number[] = [];
  for (const character of text) {
    const codes = codeOf.get(character);
    if (codes === undefined) return null;
    octets.push(...codes);
  }
  return Uint8Array.from(octets);
}

/** Reads unpacked septets; the highest bit is ignored, an unknown extension is shown as its basic character. */
export function decodeGsm(octets: Uint8Array): string {
  let text = '';
  for (let index = 0; index < octets.length; index += 1) {
    const code = (octets[index] ?? 0) & 0x7f;
    if (code !== escapeCode) {
      text += characters[code] ?? '';
      continue;
    }
    const next = octets[index + 1];
    if (next === undefined) break;
    if ((next & 0x7f) === escapeCode) {
      // a second escape announces a table that does not exist yet: both are shown as one space
      text += escapeShown;
    } else {
      text += extensionOf.get(next & 0x7f) ?? characters[next & 0x7f] ?? '';
    }
    index += 1;
  }
  return text;
}

/**
 * Packs septets into octets, lowest bits first.
 * @param fillBits bits left free at the start, so that the text begins at a septet's border after a user data header
 * @see 3GPP TS 23.038 §6.1.2.1
 */
export function packSeptets(septets: Uint8Array, fillBits = 0): Uint8Array {
  const packed = new Uint8Array(Math.ceil((septets.length * 7 + fillBits) / 8));
  let bit = fillBits;
  for (const septet of septets) {
    const value = (septet & 0x7f) << (bit % 8);
    const octet = bit >> 3;
    packed[octet] = (packed[octet] ?? 0) | (value & 0xff);
    if (value > 0xff) packed[octet + 1] = value >> 8;
    bit += 7;
  }
  return packed;
}

/**
 * @param count septets to read; the octets alone do not say whether the last seven bits are one more
 * @param fillBits as in `packSeptets`
 */
export function unpackSeptets(packed: Uint8Array, count: number, fillBits = 0): Uint8Array {
  const available = Math.max(0, Math.floor((packed.length * 8 - fillBits) / 7));
  const septets = new Uint8Array(Math.min(count, available));
  for (let index = 0; index < septets.length; index += 1) {
    const bit = fillBits + index * 7;
    const octet = bit >> 3;
    const pair = (packed[octet] ?? 0) | ((packed[octet + 1] ?? 0) << 8);
    septets[index] = (pair >> (bit % 8)) & 0x7f;
  }
  return septets;
}
