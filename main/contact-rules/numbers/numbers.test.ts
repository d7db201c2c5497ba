import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { describe, expect, test } from 'vitest';
import { countryOfNumber, zonesForJurisdiction, zonesForNumber } from './place-of-number.ts';
import { isPracticeNumber, practiceNumberAt, practiceRanges } from './practice-numbers.ts';

describe('practice numbers', () => {
  test.each(['PL', 'RU', 'CN', 'GB', 'DE', 'US'])('%s: made ones are recognised', (country) => {
    const numbers = Array.from(
      { length: 300 },
      (_, index) => practiceNumberAt(country, index) ?? '',
    );
    expect(new Set(numbers).size).toBe(300);
    for (const number of numbers) {
      expect(number).toMatch(/^\+[1-9]\d{6,14}$/);
      expect(isPracticeNumber(number)).toBe(true);
      expect(countryOfNumber(number)).toBe(country);
      expect(zonesForNumber(number).length + zonesForJurisdiction(country).length).toBeGreaterThan(
        0,
      );
    }
  });

  test('none of the ranges in open plans can be a subscriber of today', () => {
    for (const country of ['PL', 'RU', 'CN']) {
      const number = practiceNumberAt(country, 123_456) ?? '';
      expect(parsePhoneNumberFromString(number)?.isValid()).toBe(false);
    }
  });

  test('indexes past the end begin again, and a country without a range has none', () => {
    expect(practiceNumberAt('US', 1200)).toBe(practiceNumberAt('US', 0));
    expect(practiceNumberAt('FR', 0)).toBeNull();
  });

  test.each(['+48601234567', '+79161234567', '+12125550200', '+12125551234', '+447911123456'])(
    '%s may belong to somebody',
    (number) => expect(isPracticeNumber(number)).toBe(false),
  );

  test('every range says why nobody can have its numbers', () => {
    for (const { reason } of practiceRanges) expect(reason).toMatch(/:/);
  });
});

describe('zones', () => {
  test.each<[string, string[]]>([
    ['+48601234567', ['Europe/Warsaw']],
    ['+442079460123', ['Europe/London']],
    ['+12125550100', ['America/New_York']],
    ['+13105550100', ['America/Los_Angeles']],
    ['+18005550100', []],
    // mobile numbers move with people: the residence decides
    ['+79161234567', []],
    ['+8613912345678', ['Asia/Shanghai']],
    ['+870773111632', []],
  ])('%s', (number, zones) => expect(zonesForNumber(number)).toEqual(zones));

  test('a code on both sides of a border between zones counts with both', () => {
    expect(zonesForNumber('+18505550100')).toEqual(['America/New_York', 'America/Chicago']);
  });

  test.each<[string, string[]]>([
    ['PL', ['Europe/Warsaw']],
    ['DE-BY', ['Europe/Berlin']],
    ['US-NY-NYC', ['America/New_York']],
    ['RU-KAM', ['Asia/Kamchatka']],
    ['', []],
    ['QQ', []],
    ['ES-M', ['Europe/Madrid']],
    ['ES-TF', ['Atlantic/Canary']],
    ['ES', ['Europe/Madrid', 'Atlantic/Canary']],
  ])('%s', (place, zones) => expect(zonesForJurisdiction(place)).toEqual(zones));

  test('a country without finer data means all of its zones', () => {
    expect(zonesForJurisdiction('US')).toContain('Pacific/Honolulu');
    expect(zonesForJurisdiction('US-TX')).toContain('America/Chicago');
    expect(zonesForJurisdiction('RU')).toHaveLength(11);
  });
});
