import { type Cell, decimalText, localDateTime } from './cell.ts';
import type { TableWriter } from './table-writer.ts';
import {
  contentTypes,
  relations,
  styleOf,
  styles,
  workbook,
  workbookRelations,
} from './xlsx-parts.ts';
import { cellText } from './xlsx-text.ts';
import { type ByteSink, ZipWriter } from './zip-writer.ts';

const BUFFERED_CHARACTERS = 64 * 1024;
/** what a sheet can hold */
const ROWS_IN_SHEET = 1_048_576;
const DAY_MS = 86_400_000;
/** day 0 of spreadsheets; right for every date after February 1900 */
const EPOCH_MS = Date.UTC(1899, 11, 30);

const SHEET_START =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
  '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
  '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews>' +
  '<sheetFormatPr defaultRowHeight="15"/>';

interface OpenSheet {
  write(text: string): Promise<void>;
  close(): Promise<void>;
  rows: number;
}

/**
 * A workbook that is written row by row: text as inline text, which is never a formula; numbers, dates and instants as
 * what they are. Beyond a million rows it goes on in a next sheet, with the same header.
 * @see ECMA-376 Part 1 §18.3
 */
export class XlsxWriter implements TableWriter {
  readonly #zip: ZipWriter;
  readonly #title: string;
  readonly #timeZone: string;
  readonly #rowsInSheet: number;
  #header: readonly Cell[] | null = null;
  #sheet: OpenSheet | null = null;
  #sheets = 0;
  #text = '';

  constructor(sink: ByteSink, options: { title: string; timeZone: string; rowsInSheet?: number }) {
    this.#zip = new ZipWriter(sink);
    this.#title = options.title;
    this.#timeZone = options.timeZone;
    this.#rowsInSheet = options.rowsInSheet ?? ROWS_IN_SHEET;
  }

  /** The first row is the header. */
  async row(cells: readonly Cell[]): Promise<void> {
    if (this.#header === null) {
      this.#header = cells;
      await this.#openSheet(cells);
      return;
    }
    if (this.#sheet !== null && this.#sheet.rows >= this.#rowsInSheet) {
      await this.#closeSheet();
      await this.#openSheet(this.#header);
    }
    await this.#write(cells, null);
  }

  async finish(): Promise<void> {
    await this.#closeSheet();
    const zip = this.#zip;
    const names = Array.from({ length: this.#sheets }, (_, at) => sheetName(this.#title, at));
    await zip.addBytes('xl/workbook.xml', Buffer.from(workbook(names)));
    await zip.addBytes('xl/_rels/workbook.xml.rels', Buffer.from(workbookRelations(names.length)));
    await zip.addBytes('xl/styles.xml', Buffer.from(styles));
    await zip.addBytes('_rels/.rels', Buffer.from(relations));
    await zip.addBytes('[Content_Types].xml', Buffer.from(contentTypes(names.length)));
    await zip.finish();
  }

  async #openSheet(header: readonly Cell[]): Promise<void> {
    this.#sheets += 1;
    this.#sheet = openEntry(this.#zip, `xl/worksheets/sheet${this.#sheets}.xml`);
    const widths = header.map((cell, at) => {
      const characters = cell.kind === 'text' ? cell.text.length : 0;
      return `<col min="${at + 1}" max="${at + 1}" width="${Math.max(12, characters + 3)}" customWidth="1"/>`;
    });
    this.#text += `${SHEET_START}<cols>${widths.join('')}</cols><sheetData>`;
    await this.#write(header, 'header');
  }

  async #closeSheet(): Promise<void> {
    const sheet = this.#sheet;
    if (sheet === null) return;
    this.#sheet = null;
    await sheet.write(`${this.#text}</sheetData></worksheet>`);
    this.#text = '';
    await sheet.close();
  }

  async #write(cells: readonly Cell[], style: 'header' | null): Promise<void> {
    const sheet = this.#sheet;
    if (sheet === null) return;
    sheet.rows += 1;
    const row = sheet.rows;
    const written = cells.map((cell, at) => this.#cell(cell, `${columnName(at)}${row}`, style));
    this.#text += `<row r="${row}">${written.join('')}</row>`;
    if (this.#text.length <= BUFFERED_CHARACTERS) return;
    const text = this.#text;
    this.#text = '';
    await sheet.write(text);
  }

  #cell(cell: Cell, place: string, style: 'header' | null): string {
    switch (cell.kind) {
      case 'empty':
        return '';
      case 'text': {
        const look = style === 'header' ? ` s="${styleOf.header}"` : ` s="${styleOf.text}"`;
        return `<c r="${place}"${look} t="inlineStr"><is><t xml:space="preserve">${cellText(cell.text)}</t></is></c>`;
      }
      case 'count':
        return `<c r="${place}"><v>${cell.value}</v></c>`;
      case 'amount': {
        const look = cell.digits === 0 ? styleOf.whole : styleOf.amount;
        return `<c r="${place}" s="${look}"><v>${decimalText(cell.minor, cell.digits)}</v></c>`;
      }
      case 'date':
        return `<c r="${place}" s="${styleOf.date}"><v>${serialOf(`${cell.date}T00:00:00Z`)}</v></c>`;
      case 'instant': {
        const local = localDateTime(cell.at, this.#timeZone).replace(' ', 'T');
        return `<c r="${place}" s="${styleOf.instant}"><v>${serialOf(`${local}Z`)}</v></c>`;
      }
    }
  }
}

function serialOf(isoText: string): number {
  return (Date.parse(isoText) - EPOCH_MS) / DAY_MS;
}

/** The ZIP writer asks for an entry's content in one go; a sheet comes in pieces. */
function openEntry(zip: ZipWriter, name: string): OpenSheet {
  const opened = Promise.withResolvers<ByteSink>();
  const closed = Promise.withResolvers<void>();
  const added = zip.add(name, (sink) => {
    opened.resolve(sink);
    return closed.promise;
  });
  // a failure shows in the write that waits, and in `close`
  added.catch(opened.reject);
  opened.promise.catch(() => {});
  return {
    rows: 0,
    async write(text) {
      const sink = await opened.promise;
      await sink(Buffer.from(text, 'utf8'));
    },
    async close() {
      closed.resolve();
      await added;
    },
  };
}

/** At most 31 letters, without those that a sheet's name cannot have. */
function sheetName(title: string, index: number): string {
  const suffix = index === 0 ? '' : ` ${index + 1}`;
  const allowed = title.replaceAll(/[\\/?*[\]:']/g, ' ').trim() || 'Sheet';
  return allowed.slice(0, 31 - suffix.length) + suffix;
}

/** 0 → A, 25 → Z, 26 → AA */
export function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}
