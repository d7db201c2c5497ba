import fc from 'fast-check';
import { expect, test } from 'vitest';
import { containing, firstTouching, outermost, touching } from './coverage.ts';
import type { Span } from './text-parts.ts';

const length = 30;
const span = fc
  .tuple(fc.nat(length - 1), fc.integer({ min: 1, max: 8 }))
  .map(([from, size]) => ({ from, to: Math.min(length, from + size) }));
const spans = fc.array(span, { maxLength: 12 });
const touch = (one: Span, other: Span) => one.from < other.to && other.from < one.to;
const holds = (outer: Span, inner: Span) => outer.from <= inner.from && inner.to <= outer.to;
const sizeOf = ({ from, to }: Span) => to - from;

test('says the same as comparing every pair', () => {
  fc.assert(
    fc.property(spans, span, (all, asked) => {
      expect(touching(length, all)(asked)).toBe(all.some((one) => touch(one, asked)));
      expect(containing(length, all)(asked)).toBe(all.some((one) => holds(one, asked)));
      expect(firstTouching(length, all)(asked)).toBe(all.find((one) => touch(one, asked)));
      expect(outermost(all)).toEqual(
        all.filter((one) => !all.some((o) => holds(o, one) && sizeOf(o) > sizeOf(one))),
      );
    }),
  );
});
