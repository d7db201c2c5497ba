/**
 * RTP's fixed header (RFC 3550 §5.1):
 *
 * ```
 *  0                   1                   2                   3
 * |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 * |                           timestamp                           |
 * |                             SSRC                              |
 * |                     CSRC × CC, extension if X                 |
 * ```
 */
export interface RtpPacket {
  marker: boolean;
  payloadType: number;
  /** 16 bit */
  sequenceNumber: number;
  /** 32 bit, in clock ticks */
  rtpTimestamp: number;
  ssrc: number;
  payload: Uint8Array;
}

const HEADER_BYTES = 12;

/**
 * Reads one packet. The payload is a view of `bytes`, without padding.
 * @returns null when it is not RTP version 2 or is cut off
 */
export function parseRtp(bytes: Uint8Array): RtpPacket | null {
  if (bytes.length < HEADER_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const first = view.getUint8(0);
  if (first >> 6 !== 2) return null;
  const payloadStart = findPayload(view, first);
  const payloadEnd = first & 0x20 ? bytes.length - view.getUint8(bytes.length - 1) : bytes.length;
  if (payloadStart === null || payloadEnd < payloadStart) return null;
  if (first & 0x20 && payloadEnd === bytes.length) return null;
  const second = view.getUint8(1);
  return {
    marker: (second & 0x80) !== 0,
    payloadType: second & 0x7f,
    sequenceNumber: view.getUint16(2),
    rtpTimestamp: view.getUint32(4),
    ssrc: view.getUint32(8),
    payload: bytes.subarray(payloadStart, payloadEnd),
  };
}

function findPayload(view: DataView, first: number): number | null {
  let offset = HEADER_BYTES + (first & 0x0f) * 4;
  if (offset > view.byteLength) return null;
  if ((first & 0x10) === 0) return offset;
  if (offset + 4 > view.byteLength) return null;
  offset += 4 + view.getUint16(offset + 2) * 4;
  return offset > view.byteLength ? null : offset;
}

/** Bytes of a packet with no CSRC, extension or padding. */
export function writeRtp(packet: RtpPacket): Buffer {
  const bytes = Buffer.allocUnsafe(HEADER_BYTES + packet.payload.length);
  bytes[0] = 0x80;
  bytes[1] = (packet.marker ? 0x80 : 0) | (packet.payloadType & 0x7f);
  bytes.writeUInt16BE(packet.sequenceNumber & 0xffff, 2);
  bytes.writeUInt32BE(packet.rtpTimestamp >>> 0, 4);
  bytes.writeUInt32BE(packet.ssrc >>> 0, 8);
  bytes.set(packet.payload, HEADER_BYTES);
  return bytes;
}

/** RTP and RTCP on one port are told apart by the second byte (RFC 5761 §4). */
export function isRtcp(bytes: Uint8Array): boolean {
  const type = bytes[1] ?? 0;
  return bytes.length >= 8 && type >= 192 && type <= 223;
}

/** `later - earlier` in 16-bit sequence numbers, between -32768 and 32767. */
export function sequenceDifference(later: number, earlier: number): number {
  return ((later - earlier) << 16) >> 16;
}

/** `later - earlier` in 32-bit timestamps, between -2^31 and 2^31 - 1. */
export function timestampDifference(later: number, earlier: number): number {
  return (later - earlier) | 0;
}
