import { useTranslation } from 'react-i18next';
import type { DebtorCard, MessageChannel, MessagePreview } from '#shared/contract/index.ts';
import { formatDateTime, zoneName } from '../../app/format/index.ts';
import { usePreference } from '../../app/services.ts';
import { Button, Kbd } from '../../components/index.ts';
import { callbackZone } from '../work/callback-draft.ts';
import type { Recipient } from './message-draft.ts';
import { addressText } from './recipient-list.tsx';
import styles from './send-button.module.css';
import type { Obstacle } from './sendable.ts';

/** The one next step, always in sight: to whom, from whom, when; or what stands in the way. */
export function SendButton({
  channel,
  card,
  preview,
  recipient,
  obstacle,
  dueAt,
  busy,
  letter,
  onSend,
}: {
  channel: MessageChannel;
  card: DebtorCard;
  preview: MessagePreview | null;
  recipient: Recipient | null;
  /** `veiled`: nobody was identified, and it names the debt */
  obstacle: Obstacle | 'veiled' | null;
  dueAt: number | null;
  busy: boolean;
  /** the key that opened the sheet: pressed again it sends; null: only Ctrl or ⌘ with Enter does */
  letter: string | null;
  onSend: () => void;
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
  const from = [
    preview?.sender ? t('message.from', { sender: preview.sender }) : null,
    preview?.gatewayName,
  ]
    .filter(Boolean)
    .join(' · ');
  return (
    <div className={styles.foot}>
      <p className={styles.facts}>
        {recipient ? (
          <span>{t('message.goes-to', { to: addressText(recipient.value) })}</span>
        ) : null}
        {from ? <span>{from}</span> : null}
      </p>
      <Button
        look="primary"
        wide
        data-sends
        shortcut={singleKeys && letter !== null ? 'Enter' : 'Mod+Enter'}
        aria-disabled={obstacle !== null || busy}
        aria-describedby={shown === null ? undefined : 'message-obstacle'}
        onClick={onSend}
      >
        {busy ? t('message.sending') : label}
      </Button>
      {shown === null ? (
        singleKeys && letter !== null ? (
          <p className={styles.hint} aria-hidden="true">
            <Kbd binding={letter} /> {t('message.again-sends')}
          </p>
        ) : null
      ) : (
        <p id="message-obstacle" className={styles.obstacle} role="status">
          {t(`message.obstacle-${shown}`)}
        </p>
      )}
    </div>
  );
}
