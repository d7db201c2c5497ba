// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
// biome-ignore-all lint/a11y/useSemanticElements: the region is the scrolling box, not a section of the text
import { useVirtualizer } from '@tanstack/react-virtual';
import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DebtorCard } from '#shared/contract/index.ts';
import type { Channel } from '#shared/domain/index.ts';
import { errorText } from '../../app/errors.ts';
import { useKeys } from '../../app/keys/use-keys.ts';
import { EmptyState, ErrorState, Field, Input, Select, Skeleton } from '../../components/index.ts';
import styles from './history.module.css';
import { HistoryItem } from './history-item.tsx';
import { useHistory } from './use-history.ts';

const filters = {
  all: [],
  calls: ['call', 'voiceMessage', 'ivr'],
  messages: ['sms', 'mms', 'email', 'chat', 'letter'],
  notes: ['note', 'status', 'visit'],
  payments: ['payment'],
} as const satisfies Record<string, readonly Channel[]>;
type Filter = keyof typeof filters;

/** Everything that was said and done, newest first. Of a long history only what is in sight is drawn. */
export function History({ card }: { card: DebtorCard }) {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<Filter>('all');
  const [search, setSearch] = useState('');
  const searchField = useRef<HTMLInputElement>(null);
  useKeys({ '/': () => searchField.current?.focus() });

  return (
    <section className={styles.history} aria-label={t('history.title')}>
      <header className={styles.header}>
        <h2 className={styles.title}>{t('history.title')}</h2>
        <span className={styles.count}>{card.historyTotal}</span>
        <Select
          className={styles.filter}
          label={t('history.filter')}
          value={filter}
          onChange={setFilter}
          options={(Object.keys(filters) as Filter[]).map((value) => ({
            value,
            label: t(`history.filter-${value}`),
          }))}
        />
        <Field label={t('history.search')} hideLabel className={styles.search}>
          <Search size={14} aria-hidden="true" className={styles.searchIcon} />
          <Input
            ref={searchField}
            type="search"
            value={search}
            placeholder={t('history.search')}
            aria-keyshortcuts="/"
            onChange={(event) => setSearch(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return;
              setSearch('');
              event.currentTarget.blur();
            }}
          />
        </Field>
      </header>
      <Timeline key={card.debtorId} card={card} channels={filters[filter]} search={search} />
    </section>
  );
}

function Timeline({
  card,
  channels,
  search,
}: {
  card: DebtorCard;
  channels: readonly Channel[];
  search: string;
}) {
  const { t } = useTranslation();
  const { items, more, loading, error, loadMore } = useHistory(card, channels, search);
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 52,
    overscan: 8,
    getItemKey: (index) => items[index]?.interactionId ?? index,
  });
  const shown = virtualizer.getVirtualItems();
  const last = shown.at(-1)?.index ?? -1;

  useEffect(() => {
    if (more && items.length > 0 && last >= items.length - 3) loadMore();
  }, [more, items.length, last, loadMore]);

  if (error) return <ErrorState text={errorText(error, t)} onRetry={loadMore} />;
  if (items.length === 0) {
    return loading ? <Skeleton lines={6} /> : <EmptyState title={t('history.empty')} />;
  }
  return (
    <div
      ref={scroller}
      className={styles.scroller}
      tabIndex={0}
      role="region"
      aria-label={t('history.entries')}
    >
      <ol className={styles.list} style={{ height: virtualizer.getTotalSize() }}>
        {shown.map((row) => {
          const item = items[row.index];
          return item ? (
            <li
              key={row.key}
              ref={virtualizer.measureElement}
              data-index={row.index}
              aria-posinset={row.index + 1}
              aria-setsize={more ? -1 : items.length}
              className={styles.row}
              style={{ transform: `translateY(${row.start}px)` }}
            >
              <HistoryItem item={item} />
            </li>
          ) : null;
        })}
      </ol>
    </div>
  );
}
