import { createHash } from 'node:crypto';

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
export const DAMAGED = /[\u0000-\u0008\u000e-\u001f\ufffd]/;
const MAX_CELL_CHARACTERS = 10_000;

/**
 * An apostrophe before a sign that begins a formula was put there by an export, ours included. U+2028 is a line break
 * inside a cell of a spreadsheet.
 */
export function cleanCell(text: string | undefined): string {
  if (text === undefined || text === '') return '';
  const trimmed = text.trim();
  const bare = trimmed.startsWith("'") ? trimmed.replace(/^'(?=[=+\-@])/, '').trim() : trimmed;
  return bare.length > MAX_CELL_CHARACTERS ? bare.slice(0, MAX_CELL_CHARACTERS) : bare;
}

/** Empty cells say nothing: what is stored stays. */
export function filled<Row extends Record<string, string | null>>(row: Row): Partial<Row> {
  const kept: Partial<Row> = {};
  for (const name in row) {
    if (row[name] !== null && row[name] !== '') kept[name] = row[name];
  }
  return kept;
}

export function orNull(text: string): string | null {
  return text === '' ? null : text;
}

export function digest(...parts: string[]): string {
  return createHash('sha256').update(parts.join('\u0000')).digest('hex').slice(0, 16);
}
