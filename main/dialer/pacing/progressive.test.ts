import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideProgressive } from './progressive.ts';

describe('progressive pacing', () => {
  it('dials once for each free agent', () => {
    expect(
      decideProgressive({ freeAgents: 3, inFlight: 0, callsUp: 0, maxConcurrentCalls: 10 }).dial,
    ).toBe(3);
  });

  it('waits while calls are on their way to the free agents', () => {
    expect(
      decideProgressive({ freeAgents: 2, inFlight: 2, callsUp: 4, maxConcurrentCalls: 10 }).dial,
    ).toBe(0);
  });

  it('never has more calls in flight than free agents, nor more lines than allowed', () => {
    const count = fc.integer({ min: 0, max: 60 });
    fc.assert(
      fc.property(
        count,
        count,
        count,
        count,
        (freeAgents, inFlight, talking, maxConcurrentCalls) => {
          const callsUp = inFlight + talking;
          const { dial } = decideProgressive({ freeAgents, inFlight, callsUp, maxConcurrentCalls });
          expect(dial).toBeGreaterThanOrEqual(0);
          if (dial > 0) {
            expect(inFlight + dial).toBeLessThanOrEqual(freeAgents);
            expect(callsUp + dial).toBeLessThanOrEqual(maxConcurrentCalls);
          }
        },
      ),
    );
  });
});
