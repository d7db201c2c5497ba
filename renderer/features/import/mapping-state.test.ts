import { describe, expect, it } from 'vitest';
import {
  fieldsOfKind,
  type ImportMapping,
  importKind,
  portfolioField,
} from '#shared/contract/index.ts';
import { fieldsFor, neededByKind } from './mapping-fields.ts';
import {
  adoptMapping,
  isCurrent,
  mappingDoubts,
  mappingGaps,
  nameFromFile,
  withColumn,
  withFormat,
} from './mapping-state.ts';

const aMapping = (columns: ImportMapping['columns']): ImportMapping => ({
  encoding: 'utf-8',
  delimiter: ';',
  decimalSeparator: ',',
  dateOrder: 'dayFirst',
  defaultCountry: 'PL',
  defaultCurrency: 'PLN',
  hasHeader: true,
  columns,
});

describe('meaning of columns', () => {
  it('is taken from the column that had it', () => {
    const mapping = aMapping(['fullName', 'balance', 'ignore']);
    expect(withColumn(mapping, 2, 'balance').columns).toEqual(['fullName', 'ignore', 'balance']);
  });

  it('may be shared by several columns of phones', () => {
    const mapping = aMapping(['mobilePhone', 'ignore']);
    expect(withColumn(mapping, 1, 'mobilePhone').columns).toEqual(['mobilePhone', 'mobilePhone']);
  });

  it('leaves other ignored columns alone', () => {
    const mapping = aMapping(['ignore', 'balance', 'ignore']);
    expect(withColumn(mapping, 1, 'ignore').columns).toEqual(['ignore', 'ignore', 'ignore']);
  });

  it('can be every field of the contract', () => {
    expect([...fieldsFor('portfolio')].sort()).toEqual([...portfolioField.options].sort());
    expect(fieldsFor('doNotCall')).toEqual(['ignore', 'phone']);
  });
});

describe('what a mapping lacks', () => {
  it('is a name and an amount', () => {
    expect(mappingGaps('portfolio', { columns: ['ignore'] })).toEqual(['name', 'amount']);
    expect(mappingGaps('portfolio', { columns: ['companyName', 'principal'] })).toEqual([]);
  });

  it('differs by what the file holds', () => {
    expect(mappingGaps('payments', { columns: ['debtRef', 'amount'] })).toEqual(['date']);
    expect(mappingGaps('bankStatement', { columns: ['creditAmount', 'paidOn'] })).toEqual([]);
    expect(mappingGaps('agencyHistory', { columns: ['at'] })).toEqual(['reference']);
    expect(mappingGaps('doNotCall', { columns: ['ignore'] })).toEqual(['phone']);
    expect(mappingDoubts('doNotCall', { columns: ['ignore'] })).toEqual([]);
  });

  it('is nothing where the format names its own fields', () => {
    expect(mappingGaps('bankStatement', { format: 'mt940', columns: ['ignore'] })).toEqual([]);
  });

  it.each(importKind.options)('is only what a column of %s can give', (kind) => {
    const needed = neededByKind[kind].flatMap(([, fields]) => fields);
    expect(needed.filter((field) => !fieldsOfKind[kind].includes(field))).toEqual([]);
  });

  it('is doubtful without phones and references', () => {
    expect(mappingDoubts('portfolio', { columns: ['fullName', 'balance'] })).toEqual([
      'phone',
      'debtRef',
      'debtorRef',
    ]);
    expect(mappingDoubts('portfolio', { columns: ['workPhone', 'debtRef', 'debtorRef'] })).toEqual(
      [],
    );
  });
});

describe('the mapping that a preview used', () => {
  const used = aMapping(['fullName', 'balance']);

  it('is shown when nothing was chosen', () => {
    expect(adoptMapping(null, used)).toBe(used);
    expect(isCurrent(null, used)).toBe(true);
  });

  it('does not undo what was chosen meanwhile', () => {
    const chosen = aMapping(['ignore', 'balance']);
    expect(adoptMapping(chosen, used)).toBe(chosen);
    expect(isCurrent(chosen, used)).toBe(false);
  });

  it('gives its columns where the chosen ones do not fit the file', () => {
    const chosen = { ...aMapping(['ignore']), delimiter: ',' as const };
    expect(adoptMapping(chosen, used)).toMatchObject({ delimiter: ',', columns: used.columns });
    expect(isCurrent(chosen, used)).toBe(false);
    expect(isCurrent(chosen, { ...used, delimiter: ',' })).toBe(true);
  });
});

describe('another way to read the bytes', () => {
  const mapping = aMapping(['fullName', 'balance']);
  it('lets the engine guess the columns anew', () => {
    expect(withFormat(mapping, { delimiter: ',' }, false)).toMatchObject({
      delimiter: ',',
      columns: ['ignore'],
    });
  });

  it('keeps what a person has said of them', () => {
    expect(withFormat(mapping, { encoding: 'windows-1250' }, true).columns).toEqual(
      mapping.columns,
    );
  });
});

describe('the name of a portfolio', () => {
  it('is proposed from the file', () => {
    expect(nameFromFile('nest_telekom 2026-10.csv')).toBe('nest telekom 2026-10');
    expect(nameFromFile('')).toBe('');
  });
});
