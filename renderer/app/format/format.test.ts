import { describe, expect, it } from 'vitest';
import {
  formatDuration,
  formatIsoDate,
  formatMoney,
  formatPhone,
  formatRelative,
  formatTime,
  fromLocalField,
  isoDateFrom,
  parseAmount,
  parsePhone,
  toLocalField,
  zoneCity,
  zoneName,
} from './index.ts';

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe('money', () => {
  it('is written as the locale writes it', () => {
    expect(plain(formatMoney({ amountMinor: 1_284_550, currency: 'PLN' }, 'pl'))).toBe(
      '12 845,50 zł',
    );
    expect(formatMoney({ amountMinor: 1_284_550, currency: 'USD' }, 'en')).toBe('$12,845.50');
    expect(plain(formatMoney({ amountMinor: 1_284_550, currency: 'RUB' }, 'ru'))).toBe(
      '12 845,50 ₽',
    );
  });

  it('has no decimals where the currency has no minor unit', () => {
    expect(formatMoney({ amountMinor: 5_000, currency: 'JPY' }, 'en')).toBe('¥5,000');
  });

  it.each([
    ['400', 40_000],
    ['400,5', 40_050],
    ['1 284,50', 128_450],
    ['1.284,50', 128_450],
    ['1,284.50', 128_450],
    ['1,284', 128_400],
    ["1'284.50", 128_450],
  ])('reads %s as %i minor units', (text, amountMinor) => {
    expect(parseAmount(text, 'PLN')).toBe(amountMinor);
  });

  it.each(['', '0', '-5', 'abc', '1,2345', '12,', '0,00'])('refuses %j', (text) => {
    expect(parseAmount(text, 'PLN')).toBeNull();
  });
});

describe('time', () => {
  const noon = Date.UTC(2026, 10, 21, 12, 0);

  it('counts durations in minutes and seconds, then hours', () => {
    expect(formatDuration(0)).toBe('00:00');
    expect(formatDuration(151_900)).toBe('02:31');
    expect(formatDuration(3_723_000)).toBe('1:02:03');
    expect(formatDuration(-5_000)).toBe('00:00');
  });

  it('shows the time of the zone that is asked for, and says the zone', () => {
    expect(formatTime(noon, 'pl', 'Europe/Warsaw')).toBe('13:00');
    expect(zoneName(noon, 'Europe/Warsaw', 'en-GB')).toBe('CET');
    expect(zoneCity('America/New_York')).toBe('New York');
  });

  it('does not move a calendar date across zones', () => {
    expect(formatIsoDate('2026-11-28', 'pl')).toBe('28 lis 2026');
  });

  it('says how far away an instant is', () => {
    expect(formatRelative(noon + 300_000, noon, 'en')).toBe('in 5 min.');
    expect(formatRelative(noon + 2 * 86_400_000, noon, 'en')).toBe('in 2 days');
  });

  it('reads back what it wrote into a date and time field', () => {
    expect(fromLocalField(toLocalField(noon))).toBe(noon);
    expect(fromLocalField('')).toBeNull();
    expect(isoDateFrom(noon, 7)).toMatch(/^2026-11-28$/);
  });
});

describe('phone numbers', () => {
  it('are grouped for reading and left alone when they are not numbers', () => {
    expect(formatPhone('+48221234567')).toBe('+48 22 123 45 67');
    expect(formatPhone('anonymous')).toBe('anonymous');
  });

  it.each([
    ['22 123 45 67', 'PL', '+48221234567'],
    ['+48 22 123-45-67', null, '+48221234567'],
    ['tel:+48221234567', null, '+48221234567'],
    ['sip:+48221234567@carrier.example', null, '+48221234567'],
  ])('reads %s', (text, country, number) => {
    expect(parsePhone(text, country)).toBe(number);
  });

  it('refuses what cannot be a number', () => {
    expect(parsePhone('12', 'PL')).toBeNull();
    expect(parsePhone('hello', 'PL')).toBeNull();
  });
});
