import { describe, expect, it } from 'vitest';
import { type ImportMapping, importField } from '#shared/contract/index.ts';
import {
  adoptMapping,
  fieldGroups,
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
    const offered = fieldGroups.flatMap((group) => group.fields);
    expect([...offered].sort()).toEqual([...importField.options].sort());
  });
});

describe('what a mapping lacks', () => {
  it('is a name and an amount', () => {
    expect(mappingGaps({ columns: ['ignore'] })).toEqual(['name', 'amount']);
    expect(mappingGaps({ columns: ['companyName', 'principal'] })).toEqual([]);
  });

  it('is doubtful without phones and references', () => {
    expect(mappingDoubts({ columns: ['fullName', 'balance'] })).toEqual([
      'phone',
      'debtRef',
      'debtorRef',
    ]);
    expect(mappingDoubts({ columns: ['workPhone', 'debtRef', 'debtorRef'] })).toEqual([]);
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
