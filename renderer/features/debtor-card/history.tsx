import { ListFilter, Search, X } from 'lucide-react';
import { memo, useDeferredValue, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DebtorCard } from '#shared/contract/index.ts';
import { useKeys } from '../../app/keys/use-keys.ts';
import { Button, Field, Input, Select } from '../../components/index.ts';
import { DebtorMessagesContext, PendingMessages, useDebtorMessages } from '../messages/index.ts';
import styles from './history.module.css';
import {
  type ChannelGroup,
  channelGroups,
  type HistoryFilter,
  isFiltered,
  moreFilters,
  noFilter,
} from './history-filter.ts';
import { HistoryFilters } from './history-filters.tsx';
import { HistoryTimeline } from './history-timeline.tsx';

/** Everything that was said and done, over all channels and both directions, newest first. */
export const History = memo(function History({ card }: { card: DebtorCard }) {
  // another debtor's history is looked at with fresh eyes
  return <HistoryOf key={card.debtorId} card={card} />;
});

function HistoryOf({ card }: { card: DebtorCard }) {
  const { t, i18n } = useTranslation();
  const [filter, setFilter] = useState<HistoryFilter>(noFilter);
  const [open, setOpen] = useState(false);
  const messages = useDebtorMessages(card.debtorId);
  const shown = useDeferredValue(filter);
  const panelId = useId();
  const change = (part: Partial<HistoryFilter>): void => setFilter((now) => ({ ...now, ...part }));
  const chosen = moreFilters(filter);

  return (
    <section className={styles.history} aria-label={t('history.title')}>
      <header className={styles.header}>
        <h2 className={styles.title}>{t('history.title')}</h2>
        <span className={styles.count}>
          {new Intl.NumberFormat(i18n.language).format(card.historyTotal)}
        </span>
        <Select
          className={styles.filter}
          label={t('history.filter')}
          value={filter.group}
          onChange={(group) => change({ group })}
          options={(Object.keys(channelGroups) as ChannelGroup[]).map((value) => ({
            value,
            label: t(`history.filter-${value}`),
          }))}
        />
        <SearchField value={filter.search} onChange={(search) => change({ search })} />
        <Button
          className={styles.more}
          pressed={open || chosen > 0}
          aria-expanded={open}
          aria-controls={panelId}
          icon={<ListFilter size={14} aria-hidden="true" />}
          onClick={() => setOpen((now) => !now)}
        >
          {chosen > 0 ? t('history.filters-chosen', { count: chosen }) : t('history.filters')}
        </Button>
      </header>
      <div id={panelId} hidden={!open}>
        {open ? <HistoryFilters card={card} filter={filter} onChange={change} /> : null}
      </div>
      {isFiltered(filter) ? (
        <Button
          look="quiet"
          className={styles.clear}
          icon={<X size={14} aria-hidden="true" />}
          onClick={() => setFilter(noFilter)}
        >
          {t('history.clear-filters')}
        </Button>
      ) : null}
      <PendingMessages card={card} messages={messages.messages} />
      <DebtorMessagesContext value={messages}>
        <HistoryTimeline card={card} filter={shown} />
      </DebtorMessagesContext>
    </section>
  );
}

function SearchField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  useKeys({ '/': () => field.current?.focus() });
  return (
    <Field label={t('history.search')} hideLabel className={styles.search}>
      <Search size={14} aria-hidden="true" className={styles.searchIcon} />
      <Input
        ref={field}
        type="search"
        value={value}
        maxLength={200}
        placeholder={t('history.search')}
        aria-keyshortcuts="/"
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          onChange('');
          event.currentTarget.blur();
        }}
      />
    </Field>
  );
}
