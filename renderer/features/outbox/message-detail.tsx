import { FileText, RefreshCw, RotateCcw, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Message } from '#shared/contract/index.ts';
import { announce } from '../../app/announcer.ts';
import { formatBytes } from '../../app/format/bytes.ts';
import { toHash } from '../../app/router.ts';
import { useCommand } from '../../app/use-command.ts';
import { Button, DateTime, IconButton, Panel } from '../../components/index.ts';
import { Notice } from '../../components/notice.tsx';
import { addressText, DeliveryMark, reasonText } from '../messages/index.ts';
import { templateName } from '../templates/sample-name.ts';
import styles from './message-detail.module.css';

const times = ['queuedAt', 'dueAt', 'sentAt', 'deliveredAt', 'readAt', 'expiresAt'] as const;

/** One message: what was written, how far it came and when, why it stands where it stands, what can be done. */
export function MessageDetail({
  message,
  onClose,
  onChanged,
}: {
  message: Message;
  onClose: () => void;
  onChanged: () => void;
}) {
  const { t, i18n } = useTranslation();
  const why = reasonText(message, t);
  const facts: readonly [string, React.ReactNode][] = [
    [t('outbox.to'), <bdi key="to">{addressText(message.to)}</bdi>],
    [t('outbox.sender'), message.sender],
    [t('outbox.gateway'), message.gatewayName],
    [
      t('outbox.template'),
      message.templateName === null
        ? t('outbox.own-words')
        : templateName(t, message.templateId, message.templateName),
    ],
    [t('outbox.parts'), message.channel === 'sms' ? message.parts : null],
    [t('outbox.who'), message.agentName],
  ];
  return (
    <Panel
      title={t(`channel.${message.channel}`)}
      actions={
        <IconButton
          label={t('common.close')}
          icon={<X size={16} aria-hidden="true" />}
          onClick={onClose}
        />
      }
    >
      <div className={styles.stack}>
        <div>
          {message.debtorId ? (
            <a className={styles.name} href={toHash(`/debtor/${message.debtorId}`)}>
              {message.displayName}
            </a>
          ) : null}
          <p>
            <DeliveryMark state={message.state} hint={message.hint} />
          </p>
        </div>
        {why === '' ? null : (
          <Notice
            tone={message.state === 'failed' || message.state === 'expired' ? 'stop' : 'wait'}
            title={why}
          />
        )}
        {message.state === 'unknown' ? (
          <p className={styles.faint}>{t('outbox.unknown-means')}</p>
        ) : null}
        <Actions message={message} onChanged={onChanged} />
        {message.subject ? <p className={styles.subject}>{message.subject}</p> : null}
        {message.text === null ? (
          <p className={styles.faint}>{t('outbox.not-written')}</p>
        ) : (
          <p className={styles.text} dir="auto">
            {message.text}
          </p>
        )}
        {message.attachments.length > 0 ? (
          <ul className={styles.faint}>
            {message.attachments.map((one) => (
              <li key={one.documentId}>
                <FileText size={12} aria-hidden="true" /> {one.name} ·{' '}
                {formatBytes(one.bytes, i18n.language)}
              </li>
            ))}
          </ul>
        ) : null}
        <dl className={styles.facts}>
          {facts.map(([label, value]) =>
            value === null || value === undefined ? null : (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ),
          )}
          {times.map((name) =>
            message[name] === null ? null : (
              <div key={name}>
                <dt>{t(`outbox.${name}`)}</dt>
                <dd>
                  <DateTime at={message[name]} />
                </dd>
              </div>
            ),
          )}
        </dl>
      </div>
    </Panel>
  );
}

function Actions({ message, onChanged }: { message: Message; onChanged: () => void }) {
  const { t } = useTranslation();
  const { messageId, state } = message;
  const cancel = useCommand('message.cancel');
  const ask = useCommand('message.query');
  const again = useCommand('message.send-again');
  const perform = async (answer: Promise<unknown>, said: string): Promise<void> => {
    const value = await answer;
    onChanged();
    if (value !== null) announce(said);
  };
  if (state === 'queued') {
    return (
      <Button
        disabled={cancel.busy}
        icon={<X size={14} aria-hidden="true" />}
        onClick={() => void perform(cancel.run({ messageId }), t('outbox.said-cancelled'))}
      >
        {t('outbox.cancel')}
      </Button>
    );
  }
  if (state === 'unknown') {
    return (
      <Button
        disabled={ask.busy}
        icon={<RefreshCw size={14} aria-hidden="true" />}
        onClick={() => void perform(ask.run({ messageId }), t('outbox.said-asked'))}
      >
        {t('outbox.ask')}
      </Button>
    );
  }
  if (state === 'failed' || state === 'expired') {
    return (
      <Button
        disabled={again.busy}
        icon={<RotateCcw size={14} aria-hidden="true" />}
        onClick={() => void perform(again.run({ messageId }), t('outbox.said-again'))}
      >
        {t('outbox.again')}
      </Button>
    );
  }
  return null;
}
