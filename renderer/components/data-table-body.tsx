// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid is drawn with boxes; a table element cannot be
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid handles the keys of all its rows
// biome-ignore-all lint/a11y/useFocusableInteractive: rows take the focus (roving tabindex), their parts do not
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { classNames } from './class-names.ts';
import styles from './data-table.module.css';
import type { Column, DataTableProps } from './data-table-types.ts';

const rowHeightPx = 32;

interface BodyProps<Row> extends DataTableProps<Row> {
  header: ReactNode;
  template: string;
  minWidth: number;
  visibleColumns: readonly Column<Row>[];
}

/** The rows in sight, with the keys that move among them. */
export function Body<Row>(props: BodyProps<Row>) {
  const { rows, rowId, onOpen, onEndReached } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const moved = useRef(false);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    overscan: 10,
    getItemKey: (index) => rowId(rows[index] as Row),
  });
  const items = virtualizer.getVirtualItems();
  const lastIndex = items.at(-1)?.index ?? 0;
  const current = Math.min(active, Math.max(0, rows.length - 1));

  useEffect(() => {
    if (rows.length > 0 && lastIndex >= rows.length - 5) onEndReached?.();
  }, [lastIndex, rows.length, onEndReached]);
  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    scroller.current?.querySelector<HTMLElement>(`[data-index="${current}"]`)?.focus();
  });

  const move = (to: number): void => {
    const next = Math.min(rows.length - 1, Math.max(0, to));
    moved.current = true;
    setActive(next);
    virtualizer.scrollToIndex(next);
  };
  const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 320) / rowHeightPx) - 2);
  const steps: Record<string, number> = {
    ArrowDown: current + 1,
    ArrowUp: current - 1,
    PageDown: current + page,
    PageUp: current - page,
    Home: 0,
    End: rows.length - 1,
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rows[current];
    if (!(event.target as HTMLElement).matches('[role=row]')) return;
    if (event.key === 'Enter' && row && onOpen) onOpen(row);
    else if (event.key in steps) move(steps[event.key] ?? current);
    else return;
    event.preventDefault();
  };

  return (
    <div
      ref={scroller}
      className={styles.scroller}
      role="grid"
      aria-label={props.label}
      aria-rowcount={(props.total ?? rows.length) + 1}
      aria-colcount={props.visibleColumns.length}
      onKeyDown={onKeyDown}
    >
      <div
        className={styles.sheet}
        role="presentation"
        style={{ minWidth: props.minWidth, ['--columns' as string]: props.template }}
      >
        <div role="rowgroup" className={styles.header}>
          {props.header}
        </div>
        {rows.length === 0 ? (
          <div role="rowgroup">
            <div role="row">
              <div role="gridcell">{props.empty}</div>
            </div>
          </div>
        ) : (
          <div
            role="rowgroup"
            className={styles.body}
            style={{ height: virtualizer.getTotalSize() }}
          >
            {items.map((item) => {
              const row = rows[item.index];
              if (row === undefined) return null;
              return (
                <div
                  key={item.key}
                  role="row"
                  data-index={item.index}
                  aria-rowindex={item.index + 2}
                  tabIndex={item.index === current ? 0 : -1}
                  className={styles.row}
                  style={{ transform: `translateY(${item.start}px)`, height: rowHeightPx }}
                  onClick={() => setActive(item.index)}
                  onDoubleClick={() => onOpen?.(row)}
                >
                  {props.visibleColumns.map((column) => (
                    <div
                      key={column.id}
                      role="gridcell"
                      className={classNames(styles.cell, column.align === 'end' && styles.end)}
                    >
                      {column.cell(row)}
                    </div>
                  ))}
                </div>
              );
            })}
          </div>
        )}
      </div>
    </div>
  );
}
