import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../practice/testing/manual-clock.ts';
import { digestOf, IncomingKeys } from './incoming-keys.ts';
import type { Pdu } from './wire/index.ts';

const connection = { name: 'first' };
const next = { name: 'second' };

function someKeys(kept: string | null = null) {
  const clock = new ManualClock();
  return { clock, keys: new IncomingKeys(clock, kept) };
}

describe('names of what phones send', () => {
  it('is the same for a delivery that was not acknowledged, on this connection or the next', () => {
    const { keys } = someKeys();
    const first = keys.keyFor('stop', connection);
    expect(first.isNew).toBe(true);
    expect(keys.keyFor('stop', connection)).toEqual({ key: first.key, isNew: false });
    keys.bound(next);
    expect(keys.keyFor('stop', next)).toEqual({ key: first.key, isNew: false });
  });

  it('is the same when the connection ended before the SMSC proved to have read our answer', () => {
    const { keys, clock } = someKeys();
    const { key } = keys.keyFor('stop', connection);
    keys.acknowledged(key, connection, clock.monotonic());
    keys.bound(next);
    expect(keys.keyFor('stop', next).key).toBe(key);
  });

  it('is a new one once the SMSC answered what we wrote after our answer', () => {
    const { keys, clock } = someKeys();
    const { key } = keys.keyFor('tak', connection);
    keys.acknowledged(key, connection, clock.monotonic());
    clock.advance(10);
    keys.heard(connection, clock.monotonic());
    const again = keys.keyFor('tak', connection);
    expect(again.isNew).toBe(true);
    expect(again.key).not.toBe(key);
  });

  it('takes no answer as a proof that was asked for before, or on another connection', () => {
    const { keys, clock } = someKeys();
    const askedAtMs = clock.monotonic();
    clock.advance(10);
    const { key } = keys.keyFor('tak', connection);
    keys.acknowledged(key, connection, clock.monotonic());
    keys.heard(connection, askedAtMs);
    clock.advance(10);
    keys.heard(next, clock.monotonic());
    expect(keys.keyFor('tak', connection).key).toBe(key);
  });

  it('remembers over a restart what may come again', () => {
    const before = someKeys();
    const { key } = before.keys.keyFor('stop', connection);
    const { keys } = someKeys(before.keys.kept());
    expect(keys.keyFor('stop', next)).toEqual({ key, isNew: false });
  });

  it('takes the same words as new ones a while after the next bind', () => {
    const before = someKeys();
    const { key } = before.keys.keyFor('stop', connection);
    const { keys, clock } = someKeys(before.keys.kept());
    keys.bound(next);
    clock.advance(15 * 60_000);
    expect(keys.keyFor('stop', next).key).not.toBe(key);
  });

  it('expects a second delivery after an answer that came too late for many SMSCs', () => {
    const { keys, clock } = someKeys();
    const arrivedAtMs = clock.monotonic();
    const { key } = keys.keyFor('stop', connection);
    clock.advance(20_000);
    keys.acknowledged(key, connection, arrivedAtMs);
    clock.advance(10);
    keys.heard(connection, clock.monotonic());
    expect(keys.keyFor('stop', connection).key).toBe(key);
  });

  it('starts with nothing when what was kept is damaged', () => {
    expect(someKeys('{"').keys.keyFor('x', connection).isNew).toBe(true);
  });

  it('tells parts of one long message apart, and not two deliveries of one', () => {
    const deliver = (short: number[], sequence: number): Pdu => ({
      command: 'deliver_sm',
      commandId: 5,
      status: 0,
      sequence,
      fields: { source_addr: '48100000001', short_message: Uint8Array.from(short) },
      tlvs: {},
    });
    expect(digestOf(deliver([5, 0, 3, 1, 2, 1, 65], 1))).not.toBe(
      digestOf(deliver([5, 0, 3, 1, 2, 2, 65], 1)),
    );
    expect(digestOf(deliver([65], 1))).toBe(digestOf(deliver([65], 99)));
  });
});
