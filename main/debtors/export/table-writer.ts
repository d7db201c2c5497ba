import type { Cell } from './cell.ts';

/** Takes the rows of one table in order. */
export interface TableWriter {
  row(cells: readonly Cell[]): Promise<void>;
  /** writes what is left; the file is complete */
  finish(): Promise<void>;
}
