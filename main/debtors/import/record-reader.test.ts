import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectDelimiter } from './detect-delimiter.ts';
import { RecordReader } from './record-reader.ts';
import { createTextDecoder, detectEncoding } from './text-encoding.ts';

function readAll(text: string, delimiter = ';', pieceLength = text.length || 1) {
  const reader = new RecordReader(delimiter);
  const records = [];
  for (let at = 0; at < text.length; at += pieceLength)
    records.push(...reader.push(text.slice(at, at + pieceLength)));
  return [...records, ...reader.end()];
}

describe('the record reader', () => {
  it('gives fields with quotes, line breaks and delimiters inside, and the lines where records begin', () => {
    const text = 'a;"b;""c""\r\nd";e\r\n\r\nf;g;h\ri;j;"k"';
    expect(readAll(text)).toEqual([
      { line: 1, fields: ['a', 'b;"c"\r\nd', 'e'], problem: null, hasLineEnd: true },
      { line: 4, fields: ['f', 'g', 'h'], problem: null, hasLineEnd: true },
      { line: 5, fields: ['i', 'j', 'k'], problem: null, hasLineEnd: false },
    ]);
  });

  it('loses one line, not the rest of the file, to a quote that is never closed', () => {
    const records = readAll('a;b\n"c;d\ne;f\ng;h\n');
    expect(records.map(({ line, problem }) => [line, problem])).toEqual([
      [1, null],
      [2, 'record.damaged-quotes'],
      [3, null],
      [4, null],
    ]);
  });

  it('loses one line to a quote that the next row closes, when it knows how wide rows are', () => {
    const reader = new RecordReader(';', 2);
    const records = [...reader.push('a;b\n1;"two\n3;"four"\n5;"six\nlines"\n'), ...reader.end()];
    expect(records.map(({ line, fields, problem }) => [line, fields[0], problem])).toEqual([
      [1, 'a', null],
      [2, '1', 'record.damaged-quotes'],
      [3, '3', null],
      [4, '5', null],
    ]);
  });

  it('takes a quote inside a field for a letter', () => {
    expect(readAll('5" pipe;"say "yes" twice";x\n')[0]?.fields).toEqual([
      '5" pipe',
      'say "yes" twice',
      'x',
    ]);
  });

  it('gives up on a record without an end and goes on after it', () => {
    const records = readAll(`${'x'.repeat(300_000)}\nnext;one\n`, ';', 10_000);
    expect(records.at(-1)).toMatchObject({ fields: ['next', 'one'], problem: null });
    expect(records[0]?.problem).toBe('record.too-long');
  });

  it('is not slowed down by a file full of single quotes', () => {
    const startedMs = performance.now();
    const records = readAll('"abc\n'.repeat(50_000), ';', 65_536);
    expect(records).toHaveLength(50_000);
    expect(performance.now() - startedMs).toBeLessThan(8_000);
  });

  it('reads what another parser writes and reads, in pieces of any length', () => {
    const field = fc.string({ unit: fc.constantFrom(...'ab";,\n\r ż'), maxLength: 6 });
    const table = fc.array(fc.array(field, { minLength: 2, maxLength: 5 }), { minLength: 1 });
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 7 }), (rows, pieceLength) => {
        const text = rows
          .map((row) => `${row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';')}\r\n`)
          .join('');
        const filled = (record: string[]) => record.some((cell) => cell.trim() !== '');
        const expected = (
          parse(text, { delimiter: ';', relax_column_count: true }) as string[][]
        ).filter(filled);
        expect(readAll(text, ';', pieceLength).map((record) => record.fields)).toEqual(expected);
      }),
    );
  });

  it('gives the same records however the text is cut', () => {
    const soup = fc.string({ unit: fc.constantFrom(...'a";\n\r'), maxLength: 60 });
    fc.assert(
      fc.property(soup, fc.integer({ min: 1, max: 9 }), (text, pieceLength) => {
        expect(readAll(text, ';', pieceLength)).toEqual(readAll(text));
      }),
    );
  });
});

describe('delimiters', () => {
  it.each([
    ['a;b;c\n1,5;2,5;3,5\n', ';'],
    ['a,b\n"x;y;z",2\n', ','],
    ['a\tb, c\n1\t2\n', '\t'],
    ['a|b|c\n1|2;3|4\n', '|'],
    ['single\n', ';'],
  ])('%j', (text, expected) => expect(detectDelimiter(text)).toBe(expected));
});

describe('encodings', () => {
  const polish = Buffer.from(
    'Imi\xea;Nazwisko\r\nZa\xbf\xf3\xb3\xe6;\x8cci\xb9ga\xb3a\r\n',
    'latin1',
  );
  const russian = Buffer.from(
    '\xd4\xc8\xce;\xd1\xf3\xec\xec\xe0\r\n\xc8\xe2\xe0\xed\xee\xe2;1\r\n',
    'latin1',
  );

  it('tells them by their bytes', () => {
    expect(detectEncoding(polish)).toBe('windows-1250');
    expect(detectEncoding(russian)).toBe('windows-1251');
    expect(detectEncoding(Buffer.from('Zażółć;ФИО'))).toBe('utf-8');
    expect(detectEncoding(Buffer.from('plain;ascii'))).toBe('utf-8');
    expect(detectEncoding(Buffer.from('\ufeffa;b', 'utf16le'))).toBe('utf-16le');
    expect(detectEncoding(Buffer.from('name;amount\r\n', 'utf16le'))).toBe('utf-16le');
    // the sample ends in the middle of a letter
    expect(detectEncoding(Buffer.from('Zażół').subarray(0, -1))).toBe('utf-8');
  });

  it('decodes letters that lie across two pieces, and drops the mark', () => {
    const decoder = createTextDecoder('utf-8');
    const bytes = Buffer.from('\ufeffżó');
    const text =
      [...bytes].map((byte) => decoder.write(Uint8Array.of(byte))).join('') + decoder.end();
    expect(text).toBe('żó');
  });
});
