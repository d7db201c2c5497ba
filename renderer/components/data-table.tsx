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
import { Columns3 } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreference } from '../app/services.ts';
import styles from './data-table.module.css';
import { Body } from './data-table-body.tsx';
import { HeaderCell } from './data-table-header.tsx';
import type { Column, DataTableProps } from './data-table-types.ts';
import { IconButton } from './icon-button.tsx';
import { Menu } from './menu.tsx';
import { SelectAll } from './select-all.tsx';

const pickWidthPx = 36;

interface Kept {
  widths: Record<string, number>;
  hidden: string[];
}

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
  const [kept, keep] = usePreference(`table.${props.id}`, {
    widths: {},
    hidden: props.columns.flatMap((column) => (column.hiddenByDefault ? column.id : [])),
  });
  const { hidden } = kept as Kept;
  // while a width is dragged it is not sent with every pixel
  const [dragged, setDragged] = useState<Kept['widths'] | null>(null);
  const widths = dragged ?? (kept as Kept).widths;
  const latestWidths = useRef(widths);
  latestWidths.current = widths;
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
  const sizes = visible.map((column, index) =>
    index === visible.length - 1 ? `minmax(${column.getSize()}px, 1fr)` : `${column.getSize()}px`,
  );
  const template = [...(props.selection ? [`${pickWidthPx}px`] : []), ...sizes].join(' ');
  const minWidth =
    visible.reduce((sum, column) => sum + column.getSize(), 0) +
    (props.selection ? pickWidthPx : 0);

  const setWidth = (id: string, width: number): void => {
    latestWidths.current = { ...latestWidths.current, [id]: Math.min(640, Math.max(56, width)) };
    setDragged(latestWidths.current);
  };
  const keepWidths = (): void => {
    if (latestWidths.current === (kept as Kept).widths) return;
    keep({ widths: latestWidths.current, hidden });
    setDragged(null);
  };
  const toggle = (id: string): void =>
    keep({
      widths: latestWidths.current,
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
            {props.selection ? <SelectAll selection={props.selection} /> : null}
            {visible.map((column) => (
              <HeaderCell
                key={column.id}
                column={byId.get(column.id) as Column<unknown>}
                sorted={column.getIsSorted()}
                sortable={column.getCanSort()}
                width={column.getSize()}
                onSort={() => column.toggleSorting()}
                onWidth={(width) => setWidth(column.id, width)}
                onWidthEnd={keepWidths}
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
