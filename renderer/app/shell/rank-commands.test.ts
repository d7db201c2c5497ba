import { describe, expect, it } from 'vitest';
import { rankCommands } from './rank-commands.ts';

const labels = ['Nowa kampania', 'Importuj plik', 'Łącza i numery', 'Skrzynka importów'];
const ranked = (typed: string): string[] => rankCommands(labels, typed, (label) => label);

describe('commands for what was typed', () => {
  it('are all of them, in their order, for nothing', () => {
    expect(ranked('')).toEqual(labels);
  });

  it('are those that fit, the beginning of the label first', () => {
    expect(ranked('import')).toEqual(['Importuj plik', 'Skrzynka importów']);
  });

  it('are found without diacritics and by a part of a word', () => {
    expect(ranked('lacza')).toEqual(['Łącza i numery']);
    expect(ranked('pania')).toEqual(['Nowa kampania']);
    expect(ranked('zzz')).toEqual([]);
  });
});
