import { Pause, Play, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageBulk } from '#shared/contract/index.ts';
import { toHash } from '../../app/router.ts';
import { useCommand } from '../../app/use-command.ts';
import { Button, Confirm, DateTime, StatusDot, type Tone } from '../../components/index.ts';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { DeliveryMark } from '../messages/index.ts';
import { templateName } from '../templates/sample-name.ts';
import styles from './bulk-item.module.css';
import { countedStates, progressOf } from './bulk-words.ts';
import type { OutboxView } from './outbox-filter.ts';

const tones: Record<MessageBulk['state'], Tone> = {
  collecting: 'accent',
  running: 'accent',
  paused: 'wait',
  finished: 'talk',
  cancelled: 'neutral',
  failed: 'stop',
};
const viewOf: Partial<Record<(typeof countedStates)[number], OutboxView>> = {
  queued: 'waiting',
  permitted: 'waiting',
  sent: 'sent',
  delivered: 'sent',
  read: 'sent',
  failed: 'failed',
  expired: 'failed',
  unknown: 'unknown',
};

/** One message to many: how far it is, what became of it by state, who was left out and why. */
export function BulkItem({
  bulk,
  onChanged,
}: {
  bulk: MessageBulk;
  onChanged: (bulk: MessageBulk) => void;
}) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  const { left, total, skipped } = progressOf(bulk);
  const goesOn = ['collecting', 'running', 'paused'].includes(bulk.state);
  const reasons = Object.entries(bulk.skipped).filter(([, count]) => count > 0);
  return (
    <li className={styles.item} data-bulk={bulk.messageBulkId}>
      <div className={styles.line}>
        <span className={styles.name}>{bulk.name}</span>
        <StatusDot tone={tones[bulk.state]} label={t(`message-many.state-${bulk.state}`)} />
      </div>
      <p className={styles.faint}>
        {t(`channel.${bulk.channel}`)} · {templateName(t, bulk.templateId, bulk.templateName)}
        {bulk.createdBy ? ` · ${bulk.createdBy}` : ''} · <DateTime at={bulk.createdAt} />
      </p>
      {goesOn ? (
        <>
          <ProgressBar
            label={t('message-many.progress', { name: bulk.name })}
            value={total === null ? null : left}
            max={total ?? 1}
          />
          <p className={styles.faint}>
            {total === null
              ? t('message-many.collecting')
              : t('message-many.left-of', {
                  left: number.format(left),
                  total: number.format(total),
                })}
          </p>
        </>
      ) : null}
      <ul className={styles.counts} aria-label={t('message-many.by-state')}>
        {countedStates
          .filter((state) => (bulk.counts[state] ?? 0) > 0)
          .map((state) => (
            <li key={state}>
              <a
                className={styles.count}
                href={toHash('/outbox', {
                  bulk: bulk.messageBulkId,
                  state: viewOf[state] ?? 'all',
                })}
              >
                <DeliveryMark state={state} />{' '}
                <strong>{number.format(bulk.counts[state] ?? 0)}</strong>
              </a>
            </li>
          ))}
      </ul>
      {skipped > 0 ? (
        <details className={styles.skipped}>
          <summary>{t('message-many.skipped', { count: skipped })}</summary>
          <ul>
            {reasons.map(([reason, count]) => (
              <li key={reason}>
                {number.format(count)} ·{' '}
                {t(`message-many.skip-${reason}`, {
                  defaultValue: t(`errors.${reason}`, {
                    defaultValue: t(`rules.because.${reason}`, { defaultValue: reason }),
                  }),
                })}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      {bulk.error ? (
        <p className={styles.wrong}>{t(`errors.${bulk.error}`, { defaultValue: bulk.error })}</p>
      ) : null}
      {goesOn ? <Controls bulk={bulk} onChanged={onChanged} /> : null}
    </li>
  );
}

function Controls({
  bulk,
  onChanged,
}: {
  bulk: MessageBulk;
  onChanged: (bulk: MessageBulk) => void;
}) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const pause = useCommand('message.pause-many');
  const cancel = useCommand('message.cancel-many');
  const { messageBulkId, name } = bulk;
  const paused = bulk.state === 'paused';
  const perform = async (answer: Promise<MessageBulk | null>): Promise<void> => {
    const changed = await answer;
    if (changed) onChanged(changed);
  };
  const action = t(paused ? 'message-many.resume' : 'message-many.pause');
  return (
    <div className={styles.actions}>
      <Button
        disabled={pause.busy}
        aria-label={t('campaign.action-of', { action, name })}
        icon={
          paused ? <Play size={14} aria-hidden="true" /> : <Pause size={14} aria-hidden="true" />
        }
        onClick={() => void perform(pause.run({ messageBulkId, paused: !paused }))}
      >
        {action}
      </Button>
      <Button
        look="quiet"
        disabled={cancel.busy}
        aria-label={t('campaign.action-of', { action: t('message-many.cancel'), name })}
        icon={<X size={14} aria-hidden="true" />}
        onClick={() => setAsking(true)}
      >
        {t('message-many.cancel')}
      </Button>
      <Confirm
        open={asking}
        destructive
        title={t('message-many.cancel-question', { name })}
        text={t('message-many.cancel-text')}
        action={t('message-many.cancel')}
        onConfirm={() => {
          setAsking(false);
          void perform(cancel.run({ messageBulkId }));
        }}
        onCancel={() => setAsking(false)}
      />
    </div>
  );
}
