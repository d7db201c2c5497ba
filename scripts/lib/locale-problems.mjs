import { isListed, languages, localesFolder, readKeyList, readLocale } from './locale-files.mjs';
import { requiredKeys, splitPlural } from './plural-keys.mjs';
import { isTestFile, readSourceFiles } from './source-files.mjs';
import { findUsedKeys } from './used-keys.mjs';

/** @import { Locale } from './locale-files.mjs' */
/** @import { UsedKeys } from './used-keys.mjs' */

const dynamicKeysFile = 'dynamic-keys.json';
const sameAsEnglishFile = 'same-as-english.json';

/**
 * Checks that every text exists in every language and is used.
 * @param {string} projectRoot
 * @returns {{ keys: number, problems: string[] }} problems for people, one a line
 */
export function findLocaleProblems(projectRoot) {
  const locales = languages.map((language) => readLocale(projectRoot, language));
  const dynamic = readKeyList(projectRoot, dynamicKeysFile);
  const same = readKeyList(projectRoot, sameAsEnglishFile);
  const sources = readSourceFiles(projectRoot, ['renderer', 'main/shell']).filter(
    ({ path }) => !isTestFile(path),
  );
  const used = findUsedKeys(sources);
  const keys = new Set(locales.flatMap(({ messages }) => [...messages.keys()]));
  return {
    keys: keys.size,
    problems: [
      ...locales.flatMap(({ problems }) => problems),
      ...locales.flatMap((locale) => wrongKeys(locale, keys)),
      ...missingUses(used, keys),
      ...undeclared(used, dynamic),
      ...unused(keys, used, dynamic),
      ...untranslated(locales, same),
      ...differingPlaceholders(locales),
      ...staleListEntries(keys, same),
    ],
  };
}

/**
 * @param {Locale} locale
 * @param {ReadonlySet<string>} keys of all languages
 */
function wrongKeys({ language, messages }, keys) {
  const required = requiredKeys(keys, language);
  const missing = [...required].filter((key) => !messages.has(key)).sort();
  const superfluous = [...messages.values()].filter(({ key }) => !required.has(key));
  return [
    ...missing.map((key) => `${localesFolder}/${language}: '${key}' is missing`),
    ...superfluous.map(({ key, file }) => `${file}: '${key}' is a form that ${language} has not`),
  ];
}

/**
 * @param {string} key as a source asks for it
 * @param {ReadonlySet<string>} keys
 */
function exists(key, keys) {
  return keys.has(key) || keys.has(`${key}_other`) || keys.has(`${key}_ordinal_other`);
}

/**
 * @param {UsedKeys} used
 * @param {ReadonlySet<string>} keys
 */
function missingUses({ asked }, keys) {
  return [...asked]
    .filter(([key]) => !exists(key, keys))
    .map(([key, file]) => `${file}: '${key}' is in no locale`);
}

/**
 * @param {UsedKeys} used
 * @param {readonly string[]} dynamic
 */
function undeclared({ beginnings }, dynamic) {
  return [...beginnings]
    .filter(([beginning]) => !isListed(dynamic, beginning))
    .map(
      ([beginning, file]) =>
        `${file}: '${beginning}…' is built at run time: declare it in ${dynamicKeysFile}`,
    );
}

/**
 * @param {ReadonlySet<string>} keys
 * @param {UsedKeys} used
 * @param {readonly string[]} dynamic
 */
function unused(keys, { asked, literals }, dynamic) {
  const isUsed = (/** @type {string} */ key) => {
    const { base } = splitPlural(key);
    return [key, base].some(
      (name) => asked.has(name) || literals.has(name) || isListed(dynamic, name),
    );
  };
  return [...keys]
    .filter((key) => !isUsed(key))
    .sort()
    .map((key) => `'${key}' is used nowhere`);
}

const placeholder = /\{\{[^}]*\}\}|<\/?[\w-]+ *\/?>|\$t\([^)]*\)/g;

/**
 * Text without a letter outside its placeholders is the same everywhere.
 * @param {string} value
 */
function hasWords(value) {
  return /\p{Letter}/u.test(value.replace(placeholder, ''));
}

/**
 * @param {readonly Locale[]} locales English first
 * @param {readonly string[]} same
 */
function untranslated([english, ...others], same) {
  return others.flatMap(({ messages }) =>
    [...messages.values()]
      .filter(({ key, value }) => value === english?.messages.get(key)?.value && hasWords(value))
      .filter(({ key }) => !isListed(same, key))
      .map(
        ({ key, file }) =>
          `${file}: '${key}' is the English text; if it should be, list it in ${sameAsEnglishFile}`,
      ),
  );
}

/**
 * @param {ReadonlySet<string>} keys
 * @param {readonly string[]} same
 */
function staleListEntries(keys, same) {
  return same
    .filter((item) => ![...keys].some((key) => isListed([item], key)))
    .map((item) => `${localesFolder}/${sameAsEnglishFile}: '${item}' is no key`);
}

/**
 * The forms of a plural message are taken together: `one` need not repeat the number.
 * @param {readonly Locale[]} locales English first
 */
function differingPlaceholders([english, ...others]) {
  const expected = english ? placeholdersByBase(english) : new Map();
  return others.flatMap((locale) =>
    [...placeholdersByBase(locale)]
      .filter(([base, names]) => expected.has(base) && expected.get(base) !== names)
      .map(
        ([base, names]) =>
          `${localesFolder}/${locale.language}: '${base}' has ${names || 'no placeholders'}, English has ${expected.get(base) || 'none'}`,
      ),
  );
}

/**
 * @param {Locale} locale
 * @returns {Map<string, string>} base key → its placeholders, sorted and joined
 */
function placeholdersByBase({ messages }) {
  const sets = /** @type {Map<string, Set<string>>} */ (new Map());
  for (const { key, value } of messages.values()) {
    const { base } = splitPlural(key);
    const names = sets.get(base) ?? new Set();
    for (const [text] of value.matchAll(placeholder)) names.add(text.replace(/[\s]|,[^}]*/g, ''));
    sets.set(base, names);
  }
  return new Map([...sets].map(([base, names]) => [base, [...names].sort().join(' ')]));
}
