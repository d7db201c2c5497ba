import { describe, expect, it } from 'vitest';
import { SourceLatch } from './source-latch.ts';
import { isStun, parseStunAnswer, writeStunRequest } from './stun-binding.ts';

const signalled = { host: '198.51.100.1', port: 4_000 };
const behindNat = { host: '203.0.113.9', port: 50_000 };
const stranger = { host: '192.0.2.66', port: 1_234 };

describe('the source of a trunk leg', () => {
  it('is nobody before SDP', () => {
    const latch = new SourceLatch();
    expect(latch.accept(signalled, 0)).toBe(false);
    expect(latch.destination).toBeNull();
  });

  it('is the first that sends, and then nobody else', () => {
    const latch = new SourceLatch();
    latch.setSignalled(signalled);
    expect(latch.destination).toEqual(signalled);
    expect(latch.accept(behindNat, 0)).toBe(true);
    expect(latch.destination).toEqual(behindNat);
    expect(latch.accept(stranger, 20)).toBe(false);
    expect(latch.destination).toEqual(behindNat);
  });

  it('is the address of SDP as soon as that sends', () => {
    const latch = new SourceLatch();
    latch.setSignalled(signalled);
    latch.accept(stranger, 0);
    expect(latch.accept(signalled, 20)).toBe(true);
    expect(latch.destination).toEqual(signalled);
    expect(latch.accept(stranger, 40)).toBe(false);
  });

  it('moves to a new one only after 2 s of silence and 5 packets without a break', () => {
    const latch = new SourceLatch();
    latch.setSignalled(signalled);
    latch.accept(behindNat, 0);
    const moved = { ...behindNat, port: 50_002 };
    expect(latch.accept(moved, 1_900)).toBe(false);
    const tries = [2_000, 2_020, 2_040, 2_060].map((ms) => latch.accept(moved, ms));
    expect(tries).toEqual([false, false, false, false]);
    expect(latch.accept(stranger, 2_070)).toBe(false);
    const again = [2_080, 2_100, 2_120, 2_140, 2_160].map((ms) => latch.accept(moved, ms));
    expect(again).toEqual([false, false, false, false, true]);
    expect(latch.accept(behindNat, 2_180)).toBe(false);
  });

  it('is chosen anew by SDP with another address, not by the same again', () => {
    const latch = new SourceLatch();
    latch.setSignalled(signalled);
    latch.accept(behindNat, 0);
    latch.setSignalled({ ...signalled });
    expect(latch.destination).toEqual(behindNat);
    latch.setSignalled({ ...signalled, port: 6_000 });
    expect(latch.destination).toEqual({ ...signalled, port: 6_000 });
  });
});

describe('STUN', () => {
  const id = Buffer.from('0102030405060708090a0b0c', 'hex');

  function answer(attributes: string, transactionId = id): Buffer {
    const body = Buffer.from(attributes, 'hex');
    const head = Buffer.from('010100002112a442', 'hex');
    head.writeUInt16BE(body.length, 2);
    return Buffer.concat([head, transactionId, body]);
  }

  it('asks with type, length zero, cookie and id', () => {
    expect(writeStunRequest(id).toString('hex')).toBe(`000100002112a442${id.toString('hex')}`);
    expect(isStun(writeStunRequest(id))).toBe(true);
    expect(isStun(Buffer.alloc(20, 0x80))).toBe(false);
  });

  it('reads the masked address, past attributes it does not know', () => {
    // SOFTWARE "abc" (padded), then XOR-MAPPED-ADDRESS 192.0.2.1:32853 as in RFC 5769
    const bytes = answer('8022000361626300' + '002000080001a147e112a643');
    expect(parseStunAnswer(bytes, id)).toEqual({ host: '192.0.2.1', port: 32_853 });
  });

  it('falls back to the plain address of old servers', () => {
    expect(parseStunAnswer(answer('0001000800011f90c6336401'), id)).toEqual({
      host: '198.51.100.1',
      port: 8_080,
    });
  });

  it('takes nothing from another transaction, an error, or damage', () => {
    const good = answer('002000080001a147e112a643');
    expect(parseStunAnswer(good, Buffer.alloc(12))).toBeNull();
    expect(
      parseStunAnswer(Buffer.concat([Buffer.from([1, 0x11]), good.subarray(2)]), id),
    ).toBeNull();
    for (let length = 0; length < good.length; length += 1) {
      expect(parseStunAnswer(good.subarray(0, length), id)).toBeNull();
    }
  });
});
