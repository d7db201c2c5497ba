import { expect, it } from 'vitest';
import { listFilter } from '#shared/contract/index.ts';
import { drawLists } from './draw-filters.ts';

const choices = {
  languages: ['pl', 'ru'],
  jurisdictions: ['PL', 'RU'],
  cities: ['Łódź', 'Казань'],
  currencies: ['PLN', 'RUB'],
  flags: [],
};

it('draws lists of three conditions each that the contract takes, the same for the same seed', () => {
  const lists = drawLists(choices, 200, 3);
  for (const { filter } of lists) {
    expect(listFilter.safeParse(filter).error).toBeUndefined();
    expect(Object.keys(filter ?? {})).toHaveLength(3);
  }
  expect(drawLists(choices, 200, 3)).toEqual(lists);
});
