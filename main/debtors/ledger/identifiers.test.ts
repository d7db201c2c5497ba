import { describe, expect, it } from 'vitest';
import { describeCompanyNumber, describeTaxId, isRegon } from '../company-number.ts';
import { addMonths } from './calendar-date.ts';
import { describeAccount } from './pay-account.ts';

describe('accounts to pay to', () => {
  it.each([
    ['61 1090 1014 0000 0712 1981 2874', '61 1090 1014 0000 0712 1981 2874', true, 'PL'],
    ['61109010140000071219812875', '61 1090 1014 0000 0712 1981 2875', false, 'PL'],
    ['PL61109010140000071219812874', 'PL61 1090 1014 0000 0712 1981 2874', true, 'PL'],
    ['gb29 nwbk 6016 1331 9268 19', 'GB29 NWBK 6016 1331 9268 19', true, 'GB'],
    ['DE89370400440532013001', 'DE89 3704 0044 0532 0130 01', false, 'DE'],
    ['40817810099910004312', '40817810099910004312', null, null],
  ])('%s is shown as %s, valid: %s, of %s', (text, shown, valid, country) => {
    expect(describeAccount(text)).toMatchObject({ shown, valid, country });
  });
});

describe('numbers of firms', () => {
  it('check the digits of a REGON, of a firm and of its unit', () => {
    expect(['123456785', '12345678512347'].map(isRegon)).toEqual([true, true]);
    expect(['123456784', '12345678512346', '12345'].map(isRegon)).toEqual([false, false, false]);
  });

  it('tell a KRS from a REGON by its length', () => {
    expect(describeCompanyNumber('0000123456', 'PL')).toEqual({
      value: '0000123456',
      kind: 'KRS',
      valid: null,
    });
    expect(describeCompanyNumber('123-456-785', 'PL')).toMatchObject({
      kind: 'REGON',
      valid: true,
    });
    expect(describeCompanyNumber('HRB 1234', 'DE')).toEqual({
      value: 'HRB 1234',
      kind: 'other',
      valid: null,
    });
  });

  it('check a NIP with and without its country', () => {
    expect(describeTaxId('PL 526-10-40-828', 'PL')).toEqual({
      value: '5261040828',
      kind: 'NIP',
      valid: true,
    });
    expect(describeTaxId('5261040827', 'PL').valid).toBe(false);
  });
});

describe('months', () => {
  it('end where they end, and come back to their day', () => {
    expect([1, 2, 3, 13].map((months) => addMonths('2027-01-31', months))).toEqual([
      '2027-02-28',
      '2027-03-31',
      '2027-04-30',
      '2028-02-29',
    ]);
  });
});
