import { describe, expect, it } from 'vitest';
import { parseReportFile } from './report-file.ts';

const numbersIn = (text: string) => [...parseReportFile(text).numbers];

describe('a list of unwanted numbers', () => {
  it('has one number a line, however it is written', () => {
    expect(numbersIn('+48 22 123 45 67\r\n0048221234568\n48221234569\n\n# a comment\n')).toEqual([
      ['+48221234567', null],
      ['+48221234568', null],
      ['+48221234569', null],
    ]);
  });

  it('or is CSV with a header, whose other columns are the note', () => {
    const text = '\uFEFFscore;"Phone number";reason\n9;"+48 22 123 45 67";debt calls\n1;;x\n';
    expect(numbersIn(text)).toEqual([['+48221234567', '9; debt calls']]);
    expect(parseReportFile(text)).toMatchObject({ lines: 2, unreadable: 1 });
  });

  it('or CSV without one', () => {
    expect(numbersIn('spam,+12125550123\nspam,+12125550124')).toEqual([
      ['+12125550123', 'spam'],
      ['+12125550124', 'spam'],
    ]);
  });

  it('counts what cannot be read, and numbers that do not say their country', () => {
    expect(parseReportFile('hello\n22 123 45\n')).toEqual({
      numbers: new Map(),
      lines: 2,
      unreadable: 2,
    });
  });
});
