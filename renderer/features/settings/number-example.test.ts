import { describe, expect, it } from 'vitest';
import { dialedNumber, exampleNumbers, shownNumber } from './number-example.ts';

type NumberFormat = Parameters<typeof dialedNumber>[1]['numberFormat'];
const settings = (numberFormat: NumberFormat, dialPrefix = '', country = 'PL') => ({
  numberFormat,
  country,
  dialPrefix,
});

describe('how a number will be dialed', () => {
  it.each([
    ['e164', '+48221234567'],
    ['e164NoPlus', '48221234567'],
    ['internationalPrefix', '0048221234567'],
    ['national', '221234567'],
  ] as const)('%s', (format, expected) => {
    expect(dialedNumber('+48221234567', settings(format))).toBe(expected);
  });

  it('has the trunk prefix of countries that have one', () => {
    expect(dialedNumber('+442079460018', settings('national', '', 'GB'))).toBe('02079460018');
  });

  it('has the international prefix for other countries on a national trunk', () => {
    expect(dialedNumber('+442079460018', settings('national'))).toBe('00442079460018');
  });

  it('carries the dial prefix, the shown number does not', () => {
    expect(dialedNumber('+48221234567', settings('e164NoPlus', '99'))).toBe('9948221234567');
    expect(shownNumber('+48221234567', settings('e164NoPlus', '99'))).toBe('48221234567');
  });

  it('falls back to the international prefix for a country that does not exist', () => {
    expect(dialedNumber('+48221234567', settings('national', '', 'XX'))).toBe('0048221234567');
  });

  it('is shown for the trunk’s own country and for another', () => {
    expect(exampleNumbers('GB')).toEqual({ own: '+442079460018', foreign: '+48221234567' });
    expect(exampleNumbers('FR').own).toMatch(/^\+48/);
  });
});
