import { describe, expect, it } from 'vitest';
import type { DebtorId } from '#shared/domain/index.ts';
import { type Candidate, isWhole, splitRest, withPart } from './split-draft.ts';

const candidate = (id: string): Candidate => ({
  debtorId: id as DebtorId,
  debtId: null,
  name: id,
  reference: id,
});

describe('an entry divided among several', () => {
  it('gives each new part what is left', () => {
    const one = withPart(1000, [], candidate('a'));
    expect(one[0]?.amountMinor).toBe(1000);
    const two = withPart(1000, [{ candidate: candidate('a'), amountMinor: 400 }], candidate('b'));
    expect(two[1]?.amountMinor).toBe(600);
    expect(withPart(1000, two, candidate('c'))[2]?.amountMinor).toBeNull();
  });

  it('has nobody twice', () => {
    expect(withPart(1000, withPart(1000, [], candidate('a')), candidate('a'))).toHaveLength(1);
  });

  it('is whole when its parts are two or more and together the entry', () => {
    const parts = [
      { candidate: candidate('a'), amountMinor: 400 },
      { candidate: candidate('b'), amountMinor: 600 },
    ];
    expect(isWhole(1000, parts)).toBe(true);
    expect(isWhole(1001, parts)).toBe(false);
    expect(splitRest(900, parts)).toBe(-100);
    expect(isWhole(400, parts.slice(0, 1))).toBe(false);
    expect(isWhole(1000, [...parts, { candidate: candidate('c'), amountMinor: null }])).toBe(false);
  });
});
