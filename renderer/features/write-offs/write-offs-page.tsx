import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../../app/announcer.ts';
import { errorText } from '../../app/errors.ts';
import { useKeys } from '../../app/keys/use-keys.ts';
import { useQuery } from '../../app/router.ts';
import {
  Button,
  EmptyState,
  ErrorState,
  Money,
  Page,
  Panel,
  Select,
  Skeleton,
  StatusDot,
  type Tone,
  When,
} from '../../components/index.ts';
import { useWriteOffs, type WriteOffItem, type WriteOffStatus } from './use-write-offs.ts';
import { WriteOffDetail } from './write-off-detail.tsx';
import styles from './write-offs-page.module.css';

const statuses: readonly WriteOffStatus[] = ['proposed', 'approved', 'rejected', 'withdrawn'];
export const tones: Record<WriteOffStatus, Tone> = {
  proposed: 'wait',
  approved: 'talk',
  rejected: 'stop',
  withdrawn: 'neutral',
};

/** Debts that agents propose to let go of: a lead reads the reason and decides. */
export function WriteOffsPage() {
  const { t } = useTranslation();
  const [written, setStatus] = useQuery('status', 'proposed');
  const status = statuses.find((one) => one === written) ?? 'proposed';
  return (
    <Page
      title={t('write-offs.title')}
      actions={
        <Select
          label={t('write-offs.show')}
          className={styles.status}
          value={status}
          onChange={setStatus}
          options={statuses.map((value) => ({ value, label: t(`write-offs.status-${value}`) }))}
        />
      }
    >
      <List key={status} status={status} />
    </Page>
  );
}

function List({ status }: { status: WriteOffStatus }) {
  const { t } = useTranslation();
  const list = useWriteOffs(status);
  const [chosenId, setChosenId] = useState('');
  const items = list.items ?? [];
  const index = Math.max(
    0,
    items.findIndex((item) => item.writeOffId === chosenId),
  );
  const chosen = items[index] ?? null;
  const move = (by: number): void => {
    const next = items[Math.min(items.length - 1, Math.max(0, index + by))];
    if (next) setChosenId(next.writeOffId);
  };
  const down = (): void => move(1);
  const up = (): void => move(-1);
  useKeys({ J: down, K: up });

  if (list.items === null) {
    return list.error === null ? (
      <Skeleton lines={8} />
    ) : (
      <ErrorState text={errorText(list.error, t)} onRetry={list.reload} />
    );
  }
  if (chosen === null) {
    return (
      <Panel title={t('write-offs.title')} hideTitle>
        <EmptyState
          icon={<CircleCheck size={24} aria-hidden="true" />}
          title={t(status === 'proposed' ? 'write-offs.empty' : 'common.nothing-found')}
          text={status === 'proposed' ? t('write-offs.empty-text') : ''}
        />
      </Panel>
    );
  }
  const done = (text: string): void => {
    const next = items[index + 1] ?? items[index - 1];
    setChosenId(next?.writeOffId ?? '');
    announce(text);
    list.reload();
  };
  return (
    <div className={styles.columns}>
      <Panel
        title={
          status === 'proposed'
            ? t('write-offs.waiting', { count: list.waiting })
            : t(`write-offs.status-${status}`)
        }
        flush
        className={styles.panel}
      >
        <ul className={styles.list}>
          {items.map((item) => (
            <li key={item.writeOffId}>
              <Item
                item={item}
                current={item.writeOffId === chosen.writeOffId}
                onChoose={() => setChosenId(item.writeOffId)}
              />
            </li>
          ))}
        </ul>
        {list.more ? (
          <Button look="quiet" onClick={list.loadMore}>
            {t('write-offs.more')}
          </Button>
        ) : null}
      </Panel>
      <WriteOffDetail key={chosen.writeOffId} item={chosen} onDone={done} onGone={list.reload} />
    </div>
  );
}

function Item({
  item,
  current,
  onChoose,
}: {
  item: WriteOffItem;
  current: boolean;
  onChoose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <button type="button" className={styles.item} aria-current={current} onClick={onChoose}>
      <span className={styles.line}>
        <span className={styles.name}>{item.displayName}</span>
        <span className={styles.amount}>
          <Money amounts={{ amountMinor: item.amountMinor, currency: item.currency }} />
        </span>
      </span>
      <span className={styles.line}>
        <span className={styles.faint}>
          {item.proposedByName ?? t('write-offs.somebody')} · <When at={item.createdAt} />
        </span>
        {item.status === 'proposed' ? null : (
          <StatusDot tone={tones[item.status]} label={t(`write-offs.status-${item.status}`)} />
        )}
      </span>
      <span className={styles.reason}>{item.reason}</span>
    </button>
  );
}
