import { describe, expect, it } from 'vitest';
import type { RtpPacket } from './rtp-packet.ts';
import {
  digitOfEvent,
  eventOfDigit,
  parseTelephoneEvent,
  writeTelephoneEvent,
} from './telephone-event.ts';
import { TelephoneEventDecoder } from './telephone-event-decoder.ts';
import { TelephoneEventEncoder } from './telephone-event-encoder.ts';

function packet(rtpTimestamp: number, event: number, duration: number, end = false): RtpPacket {
  const payload = writeTelephoneEvent({ event, end, volume: 10, duration });
  return { marker: false, payloadType: 101, sequenceNumber: 0, rtpTimestamp, ssrc: 1, payload };
}

describe('a telephone-event payload', () => {
  it('is written and read back equal', () => {
    const event = { event: 11, end: true, volume: 10, duration: 1_280 };
    expect(parseTelephoneEvent(writeTelephoneEvent(event))).toEqual(event);
    expect(parseTelephoneEvent(Uint8Array.of(1, 2, 3))).toBeNull();
  });

  it('names sixteen digits', () => {
    for (const digit of '0123456789*#ABCD') expect(digitOfEvent(eventOfDigit(digit)!)).toBe(digit);
    expect(eventOfDigit('d')).toBe(15);
    expect([eventOfDigit('x'), eventOfDigit(''), digitOfEvent(16)]).toEqual([null, null, null]);
  });
});

describe('the decoder', () => {
  it('tells a digit once, at its first end packet', () => {
    const decoder = new TelephoneEventDecoder();
    expect(decoder.add(packet(800, 5, 160), 0)).toEqual([]);
    expect(decoder.add(packet(800, 5, 320), 20)).toEqual([]);
    expect(decoder.add(packet(800, 5, 480, true), 40)).toEqual([{ digit: '5', durationMs: 60 }]);
    expect(decoder.add(packet(800, 5, 480, true), 60)).toEqual([]);
    expect(decoder.add(packet(800, 5, 320), 70)).toEqual([]);
    expect(decoder.tick(1_000)).toEqual([]);
  });

  it('ends a digit whose end packets were lost: by time, or by the next digit', () => {
    const decoder = new TelephoneEventDecoder();
    decoder.add(packet(800, 1, 480), 0);
    expect(decoder.tick(100)).toEqual([]);
    expect(decoder.tick(120)).toEqual([{ digit: '1', durationMs: 60 }]);
    decoder.add(packet(4_000, 2, 160), 500);
    expect(decoder.add(packet(6_000, 2, 160), 700)).toEqual([{ digit: '2', durationMs: 20 }]);
  });

  it('tells the same key twice when it was pressed twice, over a timestamp wrap', () => {
    const decoder = new TelephoneEventDecoder();
    expect(decoder.add(packet(0xffff_fff0, 9, 800, true), 0)).toHaveLength(1);
    expect(decoder.add(packet(1_600, 9, 800, true), 200)).toHaveLength(1);
  });

  it('says nothing of events that are no digits, nor of damage', () => {
    const decoder = new TelephoneEventDecoder();
    expect(decoder.add(packet(800, 16, 800, true), 0)).toEqual([]);
    expect(decoder.add({ ...packet(900, 1, 1), payload: Uint8Array.of(1) }, 0)).toEqual([]);
  });
});

describe('encoder to decoder', () => {
  it('carries a whole number even if every other packet is lost', () => {
    const encoder = new TelephoneEventEncoder();
    const decoder = new TelephoneEventDecoder();
    encoder.enqueue('12 2-*#d');
    let digits = '';
    for (let frame = 0; encoder.busy; frame += 1) {
      const event = encoder.nextFrame();
      const nowMs = frame * 20;
      const rtpTimestamp = (frame - (event?.framesSinceStart ?? 0)) * 160;
      const told = [
        ...decoder.tick(nowMs),
        ...(event && frame % 2 === 0
          ? decoder.add({ ...packet(rtpTimestamp, 0, 0), payload: event.payload }, nowMs)
          : []),
      ];
      digits += told.map(({ digit }) => digit).join('');
    }
    expect(digits).toBe('122*#D');
  });
});
