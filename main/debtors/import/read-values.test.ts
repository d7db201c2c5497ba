import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isInn, isNip, isPesel, readNationalId, readTaxId } from './national-ids.ts';
import { readAmount, readCurrency } from './read-amount.ts';
import { guessDateOrder, readDate } from './read-date.ts';
import { readName } from './read-name.ts';
import { readPhones } from './read-phones.ts';
import { jurisdictionOf, readCountry, readLanguage, zonesOfJurisdiction } from './read-place.ts';

describe('amounts', () => {
  it.each<[string, ',' | '.', number, string | null]>([
    ['1234,56', ',', 123_456, null],
    ['1 234,56', ',', 123_456, null],
    ['1\u00a0234,56', ',', 123_456, null],
    ['1\u202f234\u202f567,8', ',', 123_456_780, null],
    ["1'234.50", '.', 123_450, null],
    ['1.234,56', '.', 123_456, null],
    ['1,234.56', ',', 123_456, null],
    ['1.234', ',', 123_400, null],
    ['1.234', '.', 123_400, null],
    ['12.50', ',', 1_250, null],
    ['1,234,567', '.', 123_456_700, null],
    ['1234,5000', ',', 123_450, null],
    ['0', ',', 0, null],
    ['-0,00', ',', 0, null],
    ['1 234,56 zł', ',', 123_456, 'PLN'],
    ['PLN 10', ',', 1_000, 'PLN'],
    ['€1.234,5', ',', 123_450, 'EUR'],
    ['£99', '.', 9_900, 'GBP'],
    ['15 000,50 руб.', ',', 1_500_050, 'RUB'],
    ['15000 ₽', ',', 1_500_000, 'RUB'],
    ['$1,000.00', '.', 100_000, 'USD'],
    ['¥ 1200', '.', 120_000, 'CNY'],
    ['1200 JPY', '.', 1_200, 'JPY'],
    ['1.250 KWD', '.', 1_250, 'KWD'],
  ])('%s with decimal %s', (text, decimal, amountMinor, currency) => {
    // 1.234 with decimal point means one and 234 thousandths: two digits of minor unit do not hold it
    const expected =
      text === '1.234' && decimal === '.'
        ? { ok: false, problem: 'amount.unreadable' }
        : { ok: true, amountMinor, currency };
    expect(readAmount(text, decimal, 'PLN')).toEqual(expected);
  });

  it.each([
    '',
    'abc',
    '1,23,4',
    '1..2',
    '12 34,5',
    '1,2.3,4',
    '1e5',
    '10 zł zł',
    '10 XQZ',
    '10-20',
  ])('%j is not read', (text) => {
    expect(readAmount(text, ',', 'PLN')).toEqual({ ok: false, problem: 'amount.unreadable' });
  });

  it.each(['-10,00', '−5', '10,00-', '(12,50)', '- 3 zł', 'zł -3'])('%s is negative', (text) => {
    expect(readAmount(text, ',', 'PLN')).toEqual({ ok: false, problem: 'amount.negative' });
  });

  it('is refused when integers could not hold it', () => {
    expect(readAmount('999 999 999 999,99', ',', 'PLN').ok).toBe(false);
    expect(readAmount('99 999 999 999,99', ',', 'PLN').ok).toBe(true);
  });

  it('reads back every amount in every manner of writing it', () => {
    const minor = fc.integer({ min: 0, max: 999_999_999_999 });
    const group = fc.constantFrom('', ' ', '\u00a0', '\u202f', "'", '’', 'other');
    fc.assert(
      fc.property(minor, group, fc.constantFrom<',' | '.'>(',', '.'), (amount, sign, decimal) => {
        const separator = sign === 'other' ? (decimal === ',' ? '.' : ',') : sign;
        const whole = String(Math.floor(amount / 100)).replace(/\B(?=(\d{3})+$)/g, separator);
        const text = `${whole}${decimal}${String(amount % 100).padStart(2, '0')}`;
        expect(readAmount(text, decimal, 'EUR')).toEqual({
          ok: true,
          amountMinor: amount,
          currency: null,
        });
      }),
    );
  });

  it('never throws and never gives less than nothing', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom<',' | '.'>(',', '.'),
        (text, sign) => {
          const read = readAmount(text, sign, 'EUR');
          if (read.ok)
            expect(Number.isSafeInteger(read.amountMinor) && read.amountMinor >= 0).toBe(true);
        },
      ),
    );
  });

  it('knows currencies by sign, code and word', () => {
    expect(['zł', 'usd', '₴', 'рублей', 'QQQ', ''].map(readCurrency)).toEqual([
      'PLN',
      'USD',
      'UAH',
      'RUB',
      null,
      null,
    ]);
  });
});

