import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ImportMapping } from '#shared/contract/index.ts';
import { openTestStore, type TestStore } from '../../../testing/open-test-store.ts';
import { fittingTemplates, loadTemplates } from './load-templates.ts';
import { templateWrites } from './template-writes.ts';

let store: TestStore;
beforeEach(() => {
  store = openTestStore();
});
afterEach(() => store.close());

const mapping: ImportMapping = {
  encoding: 'utf-8',
  delimiter: ';',
  decimalSeparator: ',',
  dateOrder: 'dayFirst',
  defaultCountry: 'PL',
  defaultCurrency: 'PLN',
  hasHeader: true,
  columns: ['paidOn', 'amount', 'title'],
};
const save = (name: string, headers: string[], kind: 'payments' | 'bankStatement' = 'payments') =>
  store.runNow((db, context) =>
    templateWrites['importTemplate.save'](db, context, {
      name,
      kind,
      mappingJson: JSON.stringify(mapping),
      headersJson: JSON.stringify(headers),
    }),
  );

it('finds the template of a file by its headers, whatever their case and signs', () => {
  save('mBank', ['Data operacji', 'Kwota', 'Tytuł']);
  save('other', ['Data', 'Kwota', 'Tytuł']);
  const templates = loadTemplates(store.read, 'payments');
  const names = (headers: string[]) => fittingTemplates(templates, headers).map(({ name }) => name);
  expect(names(['#DATA_OPERACJI'.slice(1), ' kwota ', 'tytul'])).toEqual(['mBank']);
  expect(names(['Kwota', 'Data operacji', 'Tytuł'])).toEqual([]);
  expect(names(['', '', ''])).toEqual([]);
});

it('replaces one of the same name and kind, and keeps kinds apart', () => {
  const first = save('mBank', ['A']);
  const again = save('mBank', ['B']);
  save('mBank', ['C'], 'bankStatement');
  expect(again).toEqual(first);
  expect(loadTemplates(store.read, 'payments').map(({ headers }) => headers)).toEqual([['B']]);
  expect(loadTemplates(store.read, null)).toHaveLength(2);
});

it('deletes one, once', () => {
  const { importTemplateId } = save('mBank', ['A']);
  const remove = () =>
    store.runNow((db, context) =>
      templateWrites['importTemplate.delete'](db, context, { importTemplateId }),
    );
  remove();
  expect(loadTemplates(store.read, null)).toEqual([]);
  expect(remove).toThrow(expect.objectContaining({ code: 'contract.not-found' }));
});
