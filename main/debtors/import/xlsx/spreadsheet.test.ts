import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { previewFile } from '../preview-file.ts';
import { openImportSource } from './import-source.ts';
import { sheetNames } from './spreadsheet-text.ts';
import { type FixtureCell, workbookParts, xlsxOf, zipOf } from './xlsx.fixture.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'dialdesk-xlsx-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

let made = 0;
function file(bytes: Buffer): string {
  const path = join(directory, `${++made}.xlsx`);
  writeFileSync(path, bytes);
  return path;
}

async function textOf(path: string, sheet?: string, decimalSeparator: ',' | '.' = ',') {
  const pieces: Buffer[] = [];
  const source = await openImportSource(path, { delimiter: ';', decimalSeparator, sheet });
  for await (const piece of source) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

const oneSheet = (rows: Record<number, readonly FixtureCell[]>) =>
  file(xlsxOf([{ name: 'Arkusz1', rows }]));

describe('the text of a spreadsheet', () => {
  it('holds texts, numbers, dates, times and booleans as a person sees them', async () => {
    const path = oneSheet({
      1: ['Nazwa', 'Kwota', 'Data'],
      2: ['Żółć; "A"', 1234.5, { value: 46_098, style: 1 }],
      3: ['dwie\nlinie', { value: 0.1 + 0.2, style: 0 }, { value: 46_098.75, style: 2 }],
      4: [
        { value: 1, type: 'b' },
        { value: 1234.567, style: 6 },
        { value: 0.5, style: 2 },
      ],
      5: [
        { value: 'F', type: 'str', formula: 'A1' },
        1e15,
        { value: '2026-03-17T00:00:00', type: 'd' },
      ],
      6: [{ inline: '<t>in</t>' }, -12.25, { value: 46_098, style: 7 }],
    });
    expect(await textOf(path)).toBe(
      [
        'Nazwa;Kwota;Data',
        '"Żółć; ""A""";1234,5;2026-03-17',
        'dwie\u2028linie;0,3;2026-03-17 18:00:00',
        'TRUE;1234,57;12:00:00',
        'F;1000000000000000;2026-03-17',
        'in;-12,25;2026-03-17',
        '',
      ].join('\n'),
    );
  });

  it('keeps leading zeros that a format shows, and writes numbers with the sign of the mapping', async () => {
    const path = oneSheet({
      1: ['PESEL', 'Kod', 'Tel'],
      2: [{ value: 2270803628, style: 4 }, { value: 1234, style: 5 }, 48601234567],
      3: ['02270803628', { value: 1234.5, style: 3 }, { value: 1.005, style: 3 }],
    });
    expect(await textOf(path, undefined, '.')).toBe(
      'PESEL;Kod;Tel\n02270803628;01-234;48601234567\n02270803628;1234.5;1.01\n',
    );
  });

  it('numbers lines as the sheet numbers rows, and fills short rows up', async () => {
    const path = oneSheet({
      1: ['Portfel wiosna 2026'],
      4: ['Nazwa', 'Kwota', 'Uwagi'],
      5: ['Ann', 5],
      9: ['Bob', null, 'x'],
    });
    expect(await textOf(path)).toBe('\n\n\nNazwa;Kwota;Uwagi\nAnn;5;\n\n\n\nBob;;x\n');
  });

  it('takes rich text without its pronunciation, and undoes escapes', async () => {
    const path = oneSheet({
      1: ['<r><t>Jan</t></r><rPh><t>jan</t></rPh><r><t> Nowak</t></r>', 'B'],
      2: ['a_x000D__x000A_b', 'c'],
    });
    expect(await textOf(path)).toBe('Jan Nowak;B\na\u2028b;c\n');
  });

  it('marks what has no value that could be read, so that its record is rejected', async () => {
    const path = oneSheet({
      1: ['Name', 'Balance'],
      2: ['Ann', { formula: 'B9*2' }],
      3: ['Bob', { value: '#REF!', type: 'e' }],
      4: ['Eve', { formula: 'B9*2', value: 12 }],
    });
    const preview = await previewFile({ path, mapping: null, storeKind: 'real', thisYear: 2026 });
    expect(preview.records.map(({ line, problems }) => [line, problems])).toEqual([
      [2, ['record.damaged-text']],
      [3, ['record.damaged-text']],
      [4, []],
    ]);
  });

  it('leaves the other cells of a merged area empty: nothing is guessed', async () => {
    const parts = {
      name: 'A',
      merged: 'A2:A3',
      rows: { 1: ['N', 'K'], 2: ['Ann', 1], 3: [null, 2] },
    };
    expect(await textOf(file(xlsxOf([parts])))).toBe('N;K\nAnn;1\n;2\n');
  });

  it('reads the first visible sheet that holds something, or the one that is named', async () => {
    const path = file(
      xlsxOf([
        { name: 'Ukryty', state: 'hidden', rows: { 1: ['h'] } },
        { name: 'Pusty', rows: {} },
        { name: 'Dane & więcej', rows: { 1: ['a', 'b'] } },
        { name: 'Inne', rows: { 1: ['c'] } },
      ]),
    );
    expect(await sheetNames(path)).toEqual(['Pusty', 'Dane & więcej', 'Inne', 'Ukryty']);
    expect(await textOf(path)).toBe('a;b\n');
    expect(await textOf(path, 'Inne')).toBe('c\n');
    await expect(textOf(path, 'Nie ma')).rejects.toMatchObject({ code: 'import.no-such-sheet' });
  });

  it('counts from 1904 where the workbook does', async () => {
    const rows = { 1: ['D'], 2: [{ value: 44_636, style: 1 }] };
    expect(await textOf(file(xlsxOf([{ name: 'A', rows }], { date1904: true })))).toBe(
      'D\n2026-03-17\n',
    );
  });
});

describe('a file that cannot be taken', () => {
  const refused = (bytes: Buffer) =>
    textOf(file(bytes)).then(
      () => 'read',
      (error) => error.code,
    );
  const parts = workbookParts([{ name: 'A', rows: { 1: ['a', 'b'] } }]);

  it('is named: an old workbook, one with a password, another kind of zip', async () => {
    const compound = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2_000)]);
    expect(await refused(compound)).toBe('import.old-spreadsheet');
    const encrypted = Buffer.concat([compound, Buffer.from('EncryptedPackage', 'utf16le')]);
    expect(await refused(encrypted)).toBe('import.encrypted');
    expect(await refused(zipOf([{ name: 'word/document.xml', content: '<a/>' }]))).toBe(
      'import.unreadable',
    );
  });

  it('is unreadable when it is cut off, or is not XML, or brings entities of its own', async () => {
    const whole = zipOf(parts);
    expect(await refused(whole.subarray(0, whole.length - 30))).toBe('import.unreadable');
    const with_ = (content: string) =>
      zipOf(parts.map((part) => (part.name.includes('sheet1') ? { ...part, content } : part)));
    expect(await refused(with_('<worksheet><sheetData><row'))).toBe('import.unreadable');
    const bomb = '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><worksheet>&c;</worksheet>';
    expect(await refused(with_(bomb))).toBe('import.unreadable');
  });

  it('is refused when it unfolds to far more than it is, or to more than it says', async () => {
    const swollen = (declaredSize?: number) =>
      zipOf(
        parts.map((part) =>
          part.name.includes('sheet1')
            ? {
                ...part,
                content: Buffer.alloc(64 * 1024 * 1024, 0x20),
                ...(declaredSize === undefined ? {} : { declaredSize }),
              }
            : part,
        ),
      );
    expect(await refused(swollen())).toBe('import.too-large');
    expect(await refused(swollen(1_000))).toBe('import.unreadable');
  });

  it('is refused when a cell lies a thousand columns away', async () => {
    const sheet = parts.map((part) =>
      part.name.includes('sheet1')
        ? {
            ...part,
            content:
              '<worksheet><sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>',
          }
        : part,
    );
    expect(await refused(zipOf(sheet))).toBe('import.too-large');
  });
});

