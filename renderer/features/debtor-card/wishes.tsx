import { CalendarX2, MailCheck, MapPin } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DebtorCard } from '#shared/contract/index.ts';
import { formatDate, formatPhone, zoneCity } from '../../app/format/index.ts';
import { useCommand } from '../../app/use-command.ts';
import { Button } from '../../components/index.ts';
import { blockText } from '../work/block-text.ts';
import list from './list.module.css';
import { Section } from './section.tsx';
import styles from './wishes.module.css';
import { WorkButton } from './work-button.tsx';

/** When and where not, where they are now, and which notices have gone out: what the rules of contact read. */
export function Wishes({ card }: { card: DebtorCard }) {
  const { t, i18n } = useTranslation();
  const lift = useCommand('contact.lift-block');
  const end = useCommand('contact.end-place');
  const remove = useCommand('contact.remove-notice');
  const { blocks, statedPlace, notices } = card;
  if (blocks.length === 0 && statedPlace === null && notices.length === 0) return null;
  return (
    <Section
      title={t('wish.title')}
      actions={<WorkButton sheet={{ kind: 'place' }} label={t('work.place')} />}
    >
      <ul className={list.list}>
        {statedPlace === null ? null : (
          <Row
            icon={<MapPin size={14} aria-hidden="true" />}
            text={t('wish.is-in', {
              place: statedPlace.label ?? statedPlace.timeZones.map(zoneCity).join(', '),
            })}
            more={[
              statedPlace.until === null
                ? t('wish.until-ended')
                : t('flag.until', { date: formatDate(statedPlace.until - 1, i18n.language) }),
              statedPlace.agentName,
            ]}
            action={t('wish.end-place')}
            busy={end.busy}
            onAction={() => void end.run({ statedPlaceId: statedPlace.statedPlaceId })}
          />
        )}
        {blocks.map((block) => {
          const point = card.contactPoints.find(
            (one) => one.contactPointId === block.contactPointId,
          );
          return (
            <Row
              key={block.personalBlockId}
              icon={<CalendarX2 size={14} aria-hidden="true" />}
              text={t('wish.not', { when: blockText(block, t, i18n.language) })}
              more={[
                point ? formatPhone(point.value) : null,
                block.channels?.map((channel) => t(`channel.${channel}`)).join(', ') ?? null,
                block.timeZone ? zoneCity(block.timeZone) : null,
                block.note,
                block.agentName,
              ]}
              action={t('flag.lift')}
              busy={lift.busy}
              onAction={() => void lift.run({ personalBlockId: block.personalBlockId })}
            />
          );
        })}
        {notices.map((notice) => (
          <Row
            key={notice.noticeSentId}
            icon={<MailCheck size={14} aria-hidden="true" />}
            text={t(`notice.${notice.notice}`, { defaultValue: notice.notice })}
            more={[
              t('wish.sent-on', { date: formatDate(notice.sentAt, i18n.language) }),
              notice.source,
            ]}
            action={t('wish.remove-notice')}
            busy={remove.busy}
            onAction={() => void remove.run({ noticeSentId: notice.noticeSentId })}
          />
        ))}
      </ul>
    </Section>
  );
}

function Row({
  icon,
  text,
  more,
  action,
  busy,
  onAction,
}: {
  icon: ReactNode;
  text: string;
  more: readonly (string | null)[];
  action: string;
  busy: boolean;
  onAction: () => void;
}) {
  return (
    <li className={list.row}>
      <span className={styles.icon}>{icon}</span>
      <span className={list.main}>{text}</span>
      <span className={list.faint}>{more.filter(Boolean).join(' · ')}</span>
      <span className={list.end}>
        <Button look="quiet" disabled={busy} onClick={onAction}>
          {action}
        </Button>
      </span>
    </li>
  );
}
