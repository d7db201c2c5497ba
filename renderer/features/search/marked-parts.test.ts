import { describe, expect, it } from 'vitest';
import type { SearchKind } from '#shared/contract/index.ts';
import { markedParts } from './marked-parts.ts';

const marked = (text: string, query: string, kind: SearchKind = 'name'): string =>
  markedParts(text, query, kind)
    .map((part) => (part.marked ? `[${part.text}]` : part.text))
    .join('');

describe('what was typed, marked in what was found', () => {
  it('is the beginning of a word, without case and diacritics', () => {
    expect(marked('Anna Kowalczyk-Wójcik', 'kowal')).toBe('Anna [Kowal]czyk-Wójcik');
    expect(marked('Zofia Łącka', 'lac')).toBe('Zofia [Łąc]ka');
    expect(marked('Wójcik-Wojciechowska', 'wojc')).toBe('[Wójc]ik-[Wojc]iechowska');
  });

  it('is every word that was typed, in any order', () => {
    expect(marked('Anna Kowalczyk', 'kow an')).toBe('[An]na [Kow]alczyk');
  });

  it('is inside a word where none begins so', () => {
    expect(marked('Brzęczyszczykiewicz', 'czyszcz')).toBe('Brzę[czyszcz]ykiewicz');
  });

  it('is found in other scripts', () => {
    expect(marked('Щербакова Ольга', 'оль')).toBe('Щербакова [Оль]га');
    expect(marked('王秀英', '秀英')).toBe('王[秀英]');
  });

  it('keeps letters together that fold to two', () => {
    expect(marked('Strauß', 'strauss')).toBe('[Strauß]');
  });

  it('is any part of a number, whatever stands between its digits', () => {
    expect(marked('+48 604 555 012', '04555', 'phone')).toBe('+48 6[04 555] 012');
    expect(marked('NT-104-2231', 'nt104', 'reference')).toBe('[NT-104]-2231');
  });

  it('is nothing in a masked number, and nothing for an empty query', () => {
    expect(marked('•••••••1234', '777', 'nationalId')).toBe('•••••••1234');
    expect(marked('Anna', '')).toBe('Anna');
    expect(markedParts('', 'a', 'name')).toEqual([]);
  });
});
