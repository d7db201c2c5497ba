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
  /** shown once a person asks for it */
  hiddenByDefault?: boolean;
}

/** Rows a person has marked, to do something with all of them. Space marks, Shift with arrows marks on the way. */
export interface TableSelection {
  isSelected: (rowId: string) => boolean;
  state: 'none' | 'some' | 'all';
  set: (rowIds: readonly string[], selected: boolean) => void;
  setAll: (selected: boolean) => void;
  /** name of the box of one row and of all rows */
  labels: { row: string; all: string };
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
  /**
   * a list too long to be loaded: `rows` are not used, `rowAt` gives those that are there, and `onRange` hears which
   * places are in sight. No sorting by the table itself.
   */
  sparse?: {
    count: number;
    rowAt: (index: number) => Row | undefined;
    onRange: (first: number, last: number) => void;
    /** another list when this changes: shown from its beginning */
    listKey: string;
  };
  selection?: TableSelection;
  /** the row that a detail beside the table shows */
  currentId?: string | null;
  /** a click, or a move by keys: for tables with a detail beside them */
  onCurrent?: (row: Row) => void;
  /** the end of what is loaded comes into sight */
  onEndReached?: (() => void) | undefined;
  /** instead of rows, when there are none */
  empty?: ReactNode;
}
