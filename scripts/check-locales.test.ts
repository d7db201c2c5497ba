import { describe, expect, it } from 'vitest';
import { findLocaleProblems } from './lib/locale-problems.mjs';
import { pluralForms, requiredKeys, splitPlural } from './lib/plural-keys.mjs';
import { aTree, type Tree } from './testing/temporary-tree.ts';

const folder = 'resources/locales';

/** One key in four languages, used once, with nothing to complain about. */
function aSoundTree(changes: Tree = {}): Tree {
  return {
    [`${folder}/en/call.json`]: { call: { end: 'Hang up' } },
    [`${folder}/pl/call.json`]: { call: { end: 'Rozłącz' } },
    [`${folder}/ru/call.json`]: { call: { end: 'Завершить' } },
    [`${folder}/zh/call.json`]: { call: { end: '挂断' } },
    'renderer/features/bar.tsx': "export const Bar = () => <b>{t('call.end')}</b>;",
    ...changes,
  };
}

function problems(changes: Tree = {}): string[] {
  return findLocaleProblems(aTree(aSoundTree(changes))).problems;
}

describe('plural forms', () => {
  it('takes the ending off, ordinals too', () => {
    expect(splitPlural('inbox.unread_few')).toEqual({
      base: 'inbox.unread',
      form: 'few',
      ordinal: false,
    });
    expect(splitPlural('place_ordinal_one')).toEqual({ base: 'place', form: 'one', ordinal: true });
    expect(splitPlural('call.end')).toEqual({ base: 'call.end', form: undefined, ordinal: false });
  });

  it('asks each language for its own forms', () => {
    expect(pluralForms('zh', false)).toEqual(['other']);
    expect([...requiredKeys(['n_one', 'n_other'], 'pl')].sort()).toEqual([
      'n_few',
      'n_many',
      'n_one',
      'n_other',
    ]);
    expect([...requiredKeys(['n_one', 'n_few', 'n_many', 'n_other'], 'zh')]).toEqual(['n_other']);
  });

  it('takes an ending without a form `other` for a part of the name', () => {
    expect([...requiredKeys(['option_one'], 'ru')]).toEqual(['option_one']);
  });
});

describe('locale check', () => {
  it('finds nothing in sound locales', () => {
    expect(problems()).toEqual([]);
  });

  it('reports a key that a language lacks', () => {
    expect(problems({ [`${folder}/ru/call.json`]: {} })).toEqual([
      "resources/locales/ru: 'call.end' is missing",
    ]);
  });

  it('reports an empty text and a file that is no object', () => {
    const found = problems({
      [`${folder}/pl/call.json`]: { call: { end: ' ' } },
      [`${folder}/zh/more.json`]: '[',
    });
    expect(found).toContain("resources/locales/pl/call.json: 'call.end' is not a text");
    expect(found).toContain('resources/locales/zh/more.json is not a JSON object');
  });

  it('reports a missing plural form, and one that the language has not', () => {
    const found = problems({
      [`${folder}/en/list.json`]: { rows_one: '{{count}} row', rows_other: '{{count}} rows' },
      [`${folder}/pl/list.json`]: {
        rows_one: '{{count}} wiersz',
        rows_few: '{{count}} wiersze',
        rows_other: '{{count}} wiersza',
      },
      [`${folder}/ru/list.json`]: {
        rows_one: 'строка',
        rows_few: '{{count}} строки',
        rows_many: '{{count}} строк',
        rows_other: '{{count}} строки',
      },
      [`${folder}/zh/list.json`]: { rows_one: '{{count}} 行', rows_other: '{{count}} 行' },
      'renderer/list.ts': "t('rows', { count: 1 });",
    });
    expect(found).toEqual([
      "resources/locales/pl: 'rows_many' is missing",
      "resources/locales/zh/list.json: 'rows_one' is a form that zh has not",
    ]);
  });

  it('reports a key that is used and does not exist, in every way of asking', () => {
    const found = problems({
      'renderer/a.tsx': `t('a.one'); i18n.t("a.two"); t('call:a.three'); t(x ? 'a.four' : \`a.five\`);
t(['a.six', 'call.end']); export const T = () => <Trans i18nKey="a.seven" />;`,
    });
    const keys = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'];
    expect(found).toEqual(keys.map((key) => `renderer/a.tsx: 'a.${key}' is in no locale`));
  });

  it('reports a key that nothing uses, and counts one that waits in a table', () => {
    expect(problems({ 'renderer/features/bar.tsx': '' })).toEqual(["'call.end' is used nowhere"]);
    const table = "export const labels = { end: 'call.end' };";
    expect(problems({ 'renderer/features/bar.tsx': table })).toEqual([]);
  });

  it('does not count a use in a test', () => {
    const found = problems({
      'renderer/features/bar.tsx': '',
      'renderer/features/bar.test.tsx': "t('call.end');",
    });
    expect(found).toEqual(["'call.end' is used nowhere"]);
  });

  it('wants keys built at run time declared', () => {
    const use = { 'renderer/features/bar.tsx': 'export const text = t(`call.${name}`);' };
    expect(problems(use)).toEqual([
      "renderer/features/bar.tsx: 'call.…' is built at run time: declare it in dynamic-keys.json",
      "'call.end' is used nowhere",
    ]);
    expect(problems({ ...use, [`${folder}/dynamic-keys.json`]: '["call.*"]' })).toEqual([]);
  });

  it('reports the English text in another language unless it is listed', () => {
    const copy = { [`${folder}/pl/call.json`]: { call: { end: 'Hang up' } } };
    expect(problems(copy)).toHaveLength(1);
    expect(problems({ ...copy, [`${folder}/same-as-english.json`]: '["call.end"]' })).toEqual([]);
  });

  it('takes a text without words for the same everywhere', () => {
    const text = { dash: '{{from}} – {{to}}' };
    const files = ['en', 'pl', 'ru', 'zh'].map((name) => [`${folder}/${name}/dash.json`, text]);
    expect(problems({ ...Object.fromEntries(files), 'renderer/a.ts': "t('dash');" })).toEqual([]);
  });

  it('reports a list entry that is no key', () => {
    expect(problems({ [`${folder}/same-as-english.json`]: '["gone"]' })).toEqual([
      "resources/locales/same-as-english.json: 'gone' is no key",
    ]);
  });

  it('reports placeholders and tags that differ from the English ones', () => {
    const found = problems({
      [`${folder}/en/call.json`]: { call: { end: 'Call <b>{{name}}</b>' } },
      [`${folder}/pl/call.json`]: { call: { end: 'Zadzwoń: <b>{{nazwa}}</b>' } },
      [`${folder}/ru/call.json`]: { call: { end: 'Позвонить: <b>{{ name }}</b>' } },
      [`${folder}/zh/call.json`]: { call: { end: '呼叫 {{name}}' } },
    });
    expect(found).toEqual([
      "resources/locales/pl: 'call.end' has </b> <b> {{nazwa}}, English has </b> <b> {{name}}",
      "resources/locales/zh: 'call.end' has {{name}}, English has </b> <b> {{name}}",
    ]);
  });

  it('reports a top-level key that two files of a language share', () => {
    expect(problems({ [`${folder}/en/more.json`]: { call: { end: 'End' } } })).toEqual([
      "resources/locales/en/more.json: 'call' is also in resources/locales/en/call.json, one hides the other",
    ]);
  });
});
