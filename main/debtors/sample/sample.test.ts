import { describe, expect, it } from 'vitest';
import { isPracticeNumber } from '../../contact-rules/index.ts';
import { isInn, isNip, isPesel } from '../import/national-ids.ts';
import { type SampleCsvOptions, sampleCsv } from './sample-csv.ts';
import { type SampleDebtor, type SampleLanguage, sampleDebtors } from './sample-debtors.ts';

const options = { seed: 7, language: 'mixed', asOf: '2026-11-01' } as const;

function take(count: number, language: SampleLanguage = 'mixed', seed = 7): SampleDebtor[] {
  const debtors: SampleDebtor[] = [];
  for (const debtor of sampleDebtors({ ...options, language, seed })) {
    if (debtors.length === count) break;
    debtors.push(debtor);
  }
  return debtors;
}

const textOf = (csv: SampleCsvOptions, rows: number) =>
  Buffer.concat([...sampleCsv(csv, { rows })]).toString('utf8');

describe('made-up debtors', () => {
  it('are the same for the same seed and others for another', () => {
    expect(take(50)).toEqual(take(50));
    expect(take(50)).not.toEqual(take(50, 'mixed', 8));
  });

  it('have numbers that reach nobody, and each its own while the range lasts', () => {
    for (const language of ['pl', 'en', 'ru', 'mixed'] as const) {
      const debtors = take(400, language);
      const numbers = debtors.flatMap(({ mobilePhones, homePhone }) =>
        [...mobilePhones, homePhone].filter((number) => number !== ''),
      );
      expect(numbers.filter((number) => !isPracticeNumber(number))).toEqual([]);
      expect(new Set(numbers).size).toBe(numbers.length);
    }
  });

  it('have national ids with right check digits that no living person can have', () => {
    for (const { country, nationalId, taxId, kind } of take(600)) {
      if (kind === 'person' && country === 'PL') {
        expect(isPesel(nationalId)).toBe(true);
        expect(Number(nationalId.slice(2, 4))).toBeGreaterThan(60);
      }
      if (kind === 'person' && country === 'RU') {
        expect(isInn(nationalId)).toBe(true);
        expect(nationalId).toMatch(/^00/);
      }
      if (kind === 'company' && country === 'PL') {
        expect(isNip(taxId)).toBe(true);
        expect(taxId).toMatch(/^100/);
      }
      if (kind === 'company' && country === 'RU') expect(isInn(taxId)).toBe(true);
    }
  });

  it('agree with themselves: amounts add up, dates are past, addresses are nobody’s', () => {
    const references = new Set<string>();
    for (const debtor of take(500)) {
      expect(debtor.email).toMatch(/^$|^[a-z0-9.]+@example\.(?:com|org|net)$/);
      for (const debt of debtor.debts) {
        const total = debt.principalMinor + debt.interestMinor + debt.feesMinor;
        expect(debt.balanceMinor).toBeGreaterThan(0);
        expect(debt.balanceMinor).toBeLessThanOrEqual(total);
        expect(debt.dueOn < options.asOf && debt.dueOn > '2023-01-01').toBe(true);
        references.add(debt.debtRef);
      }
    }
    expect(references.size).toBe(take(500).flatMap((debtor) => debtor.debts).length);
  });

  it('have names that agree with their sex', () => {
    const women = take(400, 'pl').filter(({ givenName }) => givenName.endsWith('a'));
    expect(women.length).toBeGreaterThan(100);
    expect(women.filter(({ familyName }) => /(?:ski|cki|dzki)$/.test(familyName))).toEqual([]);
  });
});

describe('a sample file', () => {
  it('has as many rows as were asked for, each labelled as made up', () => {
    const lines = textOf({ ...options, encoding: 'utf-8' }, 500)
      .trimEnd()
      .split('\r\n');
    expect(lines).toHaveLength(501);
    expect(lines[0]?.endsWith(',sample')).toBe(true);
    expect(lines.slice(1).filter((line) => !line.endsWith(',made up'))).toEqual([]);
  });

  it('is written as the spreadsheets of its language write', () => {
    const polish = textOf({ ...options, language: 'pl', encoding: 'utf-8' }, 50);
    expect(polish).toMatch(/;\d{1,3} \d{3},\d{2};/);
    expect(polish).toMatch(/;\d{2}\.\d{2}\.\d{4};/);
    const bytes = Buffer.concat([
      ...sampleCsv({ ...options, language: 'ru', encoding: 'windows-1251' }, { rows: 5 }),
    ]);
    expect(bytes.subarray(0, 5)).toEqual(Buffer.from([0xcd, 0xee, 0xec, 0xe5, 0xf0]));
  });
});
