import type { Random } from '#shared/util/index.ts';

type MakePacket = (random: Random) => Buffer;

const via = 'Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bKpractice-damaged\r\n';

/** Damaged SIP, one kind each: none of it may disturb the other end. */
const sipPackets: readonly MakePacket[] = [
  (random) => Buffer.from(Array.from({ length: 64 }, () => Math.floor(random.next() * 256))),
  () => Buffer.from('INVITE\r\n\r\n'),
  () => Buffer.from('SIP/2.0 999\r\n\r\n'),
  () => Buffer.from(`INVITE sip:x@127.0.0.1 SIP/2.0\r\n${via}\r\n`),
  () => Buffer.from(`BYE sip:x@127.0.0.1 SIP/3.0\r\n${via}Call-ID: a\r\nCSeq: 1 BYE\r\n\r\n`),
  () => Buffer.from(`SIP/2.0 200 OK\r\n${via}${via}Call-ID: a\r\nCSeq: 1 INVITE\r\n\r\n`),
  () => Buffer.from(`OPTIONS sip:x SIP/2.0\r\n${via}Content-Length: -1\r\n\r\n`),
  () => Buffer.from(`OPTIONS sip:x SIP/2.0\r\n${via}Content-Length: 99999\r\n\r\nshort`),
  () => Buffer.from(`INVITE sip:x SIP/2.0\r\n${via}CSeq: 99999999999 BYE\r\nCall-ID: b\r\n\r\n`),
  () => Buffer.from(`OPTIONS sip:x SIP/2.0\r\n${via}Subject: ${'a'.repeat(30_000)}\r\n\r\n`),
  () => Buffer.alloc(0),
];

/** Damaged RTP: truncated, wrong version, impossible CSRC count, extension and padding, unknown payload type. */
const rtpPackets: readonly MakePacket[] = [
  () => Buffer.from([0x80, 0x08, 0x00]),
  () => Buffer.concat([Buffer.from([0x00]), Buffer.alloc(171)]),
  () => Buffer.concat([Buffer.from([0x8f, 0x08]), Buffer.alloc(20)]),
  () => Buffer.concat([Buffer.from([0x90, 0x08]), Buffer.alloc(10), Buffer.alloc(4, 0xff)]),
  () => Buffer.concat([Buffer.from([0xa0, 0x08]), Buffer.alloc(12), Buffer.from([0xff])]),
  () => Buffer.concat([Buffer.from([0x80, 0x7f]), Buffer.alloc(170)]),
  (random) => Buffer.from(Array.from({ length: 172 }, () => Math.floor(random.next() * 256))),
];

export function malformedSip(random: Random): Buffer {
  return draw(sipPackets, random);
}

export function malformedRtp(random: Random): Buffer {
  return draw(rtpPackets, random);
}

function draw(packets: readonly MakePacket[], random: Random): Buffer {
  const make = packets[Math.floor(random.next() * packets.length)];
  return make === undefined ? Buffer.alloc(0) : make(random);
}
