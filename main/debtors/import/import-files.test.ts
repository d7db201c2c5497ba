import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImportFinding } from '#shared/contract/index.ts';
import type { StoreKind } from '#shared/domain/index.ts';
import type { ImportedRecord } from './convert-record.ts';
import { fieldOfHeader, guessColumns, looksLikeHeader } from './guess-columns.ts';
import { guessMapping } from './guess-mapping.ts';
import { parseImport } from './parse-import.ts';

const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name));

interface Reject {
  line: number;
  problems: readonly ImportFinding[];
}

async function read(bytes: Uint8Array, storeKind: StoreKind = 'practice', pieceBytes = 1_000) {
  const records: ImportedRecord[] = [];
  const rejects: Reject[] = [];
  const mapping = guessMapping(bytes);
  const pieces = Array.from({ length: Math.ceil(bytes.length / pieceBytes) }, (_, index) =>
    bytes.subarray(index * pieceBytes, (index + 1) * pieceBytes),
  );
  const counts = await parseImport(
    pieces,
    { mapping, storeKind, creditorName: 'Default Ltd', thisYear: 2026, batchSize: () => 3 },
    {
      onBatch: async (batch) => {
        records.push(...batch.records);
      },
      onReject: (raw, problems) => rejects.push({ line: raw.line, problems }),
    },
  );
  return { mapping, records, rejects, counts };
}

describe('a spreadsheet saved as CSV in the Polish locale', () => {
  it('is understood without a word from anybody', async () => {
    const { mapping, records } = await read(fixture('excel-pl.csv'));
    expect(mapping).toMatchObject({
      encoding: 'windows-1250',
      delimiter: ';',
      decimalSeparator: ',',
      dateOrder: 'dayFirst',
      defaultCountry: 'PL',
      defaultCurrency: 'PLN',
    });
    expect(records.map(({ debtor }) => [debtor.displayName, debtor.kind])).toEqual([
      ['Łucja Nowak', 'person'],
      ['Zażółć Gęślą', 'person'],
      ['Piekarnia „Żaczek” Sp. z o.o.', 'company'],
    ]);
    expect(records[0]?.debtor).toMatchObject({
      nationalIdKind: 'PESEL',
      street: 'ul. Źródlana 1; m. 2',
      timeZones: ['Europe/Warsaw'],
      language: 'pl',
    });
    expect(
      records.map(({ debt }) => [debt.externalRef, debt.balanceMinor, debt.currency, debt.dueOn]),
    ).toEqual([
      ['U/1', 123_456, 'PLN', '2026-03-12'],
      ['U/2', 1_200_000, 'PLN', '2026-02-01'],
      ['U/3', 150_000, 'PLN', '2026-02-01'],
    ]);
    expect(records[1]?.contactPoints.map((point) => point.value)).toEqual([
      '+48100200301',
      '+48100200302',
    ]);
    expect(records[0]?.note).toBe('powiedziała: "oddzwonię"');
    expect(records[2]?.note).toBe('dwa\r\nwiersze');
  });

  it('says of every bad row on which line it is and why, and takes no empty row for one', async () => {
    const { rejects, counts } = await read(fixture('excel-pl.csv'));
    expect(rejects).toEqual([
      { line: 6, problems: ['amount.negative'] },
      { line: 7, problems: ['name.missing'] },
      { line: 8, problems: ['due-date.unreadable'] },
      { line: 9, problems: ['phone.only-practice'] },
    ]);
    expect(counts).toEqual({ rows: 7, rejected: 4 });
  });
});

