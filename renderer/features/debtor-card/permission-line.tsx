import { Ban, Check, Clock, KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactPoint, DebtorCard, Permission } from '#shared/contract/index.ts';
import type { ContactPointStatus } from '#shared/domain/index.ts';
import { useServices } from '../../app/services.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Popover } from '../../components/popover.tsx';
import { PermissionAnswer } from './permission-answer.tsx';
import styles from './permission-line.module.css';
import { refusedText, type Standing, standingOf } from './permission-text.ts';

type Channel = ContactPoint['messages'][number]['channel'];

const icons: Record<Standing, typeof Check> = {
  allowed: Check,
  byOverride: KeyRound,
  later: Clock,
  never: Ban,
};

/**
 * Whether this contact point may be used now, by each channel, before anything is clicked. A press opens the whole
 * answer with its rules.
 */
export function PermissionLine({
  point,
  card,
  status,
}: {
  point: ContactPoint;
  card: DebtorCard;
  status: ContactPointStatus;
}) {
  const { t } = useTranslation();
  if (status !== 'active') {
    return (
      <span className={styles.off}>
        <Ban size={14} aria-hidden="true" />
        {t(`contact-point.status-${status}`)}
      </span>
    );
  }
  const [first, ...others] = channelsOf(point);
  if (first === undefined) return null;
  return (
    <span className={styles.line}>
      <Verdict
        point={point}
        card={card}
        channel={first.channel}
        permission={first.permission}
        main
      />
      {others.map(({ channel, permission }) => (
        <Verdict
          key={channel}
          point={point}
          card={card}
          channel={channel}
          permission={permission}
        />
      ))}
    </span>
  );
}

/** Calls first; of an address that cannot be called, its first channel. */
function channelsOf(point: ContactPoint): { channel: Channel; permission: Permission }[] {
  const calls = point.permission;
  return [
    ...(calls === null ? [] : [{ channel: 'call' as const, permission: calls }]),
    ...point.messages,
  ];
}

function Verdict({
  point,
  card,
  channel,
  permission,
  main = false,
}: {
  point: ContactPoint;
  card: DebtorCard;
  channel: Channel;
  permission: Permission;
  /** its reason stands beside it; the others say theirs when they are pressed */
  main?: boolean;
}) {
  const { t, i18n } = useTranslation();
  const { clock } = useServices();
  const [open, setOpen] = useState(false);
  const standing = standingOf(permission);
  const Icon = icons[standing];
  const name = t(`channel.${channel}`);
  const text =
    standing === 'allowed'
      ? t(channel === 'call' ? 'contact-point.allowed' : 'permission.allowed-now')
      : standing === 'byOverride'
        ? t('override.granted')
        : refusedText(permission, {
            t,
            locale: i18n.language,
            now: clock.now(),
            timeZone: point.timeZones[0] ?? card.timeZones[0] ?? null,
          });
  const exception = standing !== 'byOverride' && !permission.allowed && permission.overridable;
  return (
    <Popover
      title={t('permission.title', { channel: name, value: point.value })}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <button
          type="button"
          className={main ? styles.main : styles.chip}
          data-standing={standing}
          data-permission=""
          aria-label={main ? undefined : `${name}: ${text}`}
        >
          <Icon size={14} aria-hidden="true" />
          {main && channel === 'call' ? (
            <span className="visually-hidden">{name}: </span>
          ) : (
            <span className={styles.name}>{name}</span>
          )}
          {main ? <span>{text}</span> : null}
          {main && standing === 'byOverride' ? <GrantedBy card={card} /> : null}
          {exception && main ? (
            <span className={styles.exception}>{t('override.possible')}</span>
          ) : null}
        </button>
      }
    >
      <PermissionAnswer card={card} point={point} channel={channel} />
    </Popover>
  );
}

/** Whose word it is that lifts the rules for once. */
function GrantedBy({ card }: { card: DebtorCard }) {
  const { t } = useTranslation();
  const list = useQueryData('contact.list-overrides', {
    debtorId: card.debtorId,
    state: 'granted',
  });
  const name = list.value?.overrides[0]?.decidedByName;
  return name ? <span className={styles.name}>{t('override.by', { name })}</span> : null;
}
