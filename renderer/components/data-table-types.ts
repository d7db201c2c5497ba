import type { ReactNode } from 'react';

export interface Column<Row> {
  id: string;
  header: string;
  /** what is compared when the table sorts by itself; absent: not sortable, unless `sortable` */
  value?: (row: Row) => string | number | null;
  cell: (row: Row) => ReactNode;
  /** px; the last column takes what is left */
  width: number;
  align?: 'end';
  /** with `onSortChange`: the server can sort by it */
  sortable?: boolean;
}

export interface DataTableSort {
  id: string;
  descending: boolean;
}

export interface DataTableProps<Row> {
  /** for what a person keeps: widths, hidden columns */
  id: string;
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** Enter or double click */
  onOpen?: (row: Row) => void;
  /** sorting by the server; without it the table sorts what it has */
  sort?: DataTableSort | null;
  onSortChange?: (sort: DataTableSort) => void;
  /** all rows that exist, when only a part is loaded */
  total?: number;
  /** the end of what is loaded comes into sight */
  onEndReached?: (() => void) | undefined;
  /** instead of rows, when there are none */
  empty?: ReactNode;
}
