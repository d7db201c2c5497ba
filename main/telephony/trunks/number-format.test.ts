import { describe, expect, it } from 'vitest';
import { callerIdString, dialString, readCallerNumber } from './number-format.ts';

const settings = (
  numberFormat: 'e164' | 'e164NoPlus' | 'national' | 'internationalPrefix',
  dialPrefix = '',
) => ({
  numberFormat,
  country: 'PL',
  dialPrefix,
});

describe('numbers as carriers write them', () => {
  it.each([
    ['e164', '+48221234567'],
    ['e164NoPlus', '48221234567'],
    ['internationalPrefix', '0048221234567'],
    ['national', '221234567'],
  ] as const)('writes %s', (format, expected) => {
    expect(dialString('+48221234567', settings(format))).toBe(expected);
  });

  it('writes the trunk prefix of countries that have one', () => {
    expect(
      dialString('+442079460018', { numberFormat: 'national', country: 'GB', dialPrefix: '' }),
    ).toBe('02079460018');
  });

  it('dials other countries from a national trunk with the international prefix', () => {
    expect(dialString('+442079460018', settings('national'))).toBe('00442079460018');
  });

  it('puts the tech prefix before dialed numbers only', () => {
    expect(dialString('+48221234567', settings('e164NoPlus', '99'))).toBe('9948221234567');
    expect(callerIdString('+48221234567', settings('e164NoPlus', '99'))).toBe('48221234567');
  });

  it.each([
    ['+48221234567', '+48221234567'],
    ['0048221234567', '+48221234567'],
    ['48221234567', '+48221234567'],
    ['221234567', '+48221234567'],
  ])('reads a caller %s', (user, expected) => {
    expect(readCallerNumber(user, 'PL')).toBe(expected);
  });

  it.each([null, 'anonymous', '', 'sip', "1'; DROP"])('reads no number from %s', (user) => {
    expect(readCallerNumber(user, 'PL')).toBeNull();
  });
});
