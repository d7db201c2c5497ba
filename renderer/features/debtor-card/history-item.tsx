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
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Interaction, Message } from '#shared/contract/index.ts';
import type { Channel } from '#shared/domain/index.ts';
import {
  formatDateTime,
  formatDuration,
  formatMoney,
  formatPhone,
  formatTime,
} from '../../app/format/index.ts';
import { AudioPlayer, DateOnly, StatusDot } from '../../components/index.ts';
import {
  DeliveryMark,
  MessageActions,
  reasonText,
  tellsReason,
  useMessagesOfDebtor,
} from '../messages/index.ts';
import { Attachment } from './attachment.tsx';
import { FoldedText } from './folded-text.tsx';
import { happenedText } from './happened-text.ts';
import { Highlighted } from './highlighted.tsx';
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
/** channels in which either side can begin: the direction is said */
const twoWay: ReadonlySet<Channel> = new Set(['sms', 'mms', 'email', 'chat', 'letter']);

/** One row of history: what, how it ended, who, and what was said. */
export const HistoryItem = memo(function HistoryItem({
  item,
  rowKey,
  position,
  total,
  current,
  search,
  onHeard,
}: {
  item: Interaction;
  rowKey: string;
  /** from 1 */
  position: number;
  /** -1: not known */
  total: number;
  current: boolean;
  search: string;
  /** its recording plays, or none does */
  onHeard: (key: string | null) => void;
}) {
  const { t, i18n } = useTranslation();
  const Icon =
    item.channel === 'call' && item.direction === 'in' ? PhoneIncoming : icons[item.channel];
  const { byInteraction, arrived } = useMessagesOfDebtor();
  const message = byInteraction.get(item.interactionId) ?? null;
  const title = titleOf(item, t);
  const at = formatDateTime(item.at, i18n.language);
  const recordingId = item.recording?.recordingId ?? item.recordingId;
  return (
    <article
      className={styles.item}
      data-row={rowKey}
      data-current={current}
      data-arrived={arrived.has(item.interactionId) || undefined}
      tabIndex={-1}
      aria-label={`${title}, ${at}`}
      aria-posinset={position}
      aria-setsize={total}
    >
      <Icon
        size={16}
        aria-hidden="true"
        className={styles.icon}
        data-direction={item.channel === 'note' ? undefined : item.direction}
      />
      <div className={styles.body}>
        <div className={styles.head}>
          <span>
            <strong className={styles.channel}>{title}</strong> <Result item={item} />
          </span>
          <time className={styles.when} dateTime={new Date(item.at).toISOString()} title={at}>
            {formatTime(item.at, i18n.language)}
          </time>
        </div>
        {item.subject ? (
          <p className={styles.subject}>
            <Highlighted text={item.subject} search={search} />
          </p>
        ) : null}
        {item.text ? <FoldedText text={item.text} search={search} /> : null}
        {item.promise ? (
          <p className={styles.promise}>
            <CalendarCheck size={14} aria-hidden="true" />
            <span>
              {t('history.promised', { amount: formatMoney(item.promise, i18n.language) })}{' '}
              <DateOnly date={item.promise.dueOn} />
            </span>
          </p>
        ) : null}
        {recordingId && !item.recording?.live ? (
          <AudioPlayer
            recordingId={recordingId}
            title={`${title}, ${at}`}
            durationMs={item.recording?.durationMs ?? null}
            onPlayingChange={(playing) => onHeard(playing ? rowKey : null)}
          />
        ) : null}
        {item.attachments.length > 0 ? (
          <ul className={styles.attachments} aria-label={t('history.attachments')}>
            {item.attachments.map((one) => (
              <li key={one.documentId}>
                <Attachment attachment={one} />
              </li>
            ))}
          </ul>
        ) : null}
        <Origin item={item} message={message} search={search} />
        <Reason item={item} message={message} />
        <MessageActions message={message} item={item} />
      </div>
    </article>
  );
});

/** What a row is about: the kind of contact, or what changed. */
function titleOf(item: Interaction, t: ReturnType<typeof useTranslation>['t']): string {
  if (item.happened) return t(`happened.${item.happened.what}`);
  if (item.channel === 'call') return t(`history.call-${item.direction}`);
  const name = t(`channel.${item.channel}`);
  return twoWay.has(item.channel) && item.direction === 'in'
    ? t('history.from-debtor', { channel: name })
    : name;
}

function Result({ item }: { item: Interaction }) {
  const { t, i18n } = useTranslation();
  // a call of a former agency has no result of ours, and is long over
  const goesOn = item.channel === 'call' && item.attemptResult === null && !item.imported;
  if (goesOn) return <StatusDot tone="talk" label={t('history.now')} />;
  const parts = [
    item.happened ? happenedText(item.happened, t, i18n.language) : null,
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

/** Who, to which number, for which campaign, and how far a message came. */
function Origin({
  item,
  message,
  search,
}: {
  item: Interaction;
  message: Message | null;
  search: string;
}) {
  const { t } = useTranslation();
  const peer = item.peer === null ? null : formatPhone(item.peer);
  const isEmpty = !item.agentName && !peer && !item.campaignName && !item.delivery;
  if (isEmpty && !item.imported) return null;
  return (
    <p className={styles.origin}>
      {item.delivery ? <Delivery delivery={item.delivery} message={message} /> : null}
      {item.imported ? <span>{t('history.imported')}</span> : null}
      {item.agentName ? (
        <span>
          <Highlighted text={item.agentName} search={search} />
        </span>
      ) : null}
      {peer ? (
        <span>
          <bdi>
            <Highlighted text={peer} search={search} />
          </bdi>
        </span>
      ) : null}
      {item.campaignName ? <span>{item.campaignName}</span> : null}
    </p>
  );
}

/** The newest that is known: of the message itself, or as the line tells it. */
function Delivery({
  delivery,
  message,
}: {
  delivery: NonNullable<Interaction['delivery']>;
  message: Message | null;
}) {
  const state = message?.state ?? delivery.state;
  const at = message === null || message.state === delivery.state ? delivery.at : null;
  return (
    <span>
      <DeliveryMark state={state} hint={message?.hint ?? delivery.hint ?? false} at={at} />
    </span>
  );
}

/** Why a message did not arrive, or why nobody knows. */
function Reason({ item, message }: { item: Interaction; message: Message | null }) {
  const { t } = useTranslation();
  const { delivery } = item;
  const text =
    message === null
      ? delivery?.reason && (delivery.state === 'failed' || delivery.state === 'expired')
        ? reasonText({ reason: delivery.reason }, t)
        : ''
      : tellsReason(message)
        ? reasonText(message, t)
        : '';
  return text === '' ? null : <p className={styles.reason}>{text}</p>;
}
