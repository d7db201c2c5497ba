import type { DocumentLanguage } from '#shared/contract/index.ts';
import { writeCell } from '../import/rejects-file.ts';
import { type Cell, decimalText, localDateTime } from './cell.ts';
import type { TableWriter } from './table-writer.ts';
import type { ByteSink } from './zip-writer.ts';

const BUFFERED_CHARACTERS = 64 * 1024;

/** Where a comma stands in numbers, spreadsheets expect semicolons between cells. */
const decimalCommas: Readonly<Record<DocumentLanguage, boolean>> = {
  en: false,
  pl: true,
  ru: true,
  zh: false,
};

/** A number that a spreadsheet would change: it drops leading zeros, and shows long ones rounded. */
const CHANGED_AS_NUMBER = /^(0\d+|\d{12,})$/;

/**
 * CSV as spreadsheets of that language open it by a double click: UTF-8 with its mark, their separators, ISO dates
 * (which all of them know). Text stays text: what would be read as a formula gets an apostrophe before it.
 * @see RFC 4180
 */
export class CsvWriter implements TableWriter {
  readonly #sink: ByteSink;
  readonly #timeZone: string;
  readonly #delimiter: string;
  readonly #decimalComma: boolean;
  #text = '\ufeff';

  constructor(sink: ByteSink, options: { language: DocumentLanguage; timeZone: string }) {
    this.#sink = sink;
    this.#timeZone = options.timeZone;
    this.#decimalComma = decimalCommas[options.language];
    this.#delimiter = this.#decimalComma ? ';' : ',';
  }

  async row(cells: readonly Cell[]): Promise<void> {
    this.#text += `${cells.map((cell) => this.#cell(cell)).join(this.#delimiter)}\r\n`;
    if (this.#text.length > BUFFERED_CHARACTERS) await this.#flush();
  }

  finish(): Promise<void> {
    return this.#flush();
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.from(this.#text, 'utf8');
    this.#text = '';
    await this.#sink(bytes);
  }

  #cell(cell: Cell): string {
    switch (cell.kind) {
      case 'empty':
        return '';
      case 'text': {
        const isChanged = CHANGED_AS_NUMBER.test(cell.text);
        return isChanged ? `'${cell.text}` : writeCell(cell.text, this.#delimiter);
      }
      case 'count':
        return String(cell.value);
      case 'amount': {
        const written = decimalText(cell.minor, cell.digits);
        return this.#decimalComma ? written.replace('.', ',') : written;
      }
      case 'date':
        return cell.date;
      case 'instant':
        return localDateTime(cell.at, this.#timeZone);
    }
  }
}