describe('dates', () => {
  it.each<[string, 'dayFirst' | 'monthFirst' | 'yearFirst', string | null]>([
    ['12.03.2026', 'dayFirst', '2026-03-12'],
    ['2026-03-12', 'dayFirst', '2026-03-12'],
    ['20260312', 'dayFirst', '2026-03-12'],
    ['12/03/26', 'dayFirst', '2026-03-12'],
    ['12/03/26', 'monthFirst', '2026-12-03'],
    ['26/03/12', 'yearFirst', '2026-03-12'],
    ['1.2.99', 'dayFirst', '1999-02-01'],
    ['12.03.2026 00:00:00', 'dayFirst', '2026-03-12'],
    ['2026-03-12T00:00:00.000Z', 'dayFirst', '2026-03-12'],
    ['3/12/2026 12:00 AM', 'monthFirst', '2026-03-12'],
    ['15.01.2026 г.', 'dayFirst', '2026-01-15'],
    ['15.01.2026r.', 'dayFirst', '2026-01-15'],
    ['29.02.2024', 'dayFirst', '2024-02-29'],
    ['29.02.2026', 'dayFirst', null],
    ['31.04.2026', 'dayFirst', null],
    ['03/25/2026', 'dayFirst', null],
    ['00.01.2026', 'dayFirst', null],
    ['12.03', 'dayFirst', null],
    ['45678', 'dayFirst', null],
    ['12.03/2026', 'dayFirst', null],
    ['tomorrow', 'dayFirst', null],
  ])('%s, %s', (text, order, expected) => {
    expect(readDate(text, order, 2026)).toBe(expected);
  });

  it('reads back every date in the order in which it was written', () => {
    const day = fc.date({
      min: new Date('1900-01-01T00:00:00Z'),
      max: new Date('2100-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(day, fc.constantFrom('.', '-', '/'), (date, sign) => {
        const iso = date.toISOString().slice(0, 10);
        const [year, month, dayOfMonth] = iso.split('-');
        const read = (parts: unknown[], order: 'dayFirst' | 'monthFirst' | 'yearFirst') =>
          readDate(parts.join(sign), order, 2026);
        expect(read([dayOfMonth, month, year], 'dayFirst')).toBe(iso);
        expect(read([month, dayOfMonth, year], 'monthFirst')).toBe(iso);
        expect(read([year, month, dayOfMonth], 'yearFirst')).toBe(iso);
      }),
    );
  });

  it('guesses the order from dates that fit one order only', () => {
    expect(guessDateOrder(['01/02/2026', '13/02/2026'], 'monthFirst')).toBe('dayFirst');
    expect(guessDateOrder(['01/02/2026', '02/13/2026'], 'dayFirst')).toBe('monthFirst');
    expect(guessDateOrder(['2026-01-02', ''], 'dayFirst')).toBe('yearFirst');
    expect(guessDateOrder(['01/02/2026'], 'monthFirst')).toBe('monthFirst');
  });
});

describe('names', () => {
  it.each([
    ['Nowak, Jan', 'person', 'Jan Nowak', 'Nowak'],
    ['Иванов Пётр Сергеевич', 'person', 'Иванов Пётр Сергеевич', 'Иванов'],
    ['Пётр Сергеевич Иванов', 'person', 'Пётр Сергеевич Иванов', 'Иванов'],
    ['Jan  Nowak', 'person', 'Jan Nowak', null],
    ['Zakład Próbny Sp. z o.o.', 'company', 'Zakład Próbny Sp. z o.o.', null],
    ['Sample Motors Ltd', 'company', 'Sample Motors Ltd', null],
    ['ООО «Небылица»', 'company', 'ООО «Небылица»', null],
    ['Sara Incze', 'person', 'Sara Incze', null],
    ['Аоки Мария', 'person', 'Аоки Мария', null],
  ])('%s', (fullName, kind, displayName, familyName) => {
    expect(readName({ fullName })).toMatchObject({ kind, displayName, familyName });
  });

  it('takes columns of their own first', () => {
    expect(readName({ givenName: 'Jan', familyName: 'Nowak', companyName: ' ' })).toMatchObject({
      kind: 'person',
      displayName: 'Jan Nowak',
    });
    expect(readName({ fullName: 'Jan Nowak', companyName: 'Huta' })?.kind).toBe('company');
    expect(readName({ fullName: '  ' })).toBeNull();
  });
});

