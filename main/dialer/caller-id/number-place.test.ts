import { describe, expect, it } from 'vitest';
import { isDialable, placeOfNumber } from './number-place.ts';

describe('the place of a number', () => {
  it.each([
    ['+48221234567', 'PL', 'PL-22'],
    ['+48601234567', 'PL', 'PL'],
    ['+12125550123', 'US', 'US-212'],
    ['+442079460123', 'GB', 'GB-20'],
    ['+441614960123', 'GB', 'GB-161'],
    ['+4930231250', 'DE', 'DE-30'],
    ['+34912345678', 'ES', 'ES-91'],
    ['+74951234567', 'RU', 'RU-495'],
    ['+861012345678', 'CN', 'CN-10'],
    // free of charge, and made up mobile numbers
    ['+18005550199', 'US', 'US'],
    ['+48800123456', 'PL', 'PL'],
    ['+48100000001', 'PL', 'PL'],
    ['+447700900123', 'GB', 'GB'],
  ])('%s is of %s, %s', (number, country, region) => {
    expect(placeOfNumber(number)).toMatchObject({ country, region });
  });

  it('a satellite number has none', () => {
    expect(placeOfNumber('+870773111632')).toEqual({ country: null, region: 'ZZ', hasArea: false });
  });

  it('says whether somebody could call back', () => {
    expect(isDialable('+48221234567')).toBe(true);
    expect(isDialable('+48100000001')).toBe(true);
    expect(isDialable('+48000000000')).toBe(false);
  });
});
