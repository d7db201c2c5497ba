import { AppError } from '#shared/errors/index.ts';
import { formatNumber, formatSerialDate, type NumberFormat } from './number-formats.ts';
import { readXml, unescapeText } from './read-xml.ts';
import { type Sheet, TextRuns, type Workbook } from './workbook.ts';

export interface SheetRow {
  /** as the spreadsheet numbers it, from 1 */
  number: number;
  /** text of every cell up to the last one that holds something */
  cells: string[];
}

/** What a format of the file allows at most (XFD). Portfolios have up to 500. */
const MAX_COLUMNS = 1_000;
const MAX_ROWS = 1_048_576;
/** Of one cell; spreadsheets hold 32,767. */
const MAX_CELL_CHARACTERS = 65_536;

/** Marks a cell that holds no value that could be read: its record is rejected, not read as empty. */
const DAMAGED_MARK = '\ufffd';

/**
 * The rows of a sheet in pieces, as they are read. Rows without a value are left out; cells of a merged area but its first
 * are empty, as they are in the file. A formula counts as the value that was stored with it.
 * @throws AppError `import.unreadable`, `import.too-large`
 */
export async function* readSheetRows(
  workbook: Workbook,
  sheet: Sheet,
  decimalSeparator: ',' | '.',
  onRead: (bytes: number) => void = () => {},
): AsyncGenerator<SheetRow[]> {
  const stream = await workbook.parts.stream(sheet.part);
  const collector = new RowCollector(workbook, decimalSeparator);
  for await (const _piece of readXml(stream, collector, onRead)) {
    const rows = collector.take();
    if (rows.length > 0) yield rows;
  }
}

class RowCollector {
  readonly #workbook: Workbook;
  readonly #decimalSeparator: ',' | '.';
  readonly #runs = new TextRuns();
  #rows: SheetRow[] = [];
  #inData = false;
  #rowNumber = 0;
  #cells: string[] = [];
  #column = -1;
  #type = 'n';
  #format: NumberFormat = { kind: 'general' };
  #value = '';
  #hasFormula = false;
  #inValue = false;
  #inInline = false;

  constructor(workbook: Workbook, decimalSeparator: ',' | '.') {
    this.#workbook = workbook;
    this.#decimalSeparator = decimalSeparator;
  }

  take(): SheetRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'sheetData') this.#inData = true;
    if (!this.#inData) return;
    if (name === 'row') this.#openRow(attributes.r);
    else if (name === 'c') this.#openCell(attributes);
    else if (name === 'v') this.#inValue = true;
    else if (name === 'f') this.#hasFormula = true;
    else if (name === 'is') {
      this.#inInline = true;
      this.#runs.begin();
    } else if (this.#inInline) this.#runs.open(name);
  }

  text(text: string): void {
    if (this.#inValue) {
      this.#value += text;
      if (this.#value.length > MAX_CELL_CHARACTERS) throw tooLarge();
    } else if (this.#inInline) this.#runs.text(text);
  }

  close(name: string): void {
    if (!this.#inData) return;
    if (name === 'v') this.#inValue = false;
    else if (name === 'is') this.#inInline = false;
    else if (name === 'c') this.#closeCell();
    else if (name === 'row') this.#closeRow();
    else if (name === 'sheetData') this.#inData = false;
    else if (this.#inInline) this.#runs.close(name);
  }

  #openRow(given: string | undefined): void {
    const number = given === undefined ? this.#rowNumber + 1 : Number(given);
    // rows are numbered upwards; anything else would give wrong line numbers
    if (!Number.isInteger(number) || number <= this.#rowNumber || number > MAX_ROWS) {
      throw new AppError('import.unreadable', 'the rows of the spreadsheet are not in order');
    }
    this.#rowNumber = number;
    this.#cells = [];
    this.#column = -1;
  }

  #openCell({ r, t, s }: Readonly<Record<string, string>>): void {
    this.#column = r === undefined ? this.#column + 1 : columnOf(r);
    this.#type = t ?? 'n';
    this.#format = this.#workbook.formats[Number(s ?? 0)] ?? { kind: 'general' };
    this.#value = '';
    this.#hasFormula = false;
    this.#runs.begin();
  }

  #closeCell(): void {
    const text = this.#cellText();
    if (text === '') return;
    if (this.#column >= MAX_COLUMNS) throw tooLarge();
    while (this.#cells.length < this.#column) this.#cells.push('');
    this.#cells[this.#column] = text;
  }

  #closeRow(): void {
    if (this.#cells.length > 0) this.#rows.push({ number: this.#rowNumber, cells: this.#cells });
  }

  #cellText(): string {
    const value = this.#value;
    switch (this.#type) {
      case 's':
        return this.#sharedString(value);
      case 'inlineStr':
        return this.#runs.end();
      case 'str':
        return unescapeText(value);
      case 'b':
        return value === '1' || value === 'true' ? 'TRUE' : 'FALSE';
      case 'e':
        return `${DAMAGED_MARK}${value}`;
      case 'd':
        return value.replace('T', ' ').replace(/ 00:00:00(?:\.0+)?Z?$/, '');
      default:
        return this.#number(value);
    }
  }

  #sharedString(value: string): string {
    if (value === '') return '';
    return this.#workbook.sharedStrings[Number(value)] ?? DAMAGED_MARK;
  }

  #number(text: string): string {
    // a program that writes formulas without computing them leaves nothing to import
    if (text === '') return this.#hasFormula ? DAMAGED_MARK : '';
    const value = Number(text);
    if (!Number.isFinite(value)) return `${DAMAGED_MARK}${text}`;
    if (this.#format.kind === 'date') {
      const date = formatSerialDate(value, this.#workbook.is1904);
      if (date !== null) return date;
    }
    return formatNumber(value, this.#format, this.#decimalSeparator);
  }
}

/** `AB12` is column 27. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of reference) {
    const code = letter.charCodeAt(0) & ~32;
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
    if (column > 16_384) throw tooLarge();
  }
  if (column === 0)
    throw new AppError('import.unreadable', 'a cell of the spreadsheet has no place');
  return column - 1;
}

function tooLarge(): AppError {
  return new AppError('import.too-large', 'the spreadsheet is too large to be read');
}
