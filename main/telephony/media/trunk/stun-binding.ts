import { isIPv4 } from 'node:net';

/**
 * A STUN binding request and its answer (RFC 8489 §5):
 *
 * ```
 * |0 0|  type (14)  |  length (16)  |  magic cookie 0x2112A442  |  transaction id (96)  | attributes…
 * ```
 */
const BINDING_REQUEST = 0x0001;
const BINDING_SUCCESS = 0x0101;
const MAGIC_COOKIE = 0x2112a442;
const HEADER_BYTES = 20;
const XOR_MAPPED_ADDRESS = 0x0020;
const MAPPED_ADDRESS = 0x0001;

/** @param transactionId 12 random bytes */
export function writeStunRequest(transactionId: Uint8Array): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES);
  bytes.writeUInt16BE(BINDING_REQUEST, 0);
  bytes.writeUInt32BE(MAGIC_COOKIE, 4);
  bytes.set(transactionId, 8);
  return bytes;
}

/** First two bits zero and the cookie in place: cannot be RTP (RFC 7983 §7). */
export function isStun(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return (
    buffer.length >= HEADER_BYTES &&
    (buffer[0] ?? 255) < 4 &&
    buffer.readUInt32BE(4) === MAGIC_COOKIE
  );
}

/** The mapped IPv4 address out of the success answer to `transactionId`; null for anything else. */
export function parseStunAnswer(
  bytes: Uint8Array,
  transactionId: Uint8Array,
): { host: string; port: number } | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!isStun(bytes) || buffer.readUInt16BE(0) !== BINDING_SUCCESS) return null;
  if (!buffer.subarray(8, HEADER_BYTES).equals(transactionId)) return null;
  let mapped: { host: string; port: number } | null = null;
  for (let offset = HEADER_BYTES; offset + 4 <= buffer.length; ) {
    const type = buffer.readUInt16BE(offset);
    const length = buffer.readUInt16BE(offset + 2);
    const value = buffer.subarray(offset + 4, offset + 4 + length);
    if (type === XOR_MAPPED_ADDRESS) return readAddress(value, MAGIC_COOKIE);
    if (type === MAPPED_ADDRESS) mapped = readAddress(value, 0);
    offset += 4 + length + ((4 - (length % 4)) % 4);
  }
  return mapped;
}

function readAddress(value: Buffer, mask: number): { host: string; port: number } | null {
  if (value.length < 8 || value[1] !== 1) return null;
  const port = value.readUInt16BE(2) ^ (mask >>> 16);
  const address = (value.readUInt32BE(4) ^ mask) >>> 0;
  const host = [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff).join('.');
  return isIPv4(host) ? { host, port } : null;
}
