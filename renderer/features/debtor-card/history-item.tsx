import {
  Banknote,
  CalendarCheck,
  Footprints,
  Image,
  type LucideIcon,
  Mail,
  MessageCircle,
  MessageSquare,
  Mic,
  PhoneIncoming,
  PhoneOutgoing,
  ScrollText,
  Settings2,
  StickyNote,
  Voicemail,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Interaction } from '#shared/contract/index.ts';
import type { Channel } from '#shared/domain/index.ts';
import { formatDuration, formatMoney } from '../../app/format/index.ts';
import { AudioPlayer, DateOnly, Phone, StatusDot, When } from '../../components/index.ts';
import styles from './history-item.module.css';

const icons: Record<Channel, LucideIcon> = {
  call: PhoneOutgoing,
  voiceMessage: Voicemail,
  sms: MessageSquare,
  mms: Image,
  email: Mail,
  chat: MessageCircle,
  letter: ScrollText,
  visit: Footprints,
  ivr: Mic,
  note: StickyNote,
  payment: Banknote,
  status: Settings2,
};

/** One row of history: what, how it ended, who, and what was said. */
export function HistoryItem({ item }: { item: Interaction }) {
  const { t, i18n } = useTranslation();
  const Icon =
    item.channel === 'call' && item.direction === 'in' ? PhoneIncoming : icons[item.channel];
  const channel = t(
    item.channel === 'call' ? `history.call-${item.direction}` : `channel.${item.channel}`,
  );
  return (
    <article className={styles.item}>
      <Icon size={16} aria-hidden="true" className={styles.icon} />
      <div className={styles.body}>
        <div className={styles.head}>
          <span>
            <strong className={styles.channel}>{channel}</strong> <Result item={item} />
          </span>
          <span className={styles.when}>
            <When at={item.at} />
          </span>
        </div>
        {item.text ? <p className={styles.text}>{item.text}</p> : null}
        {item.promise ? (
          <p className={styles.promise}>
            <CalendarCheck size={14} aria-hidden="true" />
            <span>
              {t('history.promised', { amount: formatMoney(item.promise, i18n.language) })}{' '}
              <DateOnly date={item.promise.dueOn} />
            </span>
          </p>
        ) : null}
        {item.recordingId ? <AudioPlayer recordingId={item.recordingId} title={channel} /> : null}
        <Origin item={item} />
      </div>
    </article>
  );
}

function Result({ item }: { item: Interaction }) {
  const { t } = useTranslation();
  const goesOn = item.channel === 'call' && item.attemptResult === null;
  if (goesOn) return <StatusDot tone="talk" label={t('history.now')} />;
  const parts = [
    item.dispositionCode === null
      ? null
      : t(`disposition.${item.dispositionCode}`, { defaultValue: item.dispositionCode }),
    // "answered" says less than what the agent found
    item.attemptResult === null || (item.attemptResult === 'answered' && item.dispositionCode)
      ? null
      : t(`attempt-result.${item.attemptResult}`),
    item.talkTimeMs ? formatDuration(item.talkTimeMs) : null,
  ].filter(Boolean);
  return parts.length > 0 ? <span className={styles.result}>{parts.join(' · ')}</span> : null;
}

function Origin({ item }: { item: Interaction }) {
  if (!item.agentName && !item.peer && !item.campaignName) return null;
  return (
    <p className={styles.origin}>
      {item.agentName ? <span>{item.agentName}</span> : null}
      {item.peer ? (
        <span>
          <Phone number={item.peer} />
        </span>
      ) : null}
      {item.campaignName ? <span>{item.campaignName}</span> : null}
    </p>
  );
}
