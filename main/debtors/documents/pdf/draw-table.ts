import type { LetterBlock, TableColumn } from '../letter/letter-model.ts';
import type { Line } from './break-lines.ts';
import type { Page, TextStyle } from './page.ts';

type Table = Extract<LetterBlock, { kind: 'table' }>;

const BODY: TextStyle = { size: 9 };
const HEAD: TextStyle = { size: 8.5, bold: true };
const TOTAL: TextStyle = { size: 9, bold: true };
const PADDING = 4;
const SHORT_COLUMN = 66;

/** A table whose head is repeated on every page; a row stays on one. */
export function drawTable(page: Page, table: Table): void {
  const widths = columnWidths(page, table);
  const head = () => {
    drawRow(
      page,
      table.columns,
      widths,
      table.columns.map((column) => column.title),
      HEAD,
    );
    page.rule(page.left, page.y, page.width);
  };
  page.need(
    rowHeight(
      page,
      widths,
      table.columns.map((column) => column.title),
      HEAD,
    ) + 40,
  );
  head();
  for (const row of table.rows) {
    if (page.y + rowHeight(page, widths, row, BODY) > page.bottom) {
      page.next();
      head();
    }
    drawRow(page, table.columns, widths, row, BODY);
    page.rule(page.left, page.y, page.width, '#d5d8dc');
  }
  for (const row of table.totals) {
    page.need(rowHeight(page, widths, row, TOTAL));
    drawRow(page, table.columns, widths, row, TOTAL);
  }
  page.y += page.lineHeight(BODY) / 2;
}

/** Amounts get what they need in one line; what is left goes to the other columns by what they would need. */
function columnWidths(page: Page, { columns, rows, totals }: Table): number[] {
  const needed = columns.map((column, at) => {
    const cells = [...rows.map((row) => row[at] ?? ''), ...totals.map((row) => row[at] ?? '')];
    const widest = Math.max(...cells.map((cell) => page.measure(cell, TOTAL)), 0);
    const title = Math.max(...column.title.split(' ').map((word) => page.measure(word, HEAD)));
    return Math.max(widest, title) + 2 * PADDING + 1;
  });
  const sum = needed.reduce((total, width) => total + width, 0);
  if (sum <= page.width) {
    const spare = (page.width - sum) / columns.length;
    return needed.map((width) => width + spare);
  }
  return squeezed(columns, needed, page.width);
}

function squeezed(
  columns: readonly TableColumn[],
  needed: readonly number[],
  width: number,
): number[] {
  // dates and the like are short, and look broken when they are
  const isFixed = (at: number) =>
    columns[at]?.align === 'right' || (needed[at] ?? 0) <= SHORT_COLUMN;
  const amounts = needed.reduce((total, each, at) => total + (isFixed(at) ? each : 0), 0);
  const texts = needed.reduce((total, each) => total + each, 0) - amounts;
  // so many amounts that even they do not fit: everything shrinks and breaks
  if (amounts > width * 0.8 || texts === 0) {
    return needed.map((each) => (each * width) / (amounts + texts));
  }
  return needed.map((each, at) => (isFixed(at) ? each : (each * (width - amounts)) / texts));
}

function rowLines(
  page: Page,
  widths: readonly number[],
  row: readonly string[],
  style: TextStyle,
): Line[][] {
  return row.map((cell, at) => page.lines(cell, (widths[at] ?? 0) - 2 * PADDING, style));
}

function rowHeight(
  page: Page,
  widths: readonly number[],
  row: readonly string[],
  style: TextStyle,
): number {
  const lines = Math.max(...rowLines(page, widths, row, style).map((cell) => cell.length));
  return lines * page.lineHeight(style) + PADDING;
}

function drawRow(
  page: Page,
  columns: readonly TableColumn[],
  widths: readonly number[],
  row: readonly string[],
  style: TextStyle,
): void {
  let x = page.left;
  for (const [at, lines] of rowLines(page, widths, row, style).entries()) {
    const width = widths[at] ?? 0;
    for (const [index, line] of lines.entries()) {
      const y = page.y + PADDING / 2 + index * page.lineHeight(style);
      page.line(line, x + PADDING, y, width - 2 * PADDING, columns[at]?.align ?? 'left', style);
    }
    x += width;
  }
  page.y += rowHeight(page, widths, row, style);
}
