import { describe, expect, it } from 'vitest';
import { notAsked, readPlace, withAsked, withFittingNeed, withMoved } from './settings-draft.ts';

describe('settings of the rules', () => {
  it('read a place as packs name it', () => {
    expect(readPlace(' us-ma ')).toBe('US-MA');
    expect(readPlace('US-NY-NYC')).toBe('US-NY-NYC');
    expect(readPlace('Poland')).toBeNull();
    expect(readPlace('')).toBeNull();
  });

  it('keep an order of questions of which at least one is asked', () => {
    expect(withMoved(['fullName', 'birthDate'], 'birthDate', -1)).toEqual([
      'birthDate',
      'fullName',
    ]);
    expect(withMoved(['fullName', 'birthDate'], 'birthDate', 1)).toEqual(['fullName', 'birthDate']);
    expect(withAsked(['fullName'], 'fullName', false)).toEqual(['fullName']);
    expect(withAsked(['fullName'], 'taxId', true)).toEqual(['fullName', 'taxId']);
    expect(notAsked(['fullName', 'birthDate'])).not.toContain('birthDate');
  });

  it('never need more answers than there are questions', () => {
    const settings = {
      site: [],
      actors: [],
      identification: {
        person: ['fullName', 'birthDate', 'reference'] as never,
        company: ['companyName'] as never,
        needed: 3,
      },
    };
    expect(withFittingNeed(settings).identification.needed).toBe(1);
  });
});
