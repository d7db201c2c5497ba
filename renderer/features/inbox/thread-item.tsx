import { FileText, MessageSquareOff } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InboxItem } from '#shared/contract/index.ts';
import { formatBytes } from '../../app/format/bytes.ts';
import { formatDateTime, formatWhen } from '../../app/format/index.ts';
import { useServices } from '../../app/services.ts';
import { Badge, Button, Phone } from '../../components/index.ts';
import { DeliveryMark, HtmlBody } from '../messages/index.ts';
import { channelIcons } from './channel-icon.tsx';
import { splitQuoted } from './quoted-text.ts';
import styles from './thread-item.module.css';

type Attachment = InboxItem['attachments'][number];

/** One message or missed call. What came in has a line around it, what we sent lies sunken. */
export function ThreadItem({
  item,
  onOpen,
}: {
  item: InboxItem;
  onOpen: (attachment: Attachment) => void;
}) {
  const { t, i18n } = useTranslation();
  const { clock } = useServices();
  const Icon = channelIcons[item.channel] ?? FileText;
  const missed = item.channel === 'call';
  const who =
    item.direction === 'out'
      ? (item.agentName ?? t('inbox.we'))
      : missed
        ? t('inbox.missed-call')
        : t(`channel.${item.channel}`);
  const at = formatDateTime(item.at, i18n.language);
  return (
    <article
      className={styles.item}
      data-direction={item.direction}
      data-missed={missed || undefined}
      aria-label={`${who}, ${at}`}
    >
      <header className={styles.head}>
        <Icon size={14} aria-hidden="true" className={styles.icon} />
        <span className={styles.who}>{who}</span>
        {item.direction === 'out' ? (
          <span className={styles.faint}>{t(`channel.${item.channel}`)}</span>
        ) : null}
        {item.from && item.direction === 'in' ? (
          <span className={styles.faint}>
            <Phone number={item.from} />
          </span>
        ) : null}
        {item.automatic ? <Badge>{t('inbox.automatic')}</Badge> : null}
        <time className={styles.when} dateTime={new Date(item.at).toISOString()} title={at}>
          {formatWhen(item.at, clock.now(), i18n.language)}
        </time>
      </header>
      {item.subject ? <p className={styles.subject}>{item.subject}</p> : null}
      {missed ? null : <Words item={item} title={`${who}, ${at}`} />}
      {item.attachments.length > 0 ? (
        <ul className={styles.attachments} aria-label={t('history.attachments')}>
          {item.attachments.map((one) => (
            <li key={one.documentId}>
              <Button icon={<FileText size={14} aria-hidden="true" />} onClick={() => onOpen(one)}>
                {one.name} · {formatBytes(one.bytes, i18n.language)}
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      {item.optOut ? (
        <p className={styles.optOut}>
          <MessageSquareOff size={14} aria-hidden="true" />
          <span>
            {t(`inbox.opt-out-${item.optOut.verdict}-text`)}
            {item.optOut.words ? ` (“${item.optOut.words}”)` : ''}
          </span>
        </p>
      ) : null}
      {item.state ? (
        <p className={styles.foot}>
          <DeliveryMark state={item.state} hint={item.hint} />
          {item.reason ? (
            <span>{t(`errors.${item.reason}`, { defaultValue: item.reason })}</span>
          ) : null}
        </p>
      ) : null}
    </article>
  );
}

/** The words alone, what they answer folded; a formatted mail as it came is one press away. */
function Words({ item, title }: { item: InboxItem; title: string }) {
  const { t } = useTranslation();
  const text = item.text?.trim() ?? '';
  const [formatted, setFormatted] = useState(text === '');
  const showsHtml = item.html !== null && formatted;
  return (
    <>
      {showsHtml && item.html !== null ? (
        <HtmlBody html={item.html} title={title} />
      ) : text === '' ? (
        item.attachments.length > 0 ? null : (
          <p className={styles.faint}>{t('inbox.no-text')}</p>
        )
      ) : (
        <PlainText text={text} />
      )}
      {item.html !== null && text !== '' ? (
        <Button
          look="quiet"
          className={styles.toggle}
          data-formatted={formatted}
          onClick={() => setFormatted(!formatted)}
        >
          {t(formatted ? 'inbox.show-plain' : 'inbox.show-formatted')}
        </Button>
      ) : null}
    </>
  );
}

function PlainText({ text }: { text: string }) {
  const { t } = useTranslation();
  const id = useId();
  const [unfolded, setUnfolded] = useState(false);
  const { own, quoted } = useMemo(() => splitQuoted(text), [text]);
  return (
    <>
      <p className={styles.text} dir="auto">
        {own}
      </p>
      {quoted === '' ? null : (
        <>
          <Button
            look="quiet"
            className={styles.toggle}
            aria-expanded={unfolded}
            aria-controls={id}
            onClick={() => setUnfolded(!unfolded)}
          >
            {t(unfolded ? 'inbox.hide-quoted' : 'inbox.show-quoted')}
          </Button>
          <p id={id} hidden={!unfolded} className={styles.quoted} dir="auto">
            {quoted}
          </p>
        </>
      )}
    </>
  );
}
