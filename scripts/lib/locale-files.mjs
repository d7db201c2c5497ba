import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const languages = ['en', 'pl', 'ru', 'zh'];
export const localesFolder = 'resources/locales';

/** @typedef {{ key: string, value: string, file: string }} Message key with dots; file from the root */
/** @typedef {{ language: string, messages: Map<string, Message>, problems: string[] }} Locale */

/**
 * Reads all files of one language. They form one tree, in which every file has top-level keys of
 * its own; a file's name is only for finding it.
 * @param {string} projectRoot
 * @param {string} language
 * @returns {Locale} what cannot be read is among the problems
 */
export function readLocale(projectRoot, language) {
  const folder = `${localesFolder}/${language}`;
  /** @type {Locale} */
  const locale = { language, messages: new Map(), problems: [] };
  const names = existsSync(join(projectRoot, folder)) ? readdirSync(join(projectRoot, folder)) : [];
  const owners = /** @type {Map<string, string>} */ (new Map());
  for (const name of names.filter((one) => one.endsWith('.json')).sort()) {
    const file = `${folder}/${name}`;
    const tree = parseObject(readFileSync(join(projectRoot, file), 'utf8'));
    if (tree === undefined) {
      locale.problems.push(`${file} is not a JSON object`);
      continue;
    }
    for (const top of Object.keys(tree)) {
      const owner = owners.get(top);
      if (owner) locale.problems.push(`${file}: '${top}' is also in ${owner}, one hides the other`);
      owners.set(top, file);
    }
    flatten(tree, '', file, locale);
  }
  return locale;
}

/**
 * @param {string} text
 * @returns {Record<string, unknown> | undefined}
 */
function parseObject(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {Record<string, unknown>} tree
 * @param {string} prefix
 * @param {string} file
 * @param {Locale} locale
 */
function flatten(tree, prefix, file, locale) {
  for (const [name, value] of Object.entries(tree)) {
    const key = `${prefix}${name}`;
    if (typeof value === 'string' && value.trim() !== '') {
      locale.messages.set(key, { key, value, file });
    } else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      flatten(/** @type {Record<string, unknown>} */ (value), `${key}.`, file, locale);
    } else {
      locale.problems.push(`${file}: '${key}' is not a text`);
    }
  }
}

/**
 * A list beside the locales, such as the keys that are built at run time.
 * @param {string} projectRoot
 * @param {string} name
 * @returns {string[]} keys, or beginnings of keys that end in `.*`; empty without the file
 */
export function readKeyList(projectRoot, name) {
  const path = join(projectRoot, localesFolder, name);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : [];
}

/**
 * @param {readonly string[]} list as {@link readKeyList} gives it
 * @param {string} key
 */
export function isListed(list, key) {
  return list.some((item) =>
    item.endsWith('*') ? key.startsWith(item.slice(0, -1)) : item === key,
  );
}
