import type { DocumentLanguage } from '#shared/contract/index.ts';
import { localDateTime } from '../cell.ts';
import { exportTexts } from '../texts/index.ts';
import { columnWord, isTechnical } from './person-columns.ts';
import { personTexts } from './person-texts.ts';

export interface PersonPart {
  table: string;
  rows: readonly Record<string, unknown>[];
}

export interface PersonFile {
  /** inside the ZIP; null: it cannot be read any more */
  path: string | null;
  name: string;
}

export interface PersonPageOptions {
  language: DocumentLanguage;
  timeZone: string;
  now: number;
  displayName: string;
}

const STYLE =
  'body{font:14px/1.5 sans-serif;margin:2em;max-width:80em}table{border-collapse:collapse;margin:.5em 0 2em}' +
  'td,th{border:1px solid #ccc;padding:.3em .6em;text-align:left;vertical-align:top;overflow-wrap:anywhere;max-width:30em}th{background:#f4f4f4;font-weight:600}';

/** The readable page, piece by piece: a history may be long. It has no script and loads nothing. */
export function* personPage(
  parts: Iterable<PersonPart>,
  files: readonly PersonFile[],
  options: PersonPageOptions,
): Generator<string> {
  const { language, timeZone, now, displayName } = options;
  const texts = personTexts[language];
  yield `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${html(`${texts.title}: ${displayName}`)}</title><style>${STYLE}</style></head><body>`;
  yield `<h1>${html(texts.title)}: ${html(displayName)}</h1>`;
  yield `<p>${html(texts.madeAt)} ${html(localDateTime(now, timeZone))}</p>`;
  yield `<p>${html(texts.intro.replace('{{zone}}', timeZone))} ${html(texts.rejectedAlso)}</p>`;
  for (const { table, rows } of parts) {
    const title = table === 'auditEntry' ? texts.auditTitle : (texts.tables[table] ?? table);
    yield `<h2>${html(title)}</h2>`;
    if (rows.length === 0) yield `<p>${html(texts.nothing)}</p>`;
    else yield* tableOf(rows, options);
  }
  yield `<h2>${html(texts.files)}</h2><ul>`;
  for (const { path, name } of files) {
    const link =
      path === null ? html(texts.missingFile) : `<a href="${html(path)}">${html(path)}</a>`;
    yield `<li>${html(name)}: ${link}</li>`;
  }
  yield '</ul></body></html>\n';
}

function* tableOf(
  rows: readonly Record<string, unknown>[],
  options: PersonPageOptions,
): Generator<string> {
  const columns = filledColumns(rows);
  const headers = columns.map((column) => `<th>${html(headerOf(column, options.language))}</th>`);
  yield `<table><thead><tr>${headers.join('')}</tr></thead><tbody>`;
  for (const row of rows) {
    const cells = columns.map((column) => `<td>${html(shown(column, row[column], options))}</td>`);
    yield `<tr>${cells.join('')}</tr>`;
  }
  yield '</tbody></table>';
}

/** Columns that are empty in every row, and ids, tell a reader nothing. */
function filledColumns(rows: readonly Record<string, unknown>[]): string[] {
  const columns = Object.keys(rows[0] ?? {}).filter((column) => !isTechnical(column));
  return columns.filter((column) =>
    rows.some((row) => row[column] !== null && row[column] !== '' && row[column] !== undefined),
  );
}

/** In the language where lists have a word for it; else the name of the column. */
function headerOf(column: string, language: DocumentLanguage): string {
  const word = columnWord(column, language);
  if (word !== null) return word;
  const known: Readonly<Record<string, string>> = exportTexts[language].columns;
  const amount = /^(.*)Minor$/.exec(column)?.[1];
  if (amount !== undefined) return `${known[amount] ?? amount} (Minor)`;
  return known[column] ?? column;
}

function shown(column: string, value: unknown, { timeZone }: PersonPageOptions): string {
  if (value === null || value === undefined) return '';
  const isInstant = column === 'at' || /(At|since|until)$/.test(column);
  if (typeof value === 'number' && isInstant && value > 0) return localDateTime(value, timeZone);
  return String(value);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function html(text: string): string {
  return text.replaceAll(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);
}
