import {
  type DocumentLanguage,
  type ExportFormat,
  type ExportList,
  exportColumns,
} from '#shared/contract/index.ts';
import { invariant } from '#shared/errors/index.ts';
import type { ReadDb } from '../../store/types.ts';
import { text } from './cell.ts';
import { CsvWriter } from './csv-writer.ts';
import type { TableWriter } from './table-writer.ts';
import { debtorsTable } from './tables/debtors-table.ts';
import { paymentsTable, promisesTable } from './tables/money-tables.ts';
import type { TableSource } from './tables/table-source.ts';
import { attemptsTable, auditTable } from './tables/work-tables.ts';
import { exportTexts } from './texts/index.ts';
import { XlsxWriter } from './xlsx-writer.ts';
import type { ByteSink } from './zip-writer.ts';

/** Columns that only go out when they are named. */
export const sensitiveColumns: ReadonlySet<string> = new Set(['nationalId', 'birthDate', 'taxId']);

export interface ListTask {
  list: ExportList;
  format: ExportFormat;
  language: DocumentLanguage;
  /** of instants in the file */
  timeZone: string;
  /** epoch ms */
  now: number;
  /** which debtors, 16 bytes each, in order; null = everybody (other tables: not used) */
  debtorIds: Uint8Array | null;
}

/**
 * Writes one list, page by page.
 * @param onRows told how many rows there are so far, and in all if that is known
 * @returns rows without the header
 */
export async function writeList(
  read: ReadDb,
  task: ListTask,
  sink: ByteSink,
  onRows: (rows: number, total: number | null) => void,
): Promise<number> {
  const source = sourceOf(task);
  const columns = columnsOf(task.list);
  const texts = exportTexts[task.language];
  const writer = writerOf(task, sink, texts.tables[task.list.table]);
  await writer.row(columns.map((column) => text(texts.columns[column])));
  const total = source.count(read);
  let rows = 0;
  for (const page of source.pages(read)) {
    for (const row of page) {
      await writer.row(
        columns.map((column) => {
          const cell = source.cells[column];
          invariant(cell, `${task.list.table} has no column ${column}`);
          return cell(row);
        }),
      );
    }
    rows += page.length;
    onRows(rows, total);
  }
  await writer.finish();
  return rows;
}

type AnyColumn = keyof (typeof exportTexts)['en']['columns'];

export function columnsOf(list: ExportList): readonly AnyColumn[] {
  const all: readonly AnyColumn[] = exportColumns[list.table];
  return list.columns ?? all.filter((column) => !sensitiveColumns.has(column));
}

function sourceOf({ list, debtorIds, now }: ListTask): TableSource {
  switch (list.table) {
    case 'debtors':
      return debtorsTable(debtorIds, now) as TableSource;
    case 'payments':
      return paymentsTable(list) as TableSource;
    case 'promises':
      return promisesTable(list) as TableSource;
    case 'attempts':
      return attemptsTable(list) as TableSource;
    case 'audit':
      return auditTable(list) as TableSource;
  }
}

function writerOf(
  { format, language, timeZone }: ListTask,
  sink: ByteSink,
  title: string,
): TableWriter {
  return format === 'csv'
    ? new CsvWriter(sink, { language, timeZone })
    : new XlsxWriter(sink, { title, timeZone });
}
