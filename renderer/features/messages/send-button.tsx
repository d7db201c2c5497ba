import { useTranslation } from 'react-i18next';
import type { DebtorCard, MessageChannel, MessagePreview } from '#shared/contract/index.ts';
import { formatDateTime, zoneName } from '../../app/format/index.ts';
import { usePreference } from '../../app/services.ts';
import { Button, Kbd } from '../../components/index.ts';
import { Select } from '../../components/select.tsx';
import { callbackZone } from '../work/callback-draft.ts';
import type { Recipient } from './message-draft.ts';
import { LaterButton, Schedule } from './schedule.tsx';
import styles from './send-button.module.css';
import type { Obstacle } from './sendable.ts';

/** The one next step, always in sight: to whom, from whom, when; or what stands in the way. */
export function SendButton({
  channel,
  card,
  preview,
  recipient,
  obstacle,
  later,
  dueAt,
  busy,
  letter,
  onSend,
  onLater,
  onSender,
}: {
  channel: MessageChannel;
  card: DebtorCard;
  preview: MessagePreview | null;
  recipient: Recipient | null;
  /** `veiled`: nobody was identified, and it names the debt */
  obstacle: Obstacle | 'veiled' | null;
  /** wall time where the debtor is; null: now */
  later: string | null;
  dueAt: number | null;
  busy: boolean;
  /** the key that opened the sheet: pressed again it sends; null: only Ctrl or ⌘ with Enter does */
  letter: string | null;
  onSend: () => void;
  onLater: (later: string | null) => void;
  onSender: (sender: string) => void;
}) {
  const { t, i18n } = useTranslation();
  const [singleKeys] = usePreference('singleKeys', true);
  const zone = callbackZone(card);
  const label =
    dueAt === null
      ? t(`message.send-${channel}`)
      : t('message.send-at', {
          time: `${formatDateTime(dueAt, i18n.language, zone)} ${zoneName(dueAt, zone, i18n.language)}`,
        });
  const shown = obstacle !== null && obstacle !== 'preparing' ? obstacle : null;
  const senders = preview?.senders ?? [];
  const from = [
    preview?.sender ? t('message.from', { sender: preview.sender }) : null,
    preview?.gatewayName,
  ]
    .filter(Boolean)
    .join(' · ');
  return (
    <div className={styles.foot}>
      {later === null ? null : (
        <Schedule
          card={card}
          recipient={recipient}
          later={later}
          past={obstacle === 'past'}
          onChange={onLater}
        />
      )}
      <div className={styles.line}>
        <Button
          look="primary"
          wide
          data-sends
          shortcut={singleKeys && letter !== null ? 'Enter' : 'Mod+Enter'}
          aria-disabled={obstacle !== null || busy}
          aria-describedby="message-foot"
          onClick={onSend}
        >
          {busy ? t('message.sending') : label}
        </Button>
        {later === null ? (
          <LaterButton card={card} recipient={recipient} onLater={onLater} />
        ) : null}
      </div>
      {senders.length > 1 ? (
        <div className={styles.from}>
          <Select
            className={styles.sender}
            label={t('message.sender')}
            value={preview?.sender ?? null}
            options={senders.map((sender) => ({
              value: sender,
              label: t('message.from', { sender }),
            }))}
            onChange={onSender}
          />
          <span>{preview?.gatewayName}</span>
        </div>
      ) : null}
      <p id="message-foot" className={styles.facts}>
        {shown === null ? (
          <>
            {senders.length > 1 ? null : <span>{from}</span>}
            {singleKeys && letter !== null ? (
              <span aria-hidden="true">
                <Kbd binding={letter} /> {t('message.again-sends')}
              </span>
            ) : null}
          </>
        ) : (
          <span className={styles.obstacle}>{t(`message.obstacle-${shown}`)}</span>
        )}
      </p>
    </div>
  );
}
