// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
// biome-ignore-all lint/a11y/useSemanticElements: the region is the scrolling box, not a section of the text
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DebtorCard } from '#shared/contract/index.ts';
import { errorText } from '../../app/errors.ts';
import { isoDateFrom } from '../../app/format/index.ts';
import { EmptyState, ErrorState, Skeleton } from '../../components/index.ts';
import styles from './history.module.css';
import { HistoryDay } from './history-day.tsx';
import { type HistoryFilter, isFiltered } from './history-filter.ts';
import { HistoryItem } from './history-item.tsx';
import { type HistoryRow, headingAbove, historyRows } from './history-rows.ts';
import { useHistory } from './use-history.ts';
import { useHistoryKeys } from './use-history-keys.ts';

const dayHeight = 28;
const itemHeight = 64;
/** so many rows before the end the next page is asked for: nobody who scrolls sees the end of what is loaded */
const rowsAhead = 60;
const dayOf = (at: number): string => isoDateFrom(at, 0);

/** The list itself. Of a long history only what is in sight is drawn, with the heading of its day on top. */
export function HistoryTimeline({ card, filter }: { card: DebtorCard; filter: HistoryFilter }) {
  const { t } = useTranslation();
  const { items, more, loading, error, loadMore } = useHistory(card, filter);
  const rows = useMemo(() => historyRows(items, dayOf), [items]);

  if (error && items.length === 0) {
    return <ErrorState text={errorText(error, t)} onRetry={loadMore} />;
  }
  if (rows.length === 0) {
    if (loading) return <Skeleton lines={6} />;
    return isFiltered(filter) ? (
      <EmptyState title={t('history.nothing-found')} text={t('history.nothing-found-text')} />
    ) : (
      <EmptyState title={t('history.empty')} text={t('history.empty-text')} />
    );
  }
  return (
    <Rows
      rows={rows}
      total={isFiltered(filter) ? (more ? -1 : items.length) : card.historyTotal}
      more={more}
      error={error}
      search={filter.search.trim()}
      loadMore={loadMore}
    />
  );
}

function Rows({
  rows,
  total,
  more,
  error,
  search,
  loadMore,
}: {
  rows: readonly HistoryRow[];
  total: number;
  more: boolean;
  error: unknown;
  search: string;
  loadMore: () => void;
}) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const sticky = useRef(-1);
  // what is heard stays on the page, however far it is scrolled away
  const [heardKey, setHeardKey] = useState<string | null>(null);
  const heard = useMemo(
    () => (heardKey === null ? -1 : rows.findIndex((row) => row.key === heardKey)),
    [rows, heardKey],
  );
  const rangeExtractor = useCallback(
    (range: Range) => {
      sticky.current = headingAbove(rows, range.startIndex);
      const wanted = new Set(defaultRangeExtractor(range));
      if (sticky.current >= 0) wanted.add(sticky.current);
      if (heard >= 0) wanted.add(heard);
      return [...wanted].sort((a, b) => a - b);
    },
    [rows, heard],
  );
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === 'day' ? dayHeight : itemHeight),
    overscan: 8,
    // an item that is gone to never lies under the heading of its day
    scrollPaddingStart: dayHeight,
    getItemKey: (index) => rows[index]?.key ?? index,
    rangeExtractor,
  });
  const { current, onKeyDown, onFocus } = useHistoryKeys(rows, scroller, (index) =>
    virtualizer.scrollToIndex(index, { align: 'auto' }),
  );
  const last = virtualizer.range?.endIndex ?? 0;
  useEffect(() => {
    if (more && !error && last >= rows.length - rowsAhead) loadMore();
  }, [more, error, rows.length, last, loadMore]);

  return (
    <div
      ref={scroller}
      className={styles.scroller}
      tabIndex={0}
      role="region"
      aria-label={t('history.entries')}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
    >
      <div className={styles.list} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ key, index, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          if (row.kind === 'day') {
            const stuck = index === sticky.current;
            return (
              <div
                key={key}
                ref={virtualizer.measureElement}
                data-index={index}
                className={stuck ? styles.stuck : styles.row}
                style={stuck ? undefined : { transform: `translateY(${start}px)` }}
              >
                <HistoryDay at={row.at} />
              </div>
            );
          }
          return (
            <div
              key={key}
              ref={virtualizer.measureElement}
              data-index={index}
              className={styles.row}
              style={{ transform: `translateY(${start}px)` }}
            >
              <HistoryItem
                item={row.item}
                rowKey={row.key}
                position={row.position + 1}
                total={total}
                current={index === current}
                search={search}
                onHeard={setHeardKey}
              />
            </div>
          );
        })}
      </div>
      {error ? <ErrorState text={errorText(error, t)} onRetry={loadMore} /> : null}
    </div>
  );
}
