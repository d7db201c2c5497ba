/**
 * RTCP sender and receiver reports (RFC 3550 §6.4), as far as a two-party call needs them:
 *
 * ```
 * |V=2|P|  RC   |  PT=200 SR / 201 RR |  length in words - 1  |
 * |  SSRC of sender |  SR: NTP (64) · RTP timestamp · packets · octets |
 * |  RC × { SSRC · fraction (8) lost (24) · highest sequence · jitter · LSR · DLSR } |
 * ```
 */
export interface ReportBlock {
  ssrc: number;
  /** 256ths, since the previous report */
  fractionLost: number;
  packetsLost: number;
  highestSequence: number;
  /** clock ticks */
  jitter: number;
  /** middle 32 bits of the NTP instant of the last sender report, 0 = none */
  lastSenderReport: number;
  /** since that report, 1/65536 s */
  delaySinceLastSenderReport: number;
}

export interface SenderInfo {
  ntpSeconds: number;
  ntpFraction: number;
  rtpTimestamp: number;
  packets: number;
  octets: number;
}

export interface RtcpReport {
  ssrc: number;
  sender: SenderInfo | null;
  blocks: ReportBlock[];
}

const SENDER_REPORT = 200;
const RECEIVER_REPORT = 201;
const SOURCE_DESCRIPTION = 202;
const NTP_OFFSET_S = 2_208_988_800;
const BLOCK_BYTES = 24;

/** Reports out of a compound packet; other packet types are passed over, a damaged rest is ignored. */
export function parseRtcp(bytes: Uint8Array): RtcpReport[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const reports: RtcpReport[] = [];
  for (let offset = 0; offset + 8 <= buffer.length; ) {
    const length = (buffer.readUInt16BE(offset + 2) + 1) * 4;
    if ((buffer[offset] ?? 0) >> 6 !== 2 || offset + length > buffer.length) break;
    const report = parseReport(buffer.subarray(offset, offset + length));
    if (report) reports.push(report);
    offset += length;
  }
  return reports;
}

function parseReport(packet: Buffer): RtcpReport | null {
  const type = packet[1];
  if (type !== SENDER_REPORT && type !== RECEIVER_REPORT) return null;
  const count = (packet[0] ?? 0) & 0x1f;
  const blocksAt = type === SENDER_REPORT ? 28 : 8;
  if (packet.length < blocksAt + count * BLOCK_BYTES) return null;
  return {
    ssrc: packet.readUInt32BE(4),
    sender: type === SENDER_REPORT ? parseSender(packet) : null,
    blocks: Array.from({ length: count }, (_, i) => parseBlock(packet, blocksAt + i * BLOCK_BYTES)),
  };
}

function parseSender(packet: Buffer): SenderInfo {
  return {
    ntpSeconds: packet.readUInt32BE(8),
    ntpFraction: packet.readUInt32BE(12),
    rtpTimestamp: packet.readUInt32BE(16),
    packets: packet.readUInt32BE(20),
    octets: packet.readUInt32BE(24),
  };
}

function parseBlock(packet: Buffer, at: number): ReportBlock {
  return {
    ssrc: packet.readUInt32BE(at),
    fractionLost: packet.readUInt8(at + 4),
    packetsLost: packet.readIntBE(at + 5, 3),
    highestSequence: packet.readUInt32BE(at + 8),
    jitter: packet.readUInt32BE(at + 12),
    lastSenderReport: packet.readUInt32BE(at + 16),
    delaySinceLastSenderReport: packet.readUInt32BE(at + 20),
  };
}

/** A compound packet: sender or receiver report, then the canonical name (RFC 3550 §6.1 wants both). */
export function writeRtcp(report: RtcpReport, canonicalName: string): Buffer {
  const headerBytes = report.sender ? 28 : 8;
  const packet = Buffer.alloc(headerBytes + report.blocks.length * BLOCK_BYTES);
  writeHeader(packet, report.blocks.length, report.sender ? SENDER_REPORT : RECEIVER_REPORT);
  packet.writeUInt32BE(report.ssrc, 4);
  if (report.sender) writeSender(packet, report.sender);
  report.blocks.forEach((block, i) => {
    writeBlock(packet, headerBytes + i * BLOCK_BYTES, block);
  });
  return Buffer.concat([packet, writeName(report.ssrc, canonicalName)]);
}

function writeHeader(packet: Buffer, count: number, type: number): void {
  packet[0] = 0x80 | count;
  packet[1] = type;
  packet.writeUInt16BE(packet.length / 4 - 1, 2);
}

function writeSender(packet: Buffer, sender: SenderInfo): void {
  packet.writeUInt32BE(sender.ntpSeconds, 8);
  packet.writeUInt32BE(sender.ntpFraction, 12);
  packet.writeUInt32BE(sender.rtpTimestamp >>> 0, 16);
  packet.writeUInt32BE(sender.packets >>> 0, 20);
  packet.writeUInt32BE(sender.octets >>> 0, 24);
}

function writeBlock(packet: Buffer, at: number, block: ReportBlock): void {
  packet.writeUInt32BE(block.ssrc >>> 0, at);
  packet.writeUInt8(block.fractionLost, at + 4);
  packet.writeIntBE(Math.min(0x7fffff, block.packetsLost), at + 5, 3);
  packet.writeUInt32BE(block.highestSequence >>> 0, at + 8);
  packet.writeUInt32BE(block.jitter >>> 0, at + 12);
  packet.writeUInt32BE(block.lastSenderReport >>> 0, at + 16);
  packet.writeUInt32BE(block.delaySinceLastSenderReport >>> 0, at + 20);
}

function writeName(ssrc: number, canonicalName: string): Buffer {
  const name = Buffer.from(canonicalName, 'utf8').subarray(0, 255);
  // the item list ends with at least one zero byte
  const packet = Buffer.alloc(8 + Math.ceil((name.length + 3) / 4) * 4);
  writeHeader(packet, 1, SOURCE_DESCRIPTION);
  packet.writeUInt32BE(ssrc, 4);
  packet[8] = 1;
  packet[9] = name.length;
  name.copy(packet, 10);
  return packet;
}

/** NTP time (seconds since 1900 and 2^-32 s) of an instant in epoch ms. */
export function toNtp(epochMs: number): { ntpSeconds: number; ntpFraction: number } {
  const seconds = Math.floor(epochMs / 1000);
  return {
    ntpSeconds: (seconds + NTP_OFFSET_S) >>> 0,
    ntpFraction: Math.floor(((epochMs - seconds * 1000) / 1000) * 0x1_0000_0000) >>> 0,
  };
}

/** Middle 32 bits of an NTP instant, the form of LSR. */
export function middleOfNtp(ntp: { ntpSeconds: number; ntpFraction: number }): number {
  return (((ntp.ntpSeconds & 0xffff) << 16) | (ntp.ntpFraction >>> 16)) >>> 0;
}
