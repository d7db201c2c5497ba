import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isRtcp,
  parseRtp,
  sequenceDifference,
  timestampDifference,
  writeRtp,
} from './rtp-packet.ts';

/** a PCMU packet as a gateway sent it: CSRC count 1, extension of one word, two bytes of padding */
const DRESSED = Buffer.from(
  'b180ffff000000a0deadbeef' + '01020304' + 'bede0001' + '10aa0000' + 'd5d5d5' + '0002',
  'hex',
);

describe('an RTP packet', () => {
  it('is read through CSRC, extension and padding', () => {
    expect(parseRtp(DRESSED)).toEqual({
      marker: true,
      payloadType: 0,
      sequenceNumber: 0xffff,
      rtpTimestamp: 160,
      ssrc: 0xdeadbeef,
      payload: Buffer.from([0xd5, 0xd5, 0xd5]),
    });
  });

  it('is written and read back equal', () => {
    fc.assert(
      fc.property(
        fc.record({
          marker: fc.boolean(),
          payloadType: fc.integer({ min: 0, max: 127 }),
          sequenceNumber: fc.integer({ min: 0, max: 0xffff }),
          rtpTimestamp: fc.integer({ min: 0, max: 0xffffffff }),
          ssrc: fc.integer({ min: 0, max: 0xffffffff }),
          payload: fc.uint8Array({ maxLength: 320 }),
        }),
        (packet) => {
          const read = parseRtp(writeRtp(packet));
          expect({ ...read, payload: [...(read?.payload ?? [])] }).toEqual({
            ...packet,
            payload: [...packet.payload],
          });
        },
      ),
    );
  });

  it.each([
    ['empty', Buffer.alloc(0)],
    ['shorter than a header', DRESSED.subarray(0, 11)],
    ['version 1', Buffer.concat([Buffer.from([0x40]), DRESSED.subarray(1)])],
    ['CSRC list cut off', DRESSED.subarray(0, 14)],
    ['extension head cut off', DRESSED.subarray(0, 18)],
    ['extension longer than the packet', corrupted(18, 0x7f)],
    ['padding longer than the packet', corrupted(DRESSED.length - 1, 0xff)],
    ['padding of zero', corrupted(DRESSED.length - 1, 0)],
  ])('%s is refused', (_name, bytes) => {
    expect(parseRtp(bytes)).toBeNull();
  });

  it('never throws, whatever arrives', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        parseRtp(bytes);
      }),
    );
  });

  it('is told from RTCP by its second byte, also with the marker set', () => {
    expect(isRtcp(Buffer.from('80c80006deadbeef', 'hex'))).toBe(true);
    expect(isRtcp(Buffer.from('8080000100000000deadbeef', 'hex'))).toBe(false);
    expect(isRtcp(Buffer.from('80e50001000000a0deadbeef', 'hex'))).toBe(false);
  });

  it('differences wrap', () => {
    expect(sequenceDifference(2, 0xfffe)).toBe(4);
    expect(sequenceDifference(0xfffe, 2)).toBe(-4);
    expect(timestampDifference(100, 0xffffffff)).toBe(101);
    expect(timestampDifference(0xffffffff, 100)).toBe(-101);
  });
});

function corrupted(at: number, value: number): Buffer {
  const bytes = Buffer.from(DRESSED);
  bytes[at] = value;
  return bytes;
}
