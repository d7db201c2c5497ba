import { Clock, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DebtorCard } from '#shared/contract/index.ts';
import { formatDateTime, fromZonedField, toZonedField, zoneCity } from '../../app/format/index.ts';
import { usePreference, useServices } from '../../app/services.ts';
import { Button, Field, IconButton, Input } from '../../components/index.ts';
import { callbackZone } from '../work/callback-draft.ts';
import type { Recipient } from './message-draft.ts';
import styles from './schedule.module.css';

const hourMs = 3_600_000;
const tomorrowAt = 'T09:00';

/** When it could go: as soon as the rules say yes, else the next whole hour there. */
export function proposedTime(recipient: Recipient | null, card: DebtorCard, now: number): string {
  const allowed = recipient?.permission.nextAllowedAt ?? null;
  const minute = 60_000;
  const at = allowed ?? Math.ceil((now + minute) / hourMs) * hourMs;
  // a field knows no seconds: the minute after, so that it is never a moment too early
  return toZonedField(Math.ceil(at / minute) * minute, callbackZone(card));
}

/** The instant of what the field holds, on the debtor's clock. */
export function dueAtOf(later: string | null, card: DebtorCard): number | null {
  return later === null ? null : fromZonedField(later, callbackZone(card));
}

/** Opens the choice of a time; says the first one that the rules allow, when now is none. */
export function LaterButton({
  card,
  recipient,
  onLater,
}: {
  card: DebtorCard;
  recipient: Recipient | null;
  onLater: (later: string | null) => void;
}) {
  const { t, i18n } = useTranslation();
  const { clock } = useServices();
  const [singleKeys] = usePreference('singleKeys', true);
  const zone = callbackZone(card);
  const allowed = recipient?.permission.nextAllowedAt ?? null;
  return (
    <Button
      icon={<Clock size={14} aria-hidden="true" />}
      shortcut={singleKeys ? 'L' : undefined}
      title={
        allowed === null
          ? undefined
          : t('message.later-at', { time: formatDateTime(allowed, i18n.language, zone) })
      }
      onClick={() => onLater(proposedTime(recipient, card, clock.now()))}
    >
      {t('message.later')}
    </Button>
  );
}

/** A message for later: its time on the debtor's clock, the zone said. */
export function Schedule({
  card,
  recipient,
  later,
  past,
  onChange,
}: {
  card: DebtorCard;
  recipient: Recipient | null;
  later: string;
  /** the time that is chosen has passed */
  past: boolean;
  onChange: (later: string | null) => void;
}) {
  const { t } = useTranslation();
  const { clock } = useServices();
  const now = clock.now();
  const zone = callbackZone(card);
  const allowed = recipient?.permission.nextAllowedAt ?? null;
  const tomorrow = toZonedField(now + 24 * hourMs, zone).slice(0, 10) + tomorrowAt;
  return (
    <div className={styles.schedule}>
      <div className={styles.line}>
        <Field
          label={t('message.when-there', { zone: zoneCity(zone) })}
          error={past ? t('message.time-passed') : null}
        >
          <Input
            type="datetime-local"
            min={toZonedField(now, zone)}
            value={later}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
        </Field>
        <IconButton
          label={t('message.now-instead')}
          icon={<X size={14} aria-hidden="true" />}
          onClick={() => onChange(null)}
        />
      </div>
      <div className={styles.quick}>
        {allowed === null ? null : (
          <Button onClick={() => onChange(proposedTime(recipient, card, now))}>
            {t('message.as-soon-as-allowed')}
          </Button>
        )}
        <Button onClick={() => onChange(toZonedField(now + hourMs, zone))}>
          {t('callback.in-hours', { count: 1 })}
        </Button>
        <Button onClick={() => onChange(tomorrow)}>{t('message.tomorrow-morning')}</Button>
      </div>
    </div>
  );
}
