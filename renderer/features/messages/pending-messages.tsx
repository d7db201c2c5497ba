import { useTranslation } from 'react-i18next';
import type { DebtorCard, Message } from '#shared/contract/index.ts';
import { formatDateTime, zoneName } from '../../app/format/index.ts';
import { templateName } from '../templates/sample-name.ts';
import { callbackZone } from '../work/callback-draft.ts';
import { DeliveryMark } from './delivery-mark.tsx';
import { MessageActions } from './message-actions.tsx';
import styles from './pending-messages.module.css';
import { reasonText, tellsReason } from './reason-text.ts';
import { addressText } from './recipient-list.tsx';
import { isUnderWay } from './with-message.ts';

const mostShown = 5;

/** Messages that have not become a line of the history: they wait for their time, or have just left. */
export function PendingMessages({
  card,
  messages,
}: {
  card: DebtorCard;
  messages: readonly Message[];
}) {
  const { t } = useTranslation();
  const shown = new Set<string>(card.history.map(({ interactionId }) => interactionId));
  const pending = messages.filter(
    (message) =>
      isUnderWay(message) &&
      (message.state !== 'unknown' || message.interactionId === null) &&
      (message.interactionId === null || !shown.has(message.interactionId)),
  );
  if (pending.length === 0) return null;
  return (
    <section className={styles.pending} aria-label={t('message.pending')}>
      <ul>
        {pending.slice(0, mostShown).map((message) => (
          <Pending key={message.messageId} message={message} card={card} />
        ))}
      </ul>
      {pending.length > mostShown ? (
        <p className={styles.more}>
          {t('message.more-pending', { count: pending.length - mostShown })}
        </p>
      ) : null}
    </section>
  );
}

function Pending({ message, card }: { message: Message; card: DebtorCard }) {
  const { t, i18n } = useTranslation();
  const zone = callbackZone(card);
  return (
    <li className={styles.message}>
      <p className={styles.head}>
        <strong>{t(`channel.${message.channel}`)}</strong>
        <span className={styles.name}>
          {message.templateName === null
            ? (message.subject ?? message.text)
            : templateName(t, message.templateId, message.templateName)}
        </span>
        <DeliveryMark state={message.state} hint={message.hint} />
      </p>
      <p className={styles.facts}>
        {[
          addressText(message.to),
          message.state === 'queued' && message.dueAt > message.queuedAt
            ? `${formatDateTime(message.dueAt, i18n.language, zone)} ${zoneName(message.dueAt, zone, i18n.language)}`
            : null,
          tellsReason(message) ? reasonText(message, t) : null,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <MessageActions message={message} />
    </li>
  );
}
