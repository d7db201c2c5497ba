// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid is drawn with boxes; a table element cannot be
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid handles the keys of all its rows
// biome-ignore-all lint/a11y/useFocusableInteractive: rows take the focus (roving tabindex), their parts do not
import {
  type ColumnDef,
  columnSizingFeature,
  columnVisibilityFeature,
  createSortedRowModel,
  rowSortingFeature,
  type SortingState,
  sortFn_alphanumeric,
  sortFn_text,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp, Columns3 } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreference } from '../app/services.ts';
import { classNames } from './class-names.ts';
import styles from './data-table.module.css';
import { IconButton } from './icon-button.tsx';
import { Menu } from './menu.tsx';

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

interface Kept {
  widths: Record<string, number>;
  hidden: string[];
}

const rowHeightPx = 32;
const features = tableFeatures({
  columnSizingFeature,
  columnVisibilityFeature,
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric, text: sortFn_text },
});

/**
 * A table of any length: only rows in sight are drawn. Arrows, Page Up/Down, Home and End move; Enter opens. Column
 * widths (Alt with arrows on a header, or dragging) and hidden columns are kept for each person.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { t } = useTranslation();
  const [kept, keep] = usePreference(`table.${props.id}`, { widths: {}, hidden: [] });
  const { widths, hidden } = kept as Kept;
  const [ownSorting, setOwnSorting] = useState<SortingState>([]);
  const byServer = props.onSortChange !== undefined;
  const sorting = useMemo<SortingState>(
    () =>
      byServer
        ? props.sort
          ? [{ id: props.sort.id, desc: props.sort.descending }]
          : []
        : ownSorting,
    [byServer, props.sort, ownSorting],
  );
  const columns = useMemo(() => toDefinitions(props.columns), [props.columns]);
  const data = props.rows as Row[];
  const table = useTable({
    features,
    columns,
    data: data as never[],
    getRowId: (row: Row) => props.rowId(row),
    manualSorting: byServer,
    enableSortingRemoval: false,
    state: {
      sorting,
      columnSizing: widths,
      columnVisibility: Object.fromEntries(hidden.map((id) => [id, false])),
    },
    onSortingChange: (update: unknown) => {
      const next = (typeof update === 'function' ? update(sorting) : update) as SortingState;
      const first = next[0];
      if (byServer && first) props.onSortChange?.({ id: first.id, descending: first.desc });
      else setOwnSorting(next);
    },
  } as never) as unknown as TableModel<Row>;

  const rows = table.getRowModel().rows;
  const visible = table.getVisibleLeafColumns();
  const byId = new Map(props.columns.map((column) => [column.id, column]));
  const template = visible
    .map((column, index) =>
      index === visible.length - 1 ? `minmax(${column.getSize()}px, 1fr)` : `${column.getSize()}px`,
    )
    .join(' ');
  const minWidth = visible.reduce((sum, column) => sum + column.getSize(), 0);

  const setWidth = (id: string, width: number): void =>
    keep({ widths: { ...widths, [id]: Math.min(640, Math.max(56, width)) }, hidden });
  const toggle = (id: string): void =>
    keep({
      widths,
      hidden: hidden.includes(id) ? hidden.filter((one) => one !== id) : [...hidden, id],
    });

  return (
    <div className={styles.frame}>
      <Body
        {...props}
        rows={rows.map((row) => row.original)}
        template={template}
        minWidth={minWidth}
        visibleColumns={visible.flatMap((column) => byId.get(column.id) ?? [])}
        header={
          <div className={styles.headerRow} role="row" aria-rowindex={1}>
            {visible.map((column) => (
              <HeaderCell
                key={column.id}
                column={byId.get(column.id) as Column<unknown>}
                sorted={column.getIsSorted()}
                sortable={column.getCanSort()}
                width={column.getSize()}
                onSort={() => column.toggleSorting()}
                onWidth={(width) => setWidth(column.id, width)}
              />
            ))}
          </div>
        }
      />
      <div className={styles.columns}>
        <Menu
          align="end"
          trigger={
            <IconButton
              label={t('table.columns')}
              icon={<Columns3 size={14} aria-hidden="true" />}
            />
          }
          items={props.columns.map((column) => ({
            id: column.id,
            label: column.header,
            chosen: !hidden.includes(column.id),
            disabled: !hidden.includes(column.id) && visible.length === 1,
            onSelect: () => toggle(column.id),
          }))}
        />
      </div>
    </div>
  );
}

/** The part of TanStack's model that this component uses; its own types follow the features registry. */
interface TableModel<Row> {
  getRowModel(): { rows: { id: string; original: Row }[] };
  getVisibleLeafColumns(): {
    id: string;
    getSize(): number;
    getIsSorted(): false | 'asc' | 'desc';
    getCanSort(): boolean;
    toggleSorting(): void;
  }[];
}

function toDefinitions<Row>(columns: readonly Column<Row>[]): ColumnDef<typeof features, never>[] {
  return columns.map((column) => ({
    id: column.id,
    size: column.width,
    header: column.header,
    enableSorting: column.sortable ?? column.value !== undefined,
    accessorFn: (row: Row) => column.value?.(row) ?? null,
    sortFn: 'alphanumeric',
  })) as never;
}

function HeaderCell({
  column,
  sorted,
  sortable,
  width,
  onSort,
  onWidth,
}: {
  column: Column<unknown>;
  sorted: false | 'asc' | 'desc';
  sortable: boolean;
  width: number;
  onSort: () => void;
  onWidth: (width: number) => void;
}) {
  const drag = useRef<{ x: number; width: number } | null>(null);
  const resizeByKey = (event: KeyboardEvent): void => {
    if (!event.altKey || !event.key.startsWith('Arrow')) return;
    event.preventDefault();
    onWidth(width + (event.key === 'ArrowRight' ? 16 : -16));
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
        }}
      />
    </div>
  );
}

interface BodyProps<Row> extends DataTableProps<Row> {
  header: ReactNode;
  template: string;
  minWidth: number;
  visibleColumns: readonly Column<Row>[];
}

function Body<Row>(props: BodyProps<Row>) {
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
