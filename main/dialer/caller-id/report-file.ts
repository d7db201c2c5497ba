import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { isPracticeNumber } from '../../contact-rules/index.ts';

/** What a file of unwanted numbers says. */
export interface ReportFile {
  /** those of ours that it names, E.164, each once, with what else its line says */
  ours: Map<string, string | null>;
  /** lines with something on them, without a header */
  lines: number;
  unreadable: number;
}

/** names that such lists give to their column of numbers */
const NUMBER_COLUMNS =
  /^(?:e\.?164|phone|number|phone.?number|caller.?id|telefon|numer|msisdn|номер|телефон|号码|电话)/i;

/** A longer line is none of a list. */
const LONGEST_LINE = 4_000;
/** Numbers that end otherwise than all of ours are not looked at closer. */
const ENDING = 6;

/**
 * Looks for numbers of ours in a list: one number a line, or CSV (comma, semicolon or tab) with or without a header; lines that
 * begin with # are comments. A generator that yields after each line, so that a long list can be read in pieces.
 * @param own E.164
 */
export function* readingReport(
  text: string,
  own: ReadonlySet<string>,
): Generator<void, ReportFile> {
  const reader = new LineReader(own);
  let from = text.startsWith('\uFEFF') ? 1 : 0;
  while (from <= text.length) {
    const end = text.indexOf('\n', from);
    const until = end === -1 ? text.length : end;
    reader.take(until - from > LONGEST_LINE ? null : text.slice(from, until).trim());
    from = until + 1;
    yield;
  }
  return reader.file;
}

class LineReader {
  readonly file: ReportFile = { ours: new Map(), lines: 0, unreadable: 0 };
  readonly #own: ReadonlySet<string>;
  readonly #endings: ReadonlySet<string>;
  readonly #possible = new Map<string, boolean>();
  /** column of numbers; -1: the first number of each line */
  #named: number | null = null;

  constructor(own: ReadonlySet<string>) {
    this.#own = own;
    this.#endings = new Set([...own].map(endingOf));
  }

  /** @param line null: too long for a line of a list */
  take(line: string | null): void {
    if (line === '' || line?.startsWith('#')) return;
    const cells = line === null ? [] : cellsOf(line);
    if (this.#named === null) {
      this.#named = cells.findIndex((cell) => NUMBER_COLUMNS.test(cell));
      if (this.#named !== -1) return;
    }
    this.file.lines += 1;
    const column =
      this.#named === -1 ? cells.findIndex((cell) => this.#isNumber(cell)) : this.#named;
    const shape = shapeOf(cells[column] ?? '');
    if (shape === null || !this.#isPossible(shape)) this.file.unreadable += 1;
    else if (this.#endings.has(endingOf(shape))) this.#note(shape, cells, column);
  }

  #note(shape: string, cells: readonly string[], column: number): void {
    const number = this.#own.has(shape) ? shape : exact(shape);
    if (number === null || !this.#own.has(number)) return;
    const note = cells.filter((cell, index) => index !== column && cell !== '').join('; ');
    this.file.ours.set(number, note === '' ? null : note.slice(0, 200));
  }

  #isNumber(cell: string): boolean {
    const shape = shapeOf(cell);
    return shape !== null && this.#isPossible(shape);
  }

  /** Whether a number is possible hangs on its country, its trunk prefix and its length alone: asked once for each. */
  #isPossible(shape: string): boolean {
    if (this.#own.has(shape)) return true;
    const key = `${shape.slice(0, 6)}|${shape.length}`;
    const known = this.#possible.get(key);
    if (known !== undefined) return known;
    const possible = exact(shape) !== null;
    this.#possible.set(key, possible);
    return possible;
  }
}

function cellsOf(line: string): string[] {
  const separator = ['\t', ';', ','].find((candidate) => line.includes(candidate));
  const parts = separator === undefined ? [line] : line.split(separator);
  return parts.map((part) =>
    part
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .trim(),
  );
}

/** The longest way to write a number: fifteen digits with something between each two. */
const LONGEST_NUMBER = 40;

/** A cell that is written like a number with its country: a list cannot say whose `22 123 45 67` it means. */
function shapeOf(cell: string): string | null {
  if (cell.length < 8 || cell.length > LONGEST_NUMBER) return null;
  const digits = cell.replace(/[\s().-]/g, '').replace(/^00/, '+');
  const international = digits.startsWith('+') ? digits : `+${digits}`;
  return /^\+[1-9]\d{7,14}$/.test(international) ? international : null;
}

/** The number as it is dialed, without a trunk prefix that somebody wrote in it; null: there is no such number. */
function exact(shape: string): string | null {
  if (isPracticeNumber(shape)) return shape;
  const parsed = parsePhoneNumberFromString(shape);
  return parsed?.isPossible() ? parsed.number : null;
}

const endingOf = (number: string): string => number.slice(-ENDING);
