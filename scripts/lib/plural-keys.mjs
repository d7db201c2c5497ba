const suffix = /^(.+?)(_ordinal)?_(zero|one|two|few|many|other)$/;

/**
 * Takes i18next's plural ending off a key.
 * @param {string} key such as `inbox.unread_few`
 * @returns {{ base: string, form: string | undefined, ordinal: boolean }}
 */
export function splitPlural(key) {
  const match = suffix.exec(key);
  if (!match) return { base: key, form: undefined, ordinal: false };
  const [, base = key, ordinal, form] = match;
  return { base, form, ordinal: ordinal !== undefined };
}

/**
 * The forms a language has, by Unicode's plural rules.
 * @param {string} language
 * @param {boolean} ordinal first, second, third instead of one, two, three
 * @returns {string[]} such as `['one', 'few', 'many', 'other']`
 */
export function pluralForms(language, ordinal) {
  const rules = new Intl.PluralRules(language, { type: ordinal ? 'ordinal' : 'cardinal' });
  return rules.resolvedOptions().pluralCategories;
}

/**
 * The keys that a language must have where another language has these: a plural message has as
 * many as the language has forms.
 * @param {Iterable<string>} keys of any language
 * @param {string} language
 * @returns {Set<string>}
 */
export function requiredKeys(keys, language) {
  const required = new Set();
  const all = new Set(keys);
  for (const key of all) {
    const { base, form, ordinal } = splitPlural(key);
    const stem = `${base}${ordinal ? '_ordinal' : ''}`;
    // every language has the form `other`: without it an ending like `_one` is part of the name
    if (form === undefined || !all.has(`${stem}_other`)) required.add(key);
    else for (const one of pluralForms(language, ordinal)) required.add(`${stem}_${one}`);
  }
  return required;
}
