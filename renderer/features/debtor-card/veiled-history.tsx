import {
  CircleDashed,
  type LucideIcon,
  Mail,
  MessageCircle,
  MessageSquare,
  PhoneIncoming,
  PhoneOutgoing,
  StickyNote,
  Voicemail,
} from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DebtorCard, Interaction } from '#shared/contract/index.ts';
import type { Channel } from '#shared/domain/index.ts';
import { formatDateTime, formatDuration, formatTime, isoDateFrom } from '../../app/format/index.ts';
import { ScrollRegion } from '../../components/scroll-region.tsx';
import history from './history.module.css';
import { HistoryDay } from './history-day.tsx';
import item from './history-item.module.css';
import { historyRows } from './history-rows.ts';
import { type VeiledEntry, veiledEntry } from './veiled-entry.ts';
import styles from './veiled-history.module.css';

const icons: Partial<Record<Channel, LucideIcon>> = {
  call: PhoneOutgoing,
  voiceMessage: Voicemail,
  sms: MessageSquare,
  mms: MessageSquare,
  email: Mail,
  chat: MessageCircle,
  note: StickyNote,
};
const dayOf = (at: number): string => isoDateFrom(at, 0);

/** When there was contact and how it ended; what was said, sent, paid or agreed stays hidden. */
export const VeiledHistory = memo(function VeiledHistory({ card }: { card: DebtorCard }) {
  const { t } = useTranslation();
  return (
    <section className={history.history} aria-label={t('history.title')}>
      <header className={`${history.header} ${styles.header}`}>
        <h2 className={history.title}>{t('history.title')}</h2>
        <span className={history.count}>{card.historyTotal}</span>
        <span className={styles.note}>{t('party.history-hidden')}</span>
      </header>
      <ScrollRegion className={styles.scroller} label={t('history.entries')}>
        {historyRows(card.history, dayOf).map((row) =>
          row.kind === 'day' ? (
            <HistoryDay key={row.key} at={row.at} />
          ) : (
            <Entry key={row.key} interaction={row.item} entry={veiledEntry(row.item)} />
          ),
        )}
      </ScrollRegion>
    </section>
  );
});

function Entry({ interaction, entry }: { interaction: Interaction; entry: VeiledEntry }) {
  const { t, i18n } = useTranslation();
  const { at, direction } = interaction;
  const Icon =
    entry.channel === null
      ? CircleDashed
      : entry.channel === 'call' && direction === 'in'
        ? PhoneIncoming
        : (icons[entry.channel] ?? CircleDashed);
  const title =
    entry.channel === null
      ? t('party.entry-hidden')
      : entry.channel === 'call'
        ? t(`history.call-${direction}`)
        : t(`channel.${entry.channel}`);
  return (
    <article className={item.item}>
      <Icon size={16} aria-hidden="true" className={item.icon} />
      <div className={item.body}>
        <div className={item.head}>
          <span>
            <strong className={item.channel}>{title}</strong>{' '}
            <span className={item.result}>
              {[
                entry.result === null ? null : t(`attempt-result.${entry.result}`),
                entry.talkTimeMs === null ? null : formatDuration(entry.talkTimeMs),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </span>
          <time
            className={item.when}
            dateTime={new Date(at).toISOString()}
            title={formatDateTime(at, i18n.language)}
          >
            {formatTime(at, i18n.language)}
          </time>
        </div>
        {Array.from({ length: entry.lines }, (_, line) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
          <span key={line} className={styles.bar} aria-hidden="true" />
        ))}
        {interaction.agentName ? <p className={item.origin}>{interaction.agentName}</p> : null}
      </div>
    </article>
  );
}
