import type { ImportFinding } from '#shared/contract/index.ts';

/** One record of a file, before anything is made of it. */
export interface RawRecord {
  /** line of the file on which it begins, from 1 */
  line: number;
  fields: string[];
  /** what is wrong with its form; the fields are then as far as they could be read */
  problem: Extract<ImportFinding, 'record.damaged-quotes' | 'record.too-long'> | null;
  /** false: the file ended before the line did */
  hasLineEnd: boolean;
}

/** A record longer than this is none: a quote was opened and never closed, or it is no text at all. */
const MAX_RECORD_CHARACTERS = 128 * 1024;
/** Nobody writes a note of more lines: without this, a file full of single quotes would be read again and again. */
const MAX_QUOTED_LINES = 200;

const QUOTE = 34;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

type Scan =
  | { kind: 'record'; fields: string[]; end: number; lines: number; hasLineEnd: boolean }
  /** its end has not come yet */
  | { kind: 'more' }
  | { kind: 'damaged' };

/**
 * Splits CSV text (RFC 4180, with any delimiter and any mix of line ends) into records as it comes in.
 *
 * A quote that is never closed would swallow the rest of the file in a plain parser; here it costs the one line on which
 * it was opened, which is given out with its problem, and reading goes on with the next line. A quote inside a field
 * that did not begin with one is a letter like any other.
 */
export class RecordReader {
  readonly #delimiter: number;
  readonly #width: number | null;
  #text = '';
  #position = 0;
  #line = 1;

  /**
   * @param width how many fields every record has, when it is known: a record of several lines that has another number
   * shows that a quote was closed by the opening quote of a later row
   */
  constructor(delimiter: string, width: number | null = null) {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#width = width;
  }

  /** The records that end inside what has come so far. Blank lines are no records. */
  push(text: string): RawRecord[] {
    this.#text = this.#text.slice(this.#position) + text;
    this.#position = 0;
    return this.#take(false);
  }

  /** The rest of the file. */
  end(): RawRecord[] {
    return this.#take(true);
  }

  #take(isEnd: boolean): RawRecord[] {
    const records: RawRecord[] = [];
    while (this.#position < this.#text.length) {
      const scan = this.#scan(isEnd);
      if (scan.kind !== 'record' || this.#isTornApart(scan)) {
        const waiting = this.#text.length - this.#position;
        if (scan.kind === 'more' && !isEnd && waiting <= MAX_RECORD_CHARACTERS) break;
        const damaged = this.#takeDamagedLine(isEnd);
        if (damaged === null) break;
        records.push(damaged);
        continue;
      }
      if (!isBlank(scan.fields)) {
        const { fields, hasLineEnd } = scan;
        records.push({ line: this.#line, fields, problem: null, hasLineEnd });
      }
      this.#line += scan.lines;
      this.#position = scan.end;
    }
    return records;
  }

  #isTornApart(scan: Extract<Scan, { kind: 'record' }>): boolean {
    const isOneLine = scan.lines < 2 && scan.hasLineEnd;
    return (
      this.#width !== null && !isOneLine && scan.lines > 0 && scan.fields.length !== this.#width
    );
  }

  /** Reads one record from the position; `more` when its end has not come. */
  #scan(isEnd: boolean): Scan {
    const text = this.#text;
    const fields: string[] = [];
    let at = this.#position;
    let lines = 0;
    for (;;) {
      let field: string;
      if (text.charCodeAt(at) === QUOTE) {
        const quoted = readQuoted(text, at, this.#delimiter, isEnd);
        if (typeof quoted === 'string') return { kind: quoted };
        field = quoted.value;
        at = quoted.end;
        lines += quoted.lines;
      } else {
        const end = endOfPlain(text, at, this.#delimiter);
        field = text.slice(at, end);
        at = end;
      }
      fields.push(field);
      if (at >= text.length) {
        if (!isEnd) return { kind: 'more' };
        return { kind: 'record', fields, end: at, lines, hasLineEnd: false };
      }
      const code = text.charCodeAt(at);
      at += 1;
      if (code === this.#delimiter) continue;
      if (code === CARRIAGE_RETURN) {
        // the line feed that belongs to it may come with the next piece
        if (at >= text.length && !isEnd) return { kind: 'more' };
        if (text.charCodeAt(at) === LINE_FEED) at += 1;
      }
      return { kind: 'record', fields, end: at, lines: lines + 1, hasLineEnd: true };
    }
  }

  /** The line at the position as it stands, without regard to quotes; null when its end has not come. */
  #takeDamagedLine(isEnd: boolean): RawRecord | null {
    const text = this.#text;
    const start = this.#position;
    const found = nextLineEnd(text, start);
    const tooLong = (found === -1 ? text.length : found) - start > MAX_RECORD_CHARACTERS;
    if (found === -1 && !isEnd && !tooLong) return null;
    const end = found === -1 ? text.length : found;
    const line = this.#line;
    const shown = text.slice(start, Math.min(end, start + MAX_RECORD_CHARACTERS));
    this.#position = end;
    if (found !== -1) {
      this.#position += text.startsWith('\r\n', end) ? 2 : 1;
      this.#line += 1;
    }
    return {
      line,
      fields: shown.split(String.fromCharCode(this.#delimiter)),
      problem: tooLong ? 'record.too-long' : 'record.damaged-quotes',
      hasLineEnd: found !== -1,
    };
  }
}

function isBlank(fields: readonly string[]): boolean {
  return fields.every((field) => field.trim() === '');
}

function endOfPlain(text: string, from: number, delimiter: number): number {
  let at = from;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === delimiter || code === LINE_FEED || code === CARRIAGE_RETURN) return at;
  }
  return at;
}

/** A field that begins with a quote. */
function readQuoted(
  text: string,
  from: number,
  delimiter: number,
  isEnd: boolean,
): { value: string; end: number; lines: number } | 'more' | 'damaged' {
  let value = '';
  let lines = 0;
  let hasBareQuote = false;
  let at = from + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote === -1) return isEnd ? 'damaged' : 'more';
    const next = quote + 1;
    if (next >= text.length && !isEnd) return 'more';
    lines += countLines(text.slice(at, quote));
    // over several lines, a quote that is not doubled is rather the opening one of a later row
    if (lines > MAX_QUOTED_LINES || (lines > 0 && hasBareQuote)) return 'damaged';
    if (text.charCodeAt(next) === QUOTE) {
      value += text.slice(at, next);
      at = next + 1;
      continue;
    }
    const after = text.charCodeAt(next);
    if (
      next >= text.length ||
      after === delimiter ||
      after === LINE_FEED ||
      after === CARRIAGE_RETURN
    ) {
      value += text.slice(at, quote);
      return { value, end: next, lines };
    }
    hasBareQuote = true;
    if (lines > 0) return 'damaged';
    // a quote inside that was not doubled: a letter like any other
    value += text.slice(at, next);
    at = next;
  }
}

function countLines(value: string): number {
  return value.match(/\r\n|\r|\n/g)?.length ?? 0;
}

function nextLineEnd(text: string, from: number): number {
  const feed = text.indexOf('\n', from);
  const carriage = text.indexOf('\r', from);
  if (feed === -1) return carriage;
  return carriage === -1 ? feed : Math.min(feed, carriage);
}