describe('other files', () => {
  it('in the Russian locale are understood', async () => {
    const { mapping, records, rejects } = await read(fixture('excel-ru.csv'));
    expect(mapping).toMatchObject({ encoding: 'windows-1251', defaultCountry: 'RU' });
    expect(
      records.map(({ debtor, debt }) => [debtor.kind, debtor.familyName, debt.balanceMinor]),
    ).toEqual([
      ['person', 'Иванов', 1_500_050],
      ['company', null, 200_000],
    ]);
    expect(records[0]?.debt).toMatchObject({ currency: 'RUB', dueOn: '2025-12-31' });
    expect(rejects).toEqual([{ line: 4, problems: ['phone.unreadable'] }]);
  });

  it('with commas, a mark, three kinds of line ends and no last line end are understood', async () => {
    const { mapping, records, rejects } = await read(fixture('utf8-bom-comma.csv'));
    expect(mapping).toMatchObject({ encoding: 'utf-8', delimiter: ',', decimalSeparator: '.' });
    expect(rejects).toEqual([]);
    expect(
      records.map(({ line, debtor, debt }) => [line, debtor.externalRef, debt.balanceMinor]),
    ).toEqual([
      [2, 'C1', 123_456],
      [3, 'C1', 9_900],
      [4, 'C2', 1_050],
    ]);
    expect(records[2]?.debtor.displayName).toBe('Tom 5" Smith');
  });

  it('in UTF-16 with tabs are understood', async () => {
    const { records } = await read(fixture('tab-utf16.txt'));
    expect(records[0]?.debtor.displayName).toBe('Zoë Żak');
    expect(records[0]?.debt.balanceMinor).toBe(500);
  });

  it('with every kind of damage lose the damaged rows alone', async () => {
    const { records, rejects } = await read(fixture('damaged.csv'));
    expect(records.map(({ debtor }) => debtor.displayName)).toEqual([
      'Ann One',
      'Cid Three',
      'Hal Eight',
    ]);
    expect(rejects).toEqual([
      { line: 3, problems: ['record.damaged-quotes'] },
      { line: 5, problems: ['record.damaged-text'] },
      { line: 6, problems: ['record.columns'] },
      { line: 7, problems: ['record.columns'] },
      { line: 8, problems: ['amount.unreadable'] },
      { line: 10, problems: ['record.truncated'] },
    ]);
  });

  it('with two hundred columns are understood', async () => {
    const names = Array.from({ length: 196 }, (_, index) => `Extra ${index}`);
    const header = ['Name', ...names, 'Phone', 'Invoice no', 'Balance'].join(',');
    const row = ['Ann', ...names.map(() => 'x'), '+48100200300', 'I1', '5.00'].join(',');
    const { records, mapping } = await read(Buffer.from(`${header}\n${row}\n`));
    expect(mapping.columns).toHaveLength(200);
    expect(records[0]?.debt).toMatchObject({ externalRef: 'I1', balanceMinor: 500 });
  });

  it('that are empty are refused; those with a header alone have no rows', async () => {
    await expect(read(Buffer.from(''))).rejects.toMatchObject({ code: 'import.empty-file' });
    await expect(read(Buffer.from('\r\n \r\n'))).rejects.toMatchObject({
      code: 'import.empty-file',
    });
    const { counts } = await read(Buffer.from('Name;Phone;Amount\r\n'));
    expect(counts).toEqual({ rows: 0, rejected: 0 });
  });
});

describe('practice and real work', () => {
  const file = (...phones: string[]) =>
    Buffer.from(
      [
        'Name;Phone;Agreement;Amount',
        ...phones.map((phone, n) => `Ann ${n};${phone};A${n};5,00`),
        '',
      ].join('\n'),
    );

  it('are kept apart both ways; one number of the right kind is enough', async () => {
    const bytes = file('+48601234567', '+48100200300', '+48601234567,+48100200300', '');
    const practice = await read(bytes, 'practice');
    const real = await read(bytes, 'real');
    expect(practice.rejects).toEqual([{ line: 2, problems: ['phone.only-practice'] }]);
    expect(real.rejects).toEqual([{ line: 3, problems: ['phone.only-real'] }]);
    const numbers = ({ records }: typeof real) =>
      records.flatMap((record) => record.contactPoints.map((point) => point.value));
    expect(numbers(practice)).toEqual(['+48100200300', '+48100200300']);
    expect(numbers(real)).toEqual(['+48601234567', '+48601234567']);
  });
});

