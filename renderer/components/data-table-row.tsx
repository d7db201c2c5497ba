// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid is drawn with boxes; a table element cannot be
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid handles the keys of all its rows
// biome-ignore-all lint/a11y/useFocusableInteractive: rows take the focus (roving tabindex), their parts do not
import { Check } from 'lucide-react';
import type { MouseEvent } from 'react';
import { classNames } from './class-names.ts';
import styles from './data-table.module.css';
import type { Column } from './data-table-types.ts';

interface Place {
  index: number;
  top: number;
  height: number;
}

/** One row that is there. Its first cell is the mark, where rows can be marked. */
export function Row<Item>({
  index,
  top,
  height,
  row,
  columns,
  active,
  isCurrent,
  selected,
  onPick,
  onClick,
  onDoubleClick,
}: Place & {
  row: Item;
  columns: readonly Column<Item>[];
  /** takes the focus when the table does */
  active: boolean;
  isCurrent: boolean;
  /** null: rows cannot be marked */
  selected: boolean | null;
  onPick: (event: MouseEvent) => void;
  onClick: () => void;
  onDoubleClick: () => void;
}) {
  return (
    <div
      role="row"
      data-index={index}
      data-current={isCurrent ? 'true' : undefined}
      aria-rowindex={index + 2}
      aria-selected={selected ?? undefined}
      tabIndex={active ? 0 : -1}
      className={styles.row}
      style={{ transform: `translateY(${top}px)`, height }}
      onClick={onClick}
      onDoubleClick={onDoubleClick}
    >
      {selected === null ? null : (
        <div
          role="gridcell"
          className={styles.pick}
          data-checked={selected}
          onClick={onPick}
          onDoubleClick={(event) => event.stopPropagation()}
        >
          <span className={styles.mark}>
            {selected ? <Check size={12} strokeWidth={3} aria-hidden="true" /> : null}
          </span>
        </div>
      )}
      {columns.map((column) => (
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
}

/** The place of a row that is on its way. */
export function PendingRow({ index, top, height, columns }: Place & { columns: number }) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-busy="true"
      className={styles.row}
      style={{ transform: `translateY(${top}px)`, height }}
    >
      {Array.from({ length: columns }, (_, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars have no identity
        <div key={column} role="gridcell" className={styles.cell}>
          <span className={styles.pending} />
        </div>
      ))}
    </div>
  );
}
