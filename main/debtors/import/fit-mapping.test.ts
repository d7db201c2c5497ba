import { describe, expect, it } from 'vitest';
import { fitMapping } from './fit-mapping.ts';
import { guessMapping } from './guess-mapping.ts';

const file = new TextEncoder().encode(
  'Imię i nazwisko;Telefon;Kwota\nAnna Nowak;600100200;"12,50"\nJan Lis;600100201;"7,00"\n',
);

describe('a mapping that a person changed', () => {
  it('stays when the file has as many columns', () => {
    const mapping = { ...guessMapping(file), columns: ['ignore', 'phone', 'balance'] as const };
    expect(fitMapping({ ...mapping, columns: [...mapping.columns] }, file).columns).toEqual([
      'ignore',
      'phone',
      'balance',
    ]);
  });

  it('gets its columns guessed anew for another delimiter, and keeps the rest', () => {
    const guessed = guessMapping(file);
    const wrong = fitMapping({ ...guessed, delimiter: '|', dateOrder: 'yearFirst' }, file);
    expect(wrong.columns).toHaveLength(1);
    const right = fitMapping({ ...wrong, delimiter: ';' }, file);
    expect(right.columns).toEqual(guessed.columns);
    expect(right.dateOrder).toBe('yearFirst');
  });
});
