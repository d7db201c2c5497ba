import { Send, X } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '#shared/contract/index.ts';
import { errorText } from '../../app/errors.ts';
import { toHash, useQuery } from '../../app/router.ts';
import {
  Button,
  type Column,
  DataTable,
  EmptyState,
  ErrorState,
  Panel,
  Select,
  Skeleton,
  When,
} from '../../components/index.ts';
import { channelIcons } from '../inbox/channel-icon.tsx';
import { addressText, DeliveryMark, reasonText } from '../messages/index.ts';
import { templateName } from '../templates/sample-name.ts';
import { MessageDetail } from './message-detail.tsx';
import styles from './messages-tab.module.css';
import { listInput, type OutboxView, outboxViews } from './outbox-filter.ts';
import { useMessages } from './use-messages.ts';

const channels = ['sms', 'mms', 'email'] as const;

/** Messages by how they stand, newest first; one of them beside the table with all that is known of it. */
export function MessagesTab() {
  const [wanted, setView] = useQuery('state', 'waiting');
  const view: OutboxView = outboxViews.find((one) => one === wanted) ?? 'waiting';
  const [wantedChannel, setChannel] = useQuery('channel');
  const channel = channels.find((one) => one === wantedChannel);
  const [bulk, setBulk] = useQuery('bulk');
  const list = useMessages(listInput(view, channel, bulk));
  return (
    <MessageTable
      key={`${view} ${channel ?? ''} ${bulk}`}
      list={list}
      view={view}
      filters={
        <Filters
          view={view}
          onView={setView}
          channel={channel ?? ''}
          onChannel={setChannel}
          bulk={bulk}
          onBulk={setBulk}
        />
      }
    />
  );
}

function Filters({
  view,
  onView,
  channel,
  onChannel,
  bulk,
  onBulk,
}: {
  view: OutboxView;
  onView: (view: string) => void;
  channel: string;
  onChannel: (channel: string) => void;
  bulk: string;
  onBulk: (bulk: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <>
      {bulk === '' ? null : (
        <Button look="quiet" icon={<X size={14} aria-hidden="true" />} onClick={() => onBulk('')}>
          {t('outbox.one-bulk')}
        </Button>
      )}
      <Select
        label={t('outbox.channel')}
        className={styles.filter}
        value={channel}
        onChange={onChannel}
        options={[
          { value: '', label: t('inbox.all-channels') },
          ...channels.map((value) => ({ value, label: t(`channel.${value}`) })),
        ]}
      />
      <Select
        label={t('outbox.show')}
        className={styles.filter}
        value={view}
        onChange={onView}
        options={outboxViews.map((value) => ({ value, label: t(`outbox.view-${value}`) }))}
      />
    </>
  );
}

function MessageTable({
  list,
  view,
  filters,
}: {
  list: ReturnType<typeof useMessages>;
  view: OutboxView;
  filters: React.ReactNode;
}) {
  const { t } = useTranslation();
  const [chosen, choose] = useQuery('message');
  const columns = useColumns();
  const { data, messages } = list;
  const message = messages.find((one) => one.messageId === chosen) ?? null;
  return (
    <div className={styles.columns} data-detail={message !== null}>
      <Panel title={t(`outbox.view-${view}`)} flush className={styles.panel} actions={filters}>
        {data.value === null ? (
          data.state === 'failed' ? (
            <ErrorState text={errorText(data.error, t)} onRetry={data.reload} />
          ) : (
            <Skeleton lines={8} />
          )
        ) : messages.length === 0 ? (
          <EmptyState
            icon={<Send size={24} aria-hidden="true" />}
            title={t(`outbox.empty-${view}`)}
            text={t(`outbox.empty-${view}-text`)}
          />
        ) : (
          <DataTable
            id="outbox"
            label={t('outbox.messages')}
            columns={columns}
            rows={messages}
            rowId={(row) => row.messageId}
            currentId={chosen}
            onCurrent={(row) => choose(row.messageId)}
            onOpen={(row) => choose(row.messageId)}
            onEndReached={list.older}
          />
        )}
      </Panel>
      {message ? (
        <div className={styles.detail}>
          <MessageDetail
            key={message.messageId}
            message={message}
            onClose={() => choose('')}
            onChanged={data.reload}
          />
        </div>
      ) : null}
    </div>
  );
}

function useColumns(): Column<Message>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      {
        id: 'due',
        header: t('outbox.time'),
        width: 84,
        value: (row) => row.sentAt ?? row.dueAt,
        cell: (row) => <When at={row.sentAt ?? row.dueAt} />,
      },
      {
        id: 'channel',
        header: t('outbox.channel'),
        width: 96,
        value: (row) => row.channel,
        cell: (row) => {
          const Icon = channelIcons[row.channel];
          return (
            <span className={styles.channel}>
              {Icon ? <Icon size={14} aria-hidden="true" /> : null}
              {t(`channel.${row.channel}`)}
            </span>
          );
        },
      },
      {
        id: 'debtor',
        header: t('outbox.debtor'),
        width: 190,
        value: (row) => row.displayName ?? '',
        cell: (row) =>
          row.debtorId ? (
            <a className={styles.link} href={toHash(`/debtor/${row.debtorId}`)}>
              {row.displayName}
            </a>
          ) : (
            '–'
          ),
      },
      {
        id: 'to',
        header: t('outbox.to'),
        width: 160,
        value: (row) => row.to,
        cell: (row) => <bdi>{addressText(row.to)}</bdi>,
      },
      {
        id: 'state',
        header: t('outbox.state'),
        width: 150,
        value: (row) => row.state,
        cell: (row) => <DeliveryMark state={row.state} hint={row.hint} />,
      },
      {
        id: 'reason',
        header: t('outbox.why'),
        width: 170,
        value: (row) => row.reason ?? '',
        cell: (row) => reasonText(row, t) || '–',
      },
      {
        id: 'template',
        header: t('outbox.template'),
        width: 180,
        value: (row) =>
          row.templateName === null ? '' : templateName(t, row.templateId, row.templateName),
        cell: (row) =>
          row.templateName === null
            ? t('outbox.own-words')
            : templateName(t, row.templateId, row.templateName),
      },
      {
        id: 'gateway',
        header: t('outbox.gateway'),
        width: 130,
        value: (row) => row.gatewayName ?? '',
        cell: (row) => row.gatewayName ?? '–',
      },
      {
        id: 'who',
        header: t('outbox.who'),
        width: 140,
        value: (row) => row.agentName ?? '',
        cell: (row) => row.agentName ?? '–',
        hiddenByDefault: true,
      },
    ],
    [t],
  );
}
