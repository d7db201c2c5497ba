import { describe, expect, it } from 'vitest';
import { breakLines, holdShortWords } from './break-lines.ts';

/** every letter is one point wide */
const lines = (text: string, width: number) =>
  breakLines(text, width, (part) => [...part].length).map((line) => line.text);

describe('breaking lines', () => {
  it.each([
    ['between words', 'one two three', 8, ['one two', 'three']],
    ['at line ends that are given', 'a\n\nb', 8, ['a', '', 'b']],
    ['after a hyphen, which stays', 'Żółć-Gęślą', 6, ['Żółć-', 'Gęślą']],
    ['inside a word that is too long alone', 'abcdefghij', 4, ['abcd', 'efgh', 'ij']],
    ['between Chinese characters', '付款通知书', 2, ['付款', '通知', '书']],
    ['but not before Chinese punctuation', '付款，通知。', 2, ['付', '款，', '通', '知。']],
    ['between scripts', '编号ABC编号', 5, ['编号ABC', '编号']],
    [
      'never at a non-breaking space',
      'dnia 21\u00a0XI\u00a02026 r.',
      10,
      ['dnia', '21\u00a0XI\u00a02026', 'r.'],
    ],
    ['and drops spaces at the breaks', 'one   two', 3, ['one', 'two']],
    ['of nothing', '', 5, ['']],
  ])('%s', (_where, text, width, expected) => {
    expect(lines(text, width)).toEqual(expected);
  });

  it('loses no letter', () => {
    const text = 'Wójcik (付款)通知-ABC/DEF Иванова, 12 345,67 zł: „w” i 王小明。';
    for (let width = 1; width < 40; width += 1) {
      expect(lines(text, width).join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    }
  });

  it('keeps one-letter Polish words with what follows', () => {
    expect(holdShortWords('w domu i z psem')).toBe('w\u00a0domu i\u00a0z\u00a0psem');
  });
});
