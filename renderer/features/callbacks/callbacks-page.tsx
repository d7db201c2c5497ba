import { CalendarCheck2 } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallbackRow } from '#shared/contract/index.ts';
import type { CallbackId } from '#shared/domain/index.ts';
import { errorText } from '../../app/errors.ts';
import { formatRelative } from '../../app/format/index.ts';
import { navigate, toHash, useQuery } from '../../app/router.ts';
import { useConnection, useServices } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { useNow } from '../../app/use-now.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import {
  Button,
  EmptyState,
  ErrorState,
  Page,
  Panel,
  Phone,
  Select,
  Skeleton,
  When,
} from '../../components/index.ts';
import { type CallbackGroupId, callbackGroups } from './callback-groups.ts';
import styles from './callbacks-page.module.css';
import { TheirTime } from './their-time.tsx';

const mostShown = 200;

/** Whom somebody promised to call, and when: one's own and everybody's, for a lead those of all. */
export function CallbacksPage() {
  const { t } = useTranslation();
  const { client } = useServices();
  const leads = useConnection(({ principal }) => principal?.role !== 'agent');
  const [written, setWhose] = useQuery('whose', 'mine');
  const whose = leads && written === 'all' ? 'all' : 'mine';
  const data = useQueryData('callback.list', { whose, limit: mostShown });
  const { reload } = data;
  const now = useNow();
  useEffect(() => client.on('debtor.changed', reload), [client, reload]);
  const groups = callbackGroups(data.value?.callbacks ?? [], now);
  return (
    <Page
      title={t('callbacks.title')}
      actions={
        leads ? (
          <Select
            label={t('callbacks.whose')}
            className={styles.whose}
            value={whose}
            onChange={setWhose}
            options={(['mine', 'all'] as const).map((value) => ({
              value,
              label: t(`callbacks.whose-${value}`),
            }))}
          />
        ) : null
      }
    >
      {data.value === null ? (
        data.state === 'failed' ? (
          <ErrorState text={errorText(data.error, t)} onRetry={reload} />
        ) : (
          <Skeleton lines={8} />
        )
      ) : groups.length === 0 ? (
        <Panel title={t('callbacks.title')} hideTitle>
          <EmptyState
            icon={<CalendarCheck2 size={24} aria-hidden="true" />}
            title={t('callbacks.empty')}
            text={t('callbacks.empty-text')}
          />
        </Panel>
      ) : (
        <div className={styles.groups}>
          {groups.map((group) => (
            <Panel
              key={group.id}
              title={`${t(`callbacks.group-${group.id}`)} · ${group.callbacks.length}`}
              flush
              className={styles.group}
            >
              <ul>
                {group.callbacks.map((callback) => (
                  <li key={callback.callbackId}>
                    <Line callback={callback} group={group.id} now={now} onChanged={reload} />
                  </li>
                ))}
              </ul>
            </Panel>
          ))}
        </div>
      )}
    </Page>
  );
}

function Line({
  callback,
  group,
  now,
  onChanged,
}: {
  callback: CallbackRow;
  group: CallbackGroupId;
  now: number;
  onChanged: () => void;
}) {
  const { t, i18n } = useTranslation();
  const { run, busy } = useCommand('callback.cancel');
  const end = async (done: boolean): Promise<void> => {
    if (await run({ callbackId: callback.callbackId as CallbackId, done })) onChanged();
  };
  const late = group === 'late' || group === 'now';
  return (
    <div className={styles.line}>
      <span className={styles.time} data-late={late}>
        <span className={styles.at}>
          <When at={callback.at} />
        </span>
        <span className={styles.faint}>{formatRelative(callback.at, now, i18n.language)}</span>
      </span>
      <span className={styles.words}>
        <a className={styles.name} href={toHash(`/debtor/${callback.debtorId}`)}>
          {callback.displayName}
        </a>
        <span className={styles.faint}>
          <TheirTime at={callback.at} timeZone={callback.timeZone} />
          {' · '}
          {callback.agentName ?? t('callbacks.anybody')}
        </span>
        {callback.note ? <span className={styles.note}>{callback.note}</span> : null}
      </span>
      <span className={styles.actions}>
        {callback.number ? (
          <Button
            look={late ? 'primary' : 'plain'}
            onClick={() => navigate('/workspace', { dial: callback.number ?? '' })}
          >
            <Phone number={callback.number} />
          </Button>
        ) : null}
        <Button disabled={busy} onClick={() => void end(true)}>
          {t('callbacks.done')}
        </Button>
        <Button look="quiet" disabled={busy} onClick={() => void end(false)}>
          {t('callbacks.cancel')}
        </Button>
      </span>
    </div>
  );
}
