import { describe, expect, it } from 'vitest';
import { highlightParts } from './highlight-parts.ts';

const marked = (text: string, search: string): string =>
  highlightParts(text, search)
    .map((part) => (part.hit ? `[${part.text}]` : part.text))
    .join('');

describe('what a search found in a text', () => {
  it.each([
    ['Zapłaci w piątek', 'zaplaci piatek', '[Zapłaci] w [piątek]'],
    ['Will pay, will see', 'WILL', '[Will] pay, [will] see'],
    ['Ещё не платил', 'еще', '[Ещё] не платил'],
    ['付款承诺已记录', '承诺', '付款[承诺]已记录'],
    ['aaaa', 'aa', '[aaaa]'],
    ['nothing here', 'zzz', 'nothing here'],
    ['FV/2026/0817', '0817', 'FV/2026/[0817]'],
    ['all of it', '  ', 'all of it'],
    ['a*b', '"a"', '[a]*b'],
  ])('in %j for %j is %j', (text, search, expected) => {
    expect(marked(text, search)).toBe(expected);
  });

  it('loses nothing of the text', () => {
    const text = 'İstanbul ﬁn ß Łódź 😀 końca';
    expect(
      highlightParts(text, 'a i o ł')
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
  });
});
