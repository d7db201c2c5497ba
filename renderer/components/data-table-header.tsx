// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid is drawn with boxes; a table element cannot be
// biome-ignore-all lint/a11y/useFocusableInteractive: rows take the focus (roving tabindex), their parts do not
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type KeyboardEvent, useRef } from 'react';
import { classNames } from './class-names.ts';
import styles from './data-table.module.css';
import type { Column } from './data-table-types.ts';

/** One column's heading: sorts on a click, is made wider by dragging or Alt with arrows. */
export function HeaderCell({
  column,
  sorted,
  sortable,
  width,
  onSort,
  onWidth,
  onWidthEnd,
}: {
  column: Column<unknown>;
  sorted: false | 'asc' | 'desc';
  sortable: boolean;
  width: number;
  onSort: () => void;
  onWidth: (width: number) => void;
  /** the drag is over: what it came to is kept */
  onWidthEnd: () => void;
}) {
  const drag = useRef<{ x: number; width: number } | null>(null);
  const resizeByKey = (event: KeyboardEvent): void => {
    if (!event.altKey || !event.key.startsWith('Arrow')) return;
    event.preventDefault();
    onWidth(width + (event.key === 'ArrowRight' ? 16 : -16));
    onWidthEnd();
  };
  return (
    <div
      role="columnheader"
      className={classNames(styles.headerCell, column.align === 'end' && styles.end)}
      aria-sort={sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : undefined}
    >
      {sortable ? (
        <button type="button" className={styles.sort} onClick={onSort} onKeyDown={resizeByKey}>
          {column.header}
          {sorted === 'asc' ? <ArrowUp size={12} aria-hidden="true" /> : null}
          {sorted === 'desc' ? <ArrowDown size={12} aria-hidden="true" /> : null}
        </button>
      ) : (
        <span className={styles.plainHeader}>{column.header}</span>
      )}
      <span
        className={styles.handle}
        onPointerDown={(event) => {
          drag.current = { x: event.clientX, width };
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={(event) => {
          if (drag.current) onWidth(drag.current.width + event.clientX - drag.current.x);
        }}
        onPointerUp={() => {
          drag.current = null;
          onWidthEnd();
        }}
      />
    </div>
  );
}
