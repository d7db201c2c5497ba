import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { TableSelection } from './data-table-types.ts';

interface RowKeysOptions<Item> {
  count: number;
  rowAt: (index: number) => Item | undefined;
  rowId: (row: Item) => string;
  selection: TableSelection | undefined;
  scroller: RefObject<HTMLDivElement | null>;
  /** rows that Page Up and Page Down pass */
  pageRows: number;
  scrollTo: (index: number) => void;
  onOpen: ((row: Item) => void) | undefined;
  onCurrent: ((row: Item) => void) | undefined;
}

interface RowKeys<Item> {
  /** the row that takes the focus when the table does */
  current: number;
  onKeyDown: (event: KeyboardEvent) => void;
  onClick: (index: number, row: Item) => void;
  /** a click on a row's mark; with Shift from the last one to this one */
  onPick: (index: number, extend: boolean) => void;
}

/** The keys and clicks of a table's rows: arrows, Page Up/Down, Home, End; Enter opens; Space, Shift and Ctrl+A mark. */
export function useRowKeys<Item>(options: RowKeysOptions<Item>): RowKeys<Item> {
  const { count, rowAt, rowId, selection, scroller, pageRows } = options;
  const [active, setActive] = useState(0);
  const moved = useRef(false);
  const anchor = useRef(0);
  const current = Math.min(active, Math.max(0, count - 1));

  useEffect(() => {
    if (!moved.current) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${current}"]`);
    if (!row) return; // it is on its way: the focus follows with the next drawing
    moved.current = false;
    row.focus();
  });

  const mark = (from: number, to: number, selected: boolean): void => {
    const ids: string[] = [];
    for (let at = Math.min(from, to); at <= Math.max(from, to); at += 1) {
      const row = rowAt(at);
      if (row !== undefined) ids.push(rowId(row));
    }
    selection?.set(ids, selected);
  };
  const isMarked = (index: number): boolean => {
    const row = rowAt(index);
    return row !== undefined && (selection?.isSelected(rowId(row)) ?? false);
  };
  const move = (to: number, extend: boolean): void => {
    const next = Math.min(count - 1, Math.max(0, to));
    if (extend) mark(current, next, true);
    else anchor.current = next;
    moved.current = true;
    setActive(next);
    options.scrollTo(next);
    const row = rowAt(next);
    if (row !== undefined) options.onCurrent?.(row);
  };
  const steps: Record<string, number> = {
    ArrowDown: current + 1,
    ArrowUp: current - 1,
    PageDown: current + pageRows,
    PageUp: current - pageRows,
    Home: 0,
    End: count - 1,
  };

  return {
    current,
    onKeyDown(event) {
      if (!(event.target as HTMLElement).matches('[role=row]')) return;
      const row = rowAt(current);
      const marksAll =
        selection && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a';
      if (event.key === 'Enter' && row !== undefined && options.onOpen) options.onOpen(row);
      else if (event.key === ' ' && selection) mark(current, current, !isMarked(current));
      else if (marksAll) selection.setAll(true);
      else if (event.key in steps) {
        move(steps[event.key] ?? current, selection !== undefined && event.shiftKey);
      } else return;
      event.preventDefault();
    },
    onClick(index, row) {
      setActive(index);
      options.onCurrent?.(row);
    },
    onPick(index, extend) {
      const selected = !isMarked(index);
      if (extend) mark(anchor.current, index, true);
      else mark(index, index, selected);
      anchor.current = index;
    },
  };
}
