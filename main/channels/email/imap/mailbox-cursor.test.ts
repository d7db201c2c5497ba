import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advanced, firstCursor, formatCursor, readCursor } from './mailbox-cursor.ts';

const day = 24 * 3_600_000;

describe('where reading of a mailbox stands', () => {
  it('comes back as it was kept', () => {
    const cursor = fc.record({
      uidValidity: fc.option(fc.bigInt({ min: 1n, max: 4_294_967_295n }).map(String)),
      lastUid: fc.nat(),
      since: fc.nat(),
    });
    fc.assert(
      fc.property(cursor, (one) => {
        expect(readCursor(formatCursor(one))).toEqual(one);
      }),
    );
  });

  it.each([null, '', 'x', '1 2', '-1 2 3', '1 2 3 4'])('is nothing in %j', (text) => {
    expect(readCursor(text)).toBeNull();
  });

  it('never goes back before its first day, and never further than three days', () => {
    const first = firstCursor(100 * day);
    expect(first.since).toBeLessThan(100 * day);
    const next = advanced(first, '7', 5, 101 * day);
    expect(next).toEqual({ uidValidity: '7', lastUid: 5, since: first.since });
    expect(advanced(next, '7', 6, 110 * day).since).toBe(107 * day);
  });
});
