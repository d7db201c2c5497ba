import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageBulk } from '#shared/contract/index.ts';
import { useServices } from '../../app/services.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { EmptyState, Panel } from '../../components/index.ts';
import { Loaded } from '../rules/loaded.tsx';
import { BulkItem } from './bulk-item.tsx';
import styles from './many-tab.module.css';
import { NewBulk } from './new-bulk.tsx';

/** One message to many debtors: a new one with what would come of it, and those that run or have ended. */
export function ManyTab() {
  const { t } = useTranslation();
  const { data, bulks, add } = useBulks();
  return (
    <div className={styles.columns}>
      <NewBulk onStarted={add} />
      <Panel title={t('message-many.list')} flush>
        <Loaded data={data} lines={6}>
          {() =>
            bulks.length === 0 ? (
              <EmptyState title={t('message-many.empty')} text={t('message-many.empty-text')} />
            ) : (
              <ul>
                {bulks.map((bulk) => (
                  <BulkItem key={bulk.messageBulkId} bulk={bulk} onChanged={add} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </Panel>
    </div>
  );
}

/** Newest first, as they go on. */
function useBulks() {
  const { client } = useServices();
  const data = useQueryData('message.list-many', { limit: 50 });
  const [pushed, setPushed] = useState<Record<string, MessageBulk>>({});
  const add = (bulk: MessageBulk): void =>
    setPushed((now) => ({ ...now, [bulk.messageBulkId]: bulk }));
  useEffect(
    () =>
      client.on('message.bulk-changed', (bulk) =>
        setPushed((now) => ({ ...now, [bulk.messageBulkId]: bulk })),
      ),
    [client],
  );
  const stored = Object.fromEntries(
    (data.value?.bulks ?? []).map((bulk) => [bulk.messageBulkId, bulk] as const),
  );
  const bulks = Object.values({ ...stored, ...pushed }).sort((a, b) => b.createdAt - a.createdAt);
  return { data, bulks, add };
}
