// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid is drawn with boxes; a table element cannot be
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid handles the keys of all its rows
// biome-ignore-all lint/a11y/useFocusableInteractive: rows take the focus (roving tabindex), their parts do not
import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, type ReactNode, useEffect, useRef } from 'react';
import styles from './data-table.module.css';
import { PendingRow, Row } from './data-table-row.tsx';
import type { Column, DataTableProps } from './data-table-types.ts';
import { useRowKeys } from './use-row-keys.ts';

const rowHeightPx = 32;
/**
 * Chromium draws nothing beyond some 33 million pixels: of a longer list the rows up to here can be reached by
 * scrolling, and all of them by a filter.
 */
const longestList = 1_000_000;

interface BodyProps<Item> extends DataTableProps<Item> {
  header: ReactNode;
  template: string;
  minWidth: number;
  visibleColumns: readonly Column<Item>[];
}

/** The rows in sight, with the keys that move among them. */
export function Body<Item>(props: BodyProps<Item>) {
  const { rows, rowId, sparse, selection, onEndReached } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const count = Math.min(longestList, sparse?.count ?? rows.length);
  const rowAt = (index: number): Item | undefined => (sparse ? sparse.rowAt(index) : rows[index]);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    overscan: 10,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  const onRange = sparse?.onRange;
  useEffect(() => {
    if (count > 0) onRange?.(first, last);
    if (count > 0 && last >= count - 5) onEndReached?.();
  }, [first, last, count, onRange, onEndReached]);

  const listKey = sparse?.listKey;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins at its top
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
  }, [listKey]);

  const keys = useRowKeys<Item>({
    count,
    rowAt,
    rowId,
    selection,
    scroller,
    pageRows: Math.max(1, Math.floor((scroller.current?.clientHeight ?? 320) / rowHeightPx) - 2),
    scrollTo: (index) => virtualizer.scrollToIndex(index),
    onOpen: props.onOpen,
    onCurrent: props.onCurrent,
  });

  return (
    <div
      ref={scroller}
      className={styles.scroller}
      role="grid"
      aria-label={props.label}
      aria-rowcount={(props.total ?? count) + 1}
      aria-colcount={props.visibleColumns.length + (selection ? 1 : 0)}
      aria-multiselectable={selection ? true : undefined}
      onKeyDown={keys.onKeyDown}
    >
      <div
        className={styles.sheet}
        role="presentation"
        style={{ minWidth: props.minWidth, ['--columns' as string]: props.template }}
      >
        <div role="rowgroup" className={styles.header}>
          {props.header}
        </div>
        {count === 0 ? (
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
              const row = rowAt(item.index);
              const place = { index: item.index, top: item.start, height: rowHeightPx };
              if (row === undefined) {
                return (
                  <PendingRow
                    key={item.key}
                    {...place}
                    columns={props.visibleColumns.length + (selection ? 1 : 0)}
                  />
                );
              }
              const id = rowId(row);
              return (
                <Row
                  key={item.key}
                  {...place}
                  row={row}
                  columns={props.visibleColumns}
                  active={item.index === keys.current}
                  isCurrent={props.currentId === id}
                  selected={selection ? selection.isSelected(id) : null}
                  onPick={(event: MouseEvent) => keys.onPick(item.index, event.shiftKey)}
                  onClick={() => keys.onClick(item.index, row)}
                  onDoubleClick={() => props.onOpen?.(row)}
                />
              );
            })}
          </div>
        )}
      </div>
    </div>
  );
}
