import { describe, expect, it } from 'vitest';
import { ToneGenerator } from '../audio/tone.ts';
import type { ReceivedDigit } from '../calls/call-record.ts';
import { seededRandom } from '../scenario/index.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { malformedRtp } from '../wire/malformed.ts';
import { RtpClock } from './rtp-clock.ts';
import { readRtp } from './rtp-format.ts';
import { RtpReceiver } from './rtp-receiver.ts';
import { RtpSender } from './rtp-sender.ts';

function aSender(sequenceNumber = 65_534, rtpTimestamp = 2 ** 32 - 160) {
  const packets: Uint8Array[] = [];
  const sender = new RtpSender({
    ssrc: 7,
    sequenceNumber,
    rtpTimestamp,
    send: (packet) => packets.push(packet),
  });
  sender.setFormat(0, 101);
  return { sender, packets };
}

const frame = new ToneGenerator({ hz: 500, levelDbfs: -10 }).nextFrame();

describe('the sender', () => {
  it('counts on over the ends of sequence number and timestamp', () => {
    const { sender, packets } = aSender();
    for (let count = 0; count < 4; count += 1) sender.sendFrame(frame);
    const headers = packets.map((packet) => readRtp(packet));
    expect(headers.map((rtp) => rtp?.sequenceNumber)).toEqual([65_534, 65_535, 0, 1]);
    expect(headers.map((rtp) => rtp?.rtpTimestamp)).toEqual([2 ** 32 - 160, 0, 160, 320]);
    expect(headers.map((rtp) => rtp?.marker)).toEqual([true, false, false, false]);
  });

  it('sends a key as one event with three ends, and audio again afterwards', () => {
    const { sender, packets } = aSender(0, 0);
    sender.press('5', 60, 40);
    for (let count = 0; count < 6; count += 1) sender.sendFrame(frame);
    const headers = packets.map((packet) => readRtp(packet));
    expect(headers.map((rtp) => rtp?.payloadType)).toEqual([101, 101, 101, 101, 101, 0, 0, 0]);
    expect(headers.slice(0, 5).every((rtp) => rtp?.rtpTimestamp === 0)).toBe(true);
    expect(headers[5]?.rtpTimestamp).toBe(480);
    expect(packets.slice(0, 5).map((packet) => [...packet.subarray(12)])).toEqual([
      [5, 10, 0, 160],
      [5, 10, 1, 64],
      [5, 138, 1, 224],
      [5, 138, 1, 224],
      [5, 138, 1, 224],
    ]);
  });
});

describe('the receiver', () => {
  function aReceiver() {
    const digits: ReceivedDigit[] = [];
    const receiver = new RtpReceiver((digit) => digits.push(digit));
    receiver.setEventPayloadType(101);
    return { receiver, digits };
  }

  it('takes each key once, however often its packets come', () => {
    const { receiver, digits } = aReceiver();
    const { sender, packets } = aSender();
    sender.press('1#', 60, 40);
    for (let count = 0; count < 12; count += 1) sender.sendFrame(frame);
    receiver.markAnswered(1000);
    packets.forEach((packet, index) => {
      receiver.receive(packet, 1000 + index * 20);
      receiver.receive(packet, 1000 + index * 20);
    });
    expect(digits.map(({ digit, durationMs }) => [digit, durationMs])).toEqual([
      ['1', 60],
      ['#', 60],
    ]);
  });

  it('measures from the answer to the first packet and to the first sound', () => {
    const { receiver } = aReceiver();
    const { sender, packets } = aSender();
    sender.sendFrame(new Int16Array(160));
    sender.sendFrame(new Int16Array(160));
    sender.sendFrame(frame);
    const [before, silent, sound] = packets;
    receiver.receive(before!, 90);
    receiver.markAnswered(100);
    receiver.receive(silent!, 112);
    receiver.receive(sound!, 152);
    expect(receiver.snapshot()).toMatchObject({
      packetsReceived: 3,
      firstPacketAfterAnswerMs: 12,
      firstSoundAfterAnswerMs: 52,
      longestGapMs: 40,
    });
  });

  it('counts and drops what is damaged', () => {
    const { receiver } = aReceiver();
    const random = seededRandom('damaged');
    let believed = 0;
    for (let count = 0; count < 200; count += 1) {
      if (receiver.receive(malformedRtp(random), count)) believed += 1;
    }
    const { packetsDropped, packetsReceived } = receiver.snapshot();
    expect(packetsDropped + packetsReceived).toBe(200);
    expect(packetsDropped).toBe(200 - believed);
    expect(packetsDropped).toBeGreaterThan(150);
  });
});

describe('the clock', () => {
  it('beats every 20 ms without drift and skips after a stall', () => {
    const clock = new ManualClock();
    const beats: number[] = [];
    const stop = new RtpClock(clock).add(() => beats.push(clock.monotonic()));
    clock.advance(101);
    expect(beats).toEqual([20, 40, 60, 80, 100]);
    clock.stall(60);
    clock.advance(20);
    expect(beats.slice(5)).toEqual([161, 161, 161, 180]);
    clock.stall(5000);
    clock.advance(20);
    expect(beats.length).toBeLessThan(12);
    stop();
    const count = beats.length;
    clock.advance(100);
    expect(beats).toHaveLength(count);
  });
});
