import { describe, expect, it } from 'vitest';
import { listFilter } from '#shared/contract/index.ts';
import { conditions, isPlain, isSet, withCondition, without } from './conditions.ts';

describe('conditions of a list', () => {
  it('are all that a filter has, besides text and portfolio', () => {
    const others = Object.keys(listFilter.shape).filter(
      (name) => name !== 'text' && name !== 'portfolioIds',
    );
    expect([...conditions].sort()).toEqual(others.sort());
  });

  it('leave no empty ones behind', () => {
    const filter = withCondition({ statuses: ['open'] }, 'age', {
      fromDays: 30,
      toDays: undefined,
    } as never);
    expect(filter).toEqual({ statuses: ['open'], age: { fromDays: 30 } });
    expect(withCondition(filter, 'statuses', [])).toEqual({ age: { fromDays: 30 } });
    expect(withCondition(filter, 'age', {})).toEqual({ statuses: ['open'] });
    expect(without(filter, 'age')).toEqual({ statuses: ['open'] });
  });

  it('may be a plain no', () => {
    const filter = withCondition({}, 'hasPhone', false);
    expect(filter).toEqual({ hasPhone: false });
    expect(isSet(filter, 'hasPhone')).toBe(true);
    expect(isPlain(filter)).toBe(false);
    expect(isPlain({ portfolioIds: ['p'] as never })).toBe(true);
  });
});