describe('a spreadsheet in the preview', () => {
  it('is mapped and read as the same file in CSV would be', async () => {
    const path = oneSheet({
      1: ['Imię i nazwisko', 'Telefon', 'Nr umowy', 'Kwota', 'Termin płatności'],
      2: ['Jan Nowak', 601234567, 'U/1', 1234.5, { value: 46_098, style: 1 }],
      3: ['Anna Lis', '601 234 568', 'U/2', '1 234,56', '17.03.2026'],
    });
    const preview = await previewFile({ path, mapping: null, storeKind: 'real', thisYear: 2026 });
    expect(preview.mapping).toMatchObject({
      format: 'xlsx',
      encoding: 'utf-8',
      decimalSeparator: ',',
      columns: ['fullName', 'phone', 'debtRef', 'balance', 'dueOn'],
    });
    expect(preview).toMatchObject({ rows: 2, sheets: ['Arkusz1'] });
    expect(preview.records).toMatchObject([
      { balance: { amountMinor: 123_450 }, dueOn: '2026-03-17', phones: ['+48601234567'] },
      { balance: { amountMinor: 123_456 }, dueOn: '2026-03-17', phones: ['+48601234568'] },
    ]);
  });

  it('reads numbers of cells right whichever sign the texts beside them have', async () => {
    const path = oneSheet({
      1: ['Name', 'Balance', 'Fees'],
      2: ['Ann Lee', 10.5, '1,234.56'],
      3: ['Bob Lee', 10.5, '1,234.56'],
      4: ['Eve Lee', '2,234.50', '1,234.56'],
    });
    const preview = await previewFile({ path, mapping: null, storeKind: 'real', thisYear: 2026 });
    expect(preview.mapping.decimalSeparator).toBe('.');
    expect(preview.rawRows[0]).toEqual(['Ann Lee', '10.5', '1,234.56']);
    expect(preview.records[0]?.balance?.amountMinor).toBe(1_050);
  });
});