describe('phones', () => {
  const values = (cell: string, country: string, kind: 'practice' | 'real') =>
    readPhones(cell, country, kind).phones.map((phone) => phone.value);

  it('finds several in a cell, in national and international writing', () => {
    expect(values('601 23-45-67; 0048 22 555 01 23 / +48 601 234 568', 'PL', 'real')).toEqual([
      '+48601234567',
      '+48225550123',
      '+48601234568',
    ]);
    expect(values('8 (916) 123-45-67', 'RU', 'real')).toEqual(['+79161234567']);
    expect(values('(212) 736-5000', 'US', 'real')).toEqual(['+12127365000']);
  });

  it('reads practice numbers, which no numbering plan knows, as people write them', () => {
    expect(values('100 200 300', 'PL', 'practice')).toEqual(['+48100200300']);
    expect(values('8 (000) 123-45-67', 'RU', 'practice')).toEqual(['+70001234567']);
    expect(values('+44 (0)7700 900123|07700 900124', 'GB', 'practice')).toEqual([
      '+447700900123',
      '+447700900124',
    ]);
    expect(values('212-555-0123', 'US', 'practice')).toEqual(['+12125550123']);
  });

  it('keeps practice and real numbers apart, both ways', () => {
    expect(readPhones('601234567', 'PL', 'practice')).toEqual({
      phones: [],
      problems: ['phone.only-practice'],
    });
    expect(readPhones('+48100200300', 'PL', 'real')).toEqual({
      phones: [],
      problems: ['phone.only-real'],
    });
  });

  it('says what cannot be read', () => {
    for (const text of ['mobilny', '123', '+48 1', '0000000000000000', '٠١٢']) {
      expect(readPhones(text, 'PL', 'real').problems).toEqual(['phone.unreadable']);
    }
  });

  it('never throws, and gives only E.164', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('PL', 'US', 'XX', ''),
        (text, country) => {
          for (const phone of readPhones(text, country, 'real').phones)
            expect(phone.value).toMatch(/^\+[1-9]\d{6,14}$/);
        },
      ),
    );
  });
});

describe('places', () => {
  it('knows countries and languages by code and by name in four languages', () => {
    expect(
      ['pl', 'POL', 'Polska', 'Польша', '波兰', 'UK', 'РФ', 'Narnia'].map(readCountry),
    ).toEqual(['PL', 'PL', 'PL', 'PL', 'PL', 'GB', 'RU', null]);
    expect(['pl', 'PL-pl', 'polski', 'русский', 'English', 'elvish'].map(readLanguage)).toEqual([
      'pl',
      'pl',
      'pl',
      'ru',
      'en',
      null,
    ]);
  });

  it.each([
    ['US', { region: 'MA', city: '', postalCode: '' }, 'US-MA'],
    ['US', { region: 'New York', city: 'Brooklyn', postalCode: '' }, 'US-NY-NYC'],
    ['US', { region: 'Ontario', city: '', postalCode: '' }, 'US'],
    ['RU', { region: '', city: '', postalCode: '620072' }, 'RU-SVE'],
    ['RU', { region: 'Московская область', city: '', postalCode: '' }, 'RU-MOS'],
    ['RU', { region: 'Томская область', city: '', postalCode: '644000' }, 'RU'],
    ['RU', { region: '', city: '', postalCode: '' }, 'RU'],
    ['PL', { region: 'mazowieckie', city: '', postalCode: '' }, 'PL'],
  ])('%s %o is %s', (country, cells, jurisdiction) => {
    expect(jurisdictionOf(country, cells).jurisdiction).toBe(jurisdiction);
    expect(zonesOfJurisdiction(jurisdiction).length).toBeGreaterThan(0);
  });
});

describe('numbers with check digits', () => {
  it('takes right ones and refuses each with one digit changed', () => {
    // from the publications that describe the check digits
    const known: [(text: string) => boolean, string][] = [
      [isPesel, '44051401359'],
      [isNip, '1234563218'],
      [isInn, '7707083893'],
      [isInn, '500100732259'],
    ];
    for (const [check, number] of known) {
      expect(check(number)).toBe(true);
      const changed = `${number.slice(0, 4)}${(Number(number[4]) + 1) % 10}${number.slice(5)}`;
      expect(check(changed)).toBe(false);
    }
  });

  it('reads them with the signs that people put in', () => {
    expect(readTaxId('PL 123-456-32-18', 'PL')).toBe('1234563218');
    expect(readTaxId('123-456-32-19', 'PL')).toBeNull();
    expect(readNationalId('078-05-1120', 'US')).toEqual({ kind: 'SSN', value: '078051120' });
    expect(readNationalId('666-05-1120', 'US')).toBeNull();
  });
});
