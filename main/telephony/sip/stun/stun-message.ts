import { randomBytes } from 'node:crypto';

/**
 * STUN (RFC 8489 §5), as much as a binding needs:
 *
 *    0                   1                   2                   3
 *   |0 0|    message type (14)      |       message length          |
 *   |                  magic cookie 0x2112A442                      |
 *   |                  transaction id (96 bits)                     |
 *   |  attribute type (16)          |  length (16)  | value, padded |
 */
const HEADER_BYTES = 20;
const MAGIC_COOKIE = 0x2112a442;
const BINDING_REQUEST = 0x0001;
const BINDING_SUCCESS = 0x0101;
const MAPPED_ADDRESS = 0x0001;
const XOR_MAPPED_ADDRESS = 0x0020;

export interface MappedAddress {
  host: string;
  port: number;
}

/** A binding request with a transaction id that nobody can guess (§6.2.1). */
export function makeBindingRequest(): Buffer {
  const message = Buffer.alloc(HEADER_BYTES);
  message.writeUInt16BE(BINDING_REQUEST, 0);
  message.writeUInt32BE(MAGIC_COOKIE, 4);
  randomBytes(12).copy(message, 8);
  return message;
}

/**
 * Reads the address out of the success response to `request`.
 * @returns null when it is something else, damaged, or the answer to another request
 */
export function readBindingResponse(bytes: Uint8Array, request: Buffer): MappedAddress | null {
  const message = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (message.length < HEADER_BYTES || message.readUInt16BE(0) !== BINDING_SUCCESS) return null;
  const sameTransaction = message.subarray(4, HEADER_BYTES).equals(request.subarray(4));
  const end = HEADER_BYTES + message.readUInt16BE(2);
  if (!sameTransaction || end > message.length) return null;
  return readAttributes(message.subarray(0, end));
}

function readAttributes(message: Buffer): MappedAddress | null {
  let plain: MappedAddress | null = null;
  let offset = HEADER_BYTES;
  while (offset + 4 <= message.length) {
    const type = message.readUInt16BE(offset);
    const length = message.readUInt16BE(offset + 2);
    const value = message.subarray(offset + 4, offset + 4 + length);
    if (value.length < length) return plain;
    if (type === XOR_MAPPED_ADDRESS) return readAddress(value, message.subarray(4, HEADER_BYTES));
    // Servers before RFC 5389 send only this one.
    if (type === MAPPED_ADDRESS) plain = readAddress(value, Buffer.alloc(16));
    offset += 4 + length + ((4 - (length % 4)) % 4);
  }
  return plain;
}

/** Family, port and address, each XORed with the mask from its first byte on (§14.2). */
function readAddress(value: Buffer, mask: Buffer): MappedAddress | null {
  const family = value[1];
  const bytes = family === 1 ? 4 : family === 2 ? 16 : 0;
  if (bytes === 0 || value.length < 4 + bytes) return null;
  const port = value.readUInt16BE(2) ^ mask.readUInt16BE(0);
  const address = [...value.subarray(4, 4 + bytes)].map((byte, index) => byte ^ (mask[index] ?? 0));
  return port === 0 ? null : { host: formatAddress(address), port };
}

function formatAddress(bytes: number[]): string {
  if (bytes.length === 4) return bytes.join('.');
  const groups: string[] = [];
  for (let index = 0; index < 16; index += 2) {
    groups.push((((bytes[index] ?? 0) << 8) | (bytes[index + 1] ?? 0)).toString(16));
  }
  return groups.join(':');
}
