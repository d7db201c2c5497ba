import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventQueue } from './event-queue.ts';

describe('the event queue', () => {
  it('gives events by time, those of the same time as they were planned', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 })), (times) => {
        const queue = new EventQueue();
        const seen: string[] = [];
        for (const [index, at] of times.entries())
          queue.plan(at, () => seen.push(`${at}/${index}`));
        for (let event = queue.next(); event !== undefined; event = queue.next()) event.happen();
        const order = times
          .map((at, index) => ({ at, index }))
          .sort((one, other) => one.at - other.at || one.index - other.index);
        expect(seen).toEqual(order.map(({ at, index }) => `${at}/${index}`));
      }),
    );
  });

  it('leaves out what was cancelled', () => {
    const queue = new EventQueue();
    const cancelled = queue.plan(1, () => undefined);
    const kept = queue.plan(2, () => undefined);
    cancelled.cancelled = true;
    expect(queue.next()).toBe(kept);
    expect(queue.next()).toBeUndefined();
  });
});
