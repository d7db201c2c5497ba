import { AppError } from '#shared/errors/index.ts';
import { readSheetRows, type SheetRow } from './sheet-rows.ts';
import { openWorkbook, type Sheet, type Workbook } from './workbook.ts';
import { asUnreadable } from './zip-parts.ts';

export interface SpreadsheetTextOptions {
  path: string;
  /** absent: the first visible sheet that holds something */
  sheet?: string | undefined;
  delimiter: string;
  decimalSeparator: ',' | '.';
  /** share of the sheet that was read, 0…1 */
  onRead?: (share: number) => void;
}

/** Rows that are looked at to find where the table begins and how wide it is. */
const LOOKED_AT_ROWS = 50;
/** A table begins at the first row that has this share of the widest row's cells: titles above it have fewer. */
const HEADER_SHARE = 0.5;

/**
 * A sheet as CSV text in UTF-8, so that everything that reads CSV reads spreadsheets: line n of the text is row n of the
 * sheet (line breaks inside cells become U+2028, rows without a value empty lines), dates are ISO, numbers have the
 * mapping's decimal sign. Titles above the table are left out; short rows are filled up to the width of the table.
 * @throws AppError `import.unreadable`, `import.too-large`, `import.encrypted`, `import.no-such-sheet`
 */
export async function* spreadsheetText(options: SpreadsheetTextOptions): AsyncGenerator<Buffer> {
  const workbook = await openWorkbook(options.path);
  try {
    const sheet = await chooseSheet(workbook, options.sheet);
    const size = Math.max(1, workbook.parts.sizeOf(sheet.part));
    const rows = readSheetRows(workbook, sheet, options.decimalSeparator, (bytes) =>
      options.onRead?.(Math.min(1, bytes / size)),
    );
    const writer = new TextWriter(options.delimiter);
    for await (const batch of rows) {
      const text = writer.write(batch);
      if (text !== '') yield Buffer.from(text);
    }
    const rest = writer.end();
    if (rest !== '') yield Buffer.from(rest);
  } catch (error) {
    throw asUnreadable(error);
  } finally {
    workbook.parts.close();
  }
}

/** Names of the sheets in their order, hidden ones last. */
export async function sheetNames(path: string): Promise<string[]> {
  const workbook = await openWorkbook(path, { namesOnly: true });
  workbook.parts.close();
  const visible = workbook.sheets.filter(({ isHidden }) => !isHidden);
  const hidden = workbook.sheets.filter(({ isHidden }) => isHidden);
  return [...visible, ...hidden].map(({ name }) => name);
}

async function chooseSheet(workbook: Workbook, name: string | undefined): Promise<Sheet> {
  if (name !== undefined) {
    const sheet = workbook.sheets.find((known) => known.name === name);
    if (sheet) return sheet;
    throw new AppError('import.no-such-sheet', 'the spreadsheet has no such sheet');
  }
  const candidates = workbook.sheets.filter(({ isHidden }) => !isHidden);
  for (const sheet of candidates) {
    for await (const rows of readSheetRows(workbook, sheet, '.')) {
      if (rows.length > 0) return sheet;
    }
  }
  const first = candidates[0] ?? workbook.sheets[0];
  if (first) return first;
  throw new AppError('import.empty-file', 'the spreadsheet has no sheet with cells');
}

class TextWriter {
  readonly #delimiter: string;
  /** first rows, until it is known where the table begins */
  #first: SheetRow[] | null = [];
  #width = 0;
  #line = 1;

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  write(rows: readonly SheetRow[]): string {
    if (this.#first === null) return this.#lines(rows);
    this.#first.push(...rows);
    return this.#first.length < LOOKED_AT_ROWS ? '' : this.#begin(this.#first);
  }

  end(): string {
    return this.#first === null ? '' : this.#begin(this.#first);
  }

  #begin(first: readonly SheetRow[]): string {
    this.#first = null;
    const looked = first.slice(0, LOOKED_AT_ROWS);
    this.#width = Math.max(0, ...looked.map(({ cells }) => cells.length));
    const filled = ({ cells }: SheetRow) => cells.filter((cell) => cell.trim() !== '').length;
    const needed = Math.max(1, ...looked.map(filled)) * HEADER_SHARE;
    const start = Math.max(
      0,
      looked.findIndex((row) => filled(row) >= needed),
    );
    return this.#lines(first.slice(start));
  }

  #lines(rows: readonly SheetRow[]): string {
    let text = '';
    for (const { number, cells } of rows) {
      text += '\n'.repeat(number - this.#line);
      this.#line = number + 1;
      const written = cells.map((cell) => writeCell(cell, this.#delimiter));
      while (written.length < this.#width) written.push('');
      text += `${written.join(this.#delimiter)}\n`;
    }
    return text;
  }
}

function writeCell(cell: string, delimiter: string): string {
  const line = cell.replace(/\r\n|\r|\n/g, '\u2028');
  const needsQuotes = line.includes('"') || line.includes(delimiter);
  return needsQuotes ? `"${line.replaceAll('"', '""')}"` : line;
}