describe('records without references', () => {
  it('are one debtor by national id, else by name and number, and show no id', async () => {
    const { records } = await read(
      Buffer.from(
        'Imię i nazwisko;PESEL;Telefon;Kwota\nJan Nowak;44051401359;;1,00\nJ. Nowak;44051401359;;2,00\nEwa Lis;;+48100200300;3,00\newa lis;;100200300;4,00\nEwa Lis;;+48100200301;4,00\n',
      ),
    );
    const keys = records.map(({ debtor }) => debtor.externalRef);
    expect(keys[0]).toBe(keys[1]);
    expect(keys[2]).toBe(keys[3]);
    expect(new Set(keys).size).toBe(3);
    expect(keys.join()).not.toContain('44051401359');
    expect(new Set(records.map(({ debt }) => debt.externalRef)).size).toBe(5);
  });
});

describe('headers', () => {
  it.each([
    ['Kwota do zapłaty', 'balance'],
    ['KWOTA DO ZAPŁATY (PLN)', 'balance'],
    ['Сумма долга, руб.', 'balance'],
    ['Nr umowy', 'debtRef'],
    ['№ договора', 'debtRef'],
    ['agreement_number', 'debtRef'],
    ['DateOfBirth', 'birthDate'],
    ['phone_1', 'phone'],
    ['Телефон 2', 'phone'],
    ['Tel. kom.', 'mobilePhone'],
    ['Data wymagalności', 'dueOn'],
    ['Data zawarcia umowy', 'ignore'],
    ['Dni opóźnienia', 'ignore'],
    ['Must have been', null],
    ['', null],
  ])('%j means %s', (header, field) => expect(fieldOfHeader(header)).toBe(field));

  it('are told from data', () => {
    expect(looksLikeHeader(['Imię', 'Nazwisko', 'Telefon'])).toBe(true);
    expect(looksLikeHeader(['Jan', 'Nowak', '+48 601 234 567', '12,50'])).toBe(false);
  });

  it('that say nothing are made up for by what stands below', () => {
    const rows = [
      ['Jan Nowak', '+48 100 200 300', 'jan@example.com', '1 200,50', '2026-01-02', 'PLN'],
      ['Ewa Lis', '+48 100 200 301', '', '7,00', '2026-02-02', 'PLN'],
    ];
    expect(guessColumns(['a', 'b', 'c', 'd', 'e', 'f'], rows)).toEqual([
      'fullName',
      'phone',
      'email',
      'balance',
      'dueOn',
      'currency',
    ]);
  });
});

describe('whatever a file holds', () => {
  it('nothing is thrown, and every record is either kept or rejected with a reason', async () => {
    const header = fc.constantFrom('', 'Name;Phone;Amount\n', 'ФИО,Телефон,Сумма\r\n', '"a";"b"\n');
    const cells = fc.constantFrom(...'Ann "\';,\t|\n\r0123.-+żШ\u0000', '+48100200300', '1 234,50');
    const text = fc.array(cells, { maxLength: 80 }).map((parts) => parts.join(''));
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.tuple(header, text).map(([top, rest]) => Buffer.from(top + rest)),
    );
    await fc.assert(
      fc.asyncProperty(bytes, fc.integer({ min: 1, max: 50 }), async (file, pieceBytes) => {
        const result = await read(file, 'practice', pieceBytes).catch((error) => {
          expect(error).toMatchObject({ code: 'import.empty-file' });
          return null;
        });
        if (result === null) return;
        const { counts, records, rejects } = result;
        expect(counts.rows).toBe(records.length + rejects.length);
        expect(counts.rejected).toBe(rejects.length);
        expect(rejects.filter(({ problems }) => problems.length === 0)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
