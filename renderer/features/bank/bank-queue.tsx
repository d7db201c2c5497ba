import { CircleCheck } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../../app/announcer.ts';
import { errorText } from '../../app/errors.ts';
import { useKeys } from '../../app/keys/use-keys.ts';
import { toHash } from '../../app/router.ts';
import {
  DateOnly,
  EmptyState,
  ErrorState,
  Money,
  Panel,
  Skeleton,
} from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import styles from './bank-queue.module.css';
import { EntryDetail } from './entry-detail.tsx';
import { type QueueEntry, useBankQueue } from './use-bank-queue.ts';

/** Entries at the left, the one at hand with its suggestions at the right; all of it by keys. */
export function BankQueue() {
  const { t } = useTranslation();
  const queue = useBankQueue();
  const [chosenId, setChosenId] = useState('');
  const list = useRef<HTMLUListElement>(null);
  const entries = queue.loaded?.entries ?? [];
  const index = Math.max(
    0,
    entries.findIndex((entry) => entry.bankEntryId === chosenId),
  );
  const entry = entries[index] ?? null;
  const moved = useRef(false);

  const move = (by: number): void => {
    const next = entries[Math.min(entries.length - 1, Math.max(0, index + by))];
    if (!next) return;
    moved.current = true;
    setChosenId(next.bankEntryId);
    if (index + by >= entries.length - 5) queue.loadMore();
  };
  const down = (): void => move(1);
  const up = (): void => move(-1);
  useKeys({ J: down, K: up });
  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    list.current?.querySelector<HTMLElement>('[aria-current=true]')?.scrollIntoView({
      block: 'nearest',
    });
  });

  if (queue.loaded === null) {
    return queue.error === null ? (
      <Skeleton lines={8} />
    ) : (
      <ErrorState text={errorText(queue.error, t)} onRetry={queue.reload} />
    );
  }
  if (entry === null) {
    return (
      <Panel title={t('bank.queue')} hideTitle>
        <EmptyState
          icon={<CircleCheck size={24} aria-hidden="true" />}
          title={t('bank.empty')}
          text={t('bank.empty-text')}
          action={
            <LinkButton href={toHash('/import', { kind: 'bankStatement' })}>
              {t('bank.import')}
            </LinkButton>
          }
        />
      </Panel>
    );
  }
  const done = (text: string): void => {
    const next = entries[index + 1] ?? entries[index - 1];
    setChosenId(next?.bankEntryId ?? '');
    queue.drop(entry.bankEntryId);
    announce(text);
  };
  return (
    <div className={styles.columns}>
      <Panel
        title={t('bank.waiting', { count: queue.loaded.total })}
        flush
        className={styles.panel}
      >
        <ul
          ref={list}
          className={styles.list}
          onScroll={(event) => {
            const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
            if (scrollHeight - scrollTop - clientHeight < 200) queue.loadMore();
          }}
        >
          {entries.map((one) => (
            <li key={one.bankEntryId}>
              <Item
                entry={one}
                current={one.bankEntryId === entry.bankEntryId}
                onChoose={() => setChosenId(one.bankEntryId)}
                onMove={move}
              />
            </li>
          ))}
        </ul>
      </Panel>
      <EntryDetail key={entry.bankEntryId} entry={entry} onDone={done} onGone={queue.reload} />
    </div>
  );
}

function Item({
  entry,
  current,
  onChoose,
  onMove,
}: {
  entry: QueueEntry;
  current: boolean;
  onChoose: () => void;
  onMove: (by: number) => void;
}) {
  const { t } = useTranslation();
  const best = entry.suggestions[0];
  return (
    <button
      type="button"
      className={styles.item}
      aria-current={current}
      onClick={onChoose}
      onKeyDown={(event) => {
        const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
        if (by === 0) return;
        event.preventDefault();
        onMove(by);
        const item = event.currentTarget.closest('li');
        const next = by > 0 ? item?.nextElementSibling : item?.previousElementSibling;
        next?.querySelector('button')?.focus();
      }}
    >
      <span className={styles.line}>
        <span className={styles.payer}>{entry.payer ?? t('bank.no-payer')}</span>
        <span className={styles.amount}>
          <Money amounts={{ amountMinor: entry.amountMinor, currency: entry.currency }} />
        </span>
      </span>
      <span className={styles.line}>
        <span className={styles.faint}>{entry.title || '–'}</span>
        <span className={styles.faint}>
          <DateOnly date={entry.bookedOn} />
        </span>
      </span>
      <span className={styles.guess} data-certainty={best?.certainty ?? 'none'}>
        {best ? t(`bank.certainty-${best.certainty}`) : t('bank.no-suggestion')}
        {best ? ` · ${best.debtorName}` : ''}
      </span>
    </button>
  );
}
