import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DebtorCard } from '#shared/contract/index.ts';
import {
  formatDateTime,
  ownTimeZone,
  toZonedField,
  zoneCity,
  zoneName,
} from '../../app/format/index.ts';
import { useDraft, useServices } from '../../app/services.ts';
import { Button, classNames, Field, Input } from '../../components/index.ts';
import { callbackInstant, callbackNeed, callbackZone, proposeCallback } from './callback-draft.ts';
import styles from './form.module.css';
import { leaveFieldOnEscape } from './leave-field.ts';

const hourMs = 3_600_000;

/** When to call again, on the debtor's clock; both zones are said when they differ. */
export function CallbackForm({
  card,
  draftKey,
  submitLabel,
  busy = false,
  inSheet = false,
  onSubmit,
}: {
  card: DebtorCard | null;
  draftKey: string;
  submitLabel: string;
  busy?: boolean;
  inSheet?: boolean;
  onSubmit: () => void;
}) {
  const { t } = useTranslation();
  const { stores, clock } = useServices();
  const draft = useDraft(draftKey);
  const [tried, setTried] = useState(false);
  const now = clock.now();
  const zone = callbackZone(card);
  const typed = draft.callbackAt ?? proposeCallback(card, now);
  const need = callbackNeed(typed, card, now);
  const set = (callbackAt: string): void =>
    stores.drafts.change(draftKey, { callbackAt, title: card?.displayName ?? '' });

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (need === null) {
      if (draft.callbackAt === null) set(typed);
      onSubmit();
    }
  };
  const choices = [
    { label: t('callback.in-hours', { count: 1 }), at: now + hourMs },
    { label: t('callback.in-hours', { count: 3 }), at: now + 3 * hourMs },
    { label: t('callback.tomorrow'), at: now + 24 * hourMs },
  ];
  return (
    <form
      className={classNames(styles.form, !inSheet && styles.tight)}
      onSubmit={submit}
      onKeyDown={inSheet ? undefined : leaveFieldOnEscape}
      aria-label={t('outcome.callback')}
      noValidate
    >
      <Field
        label={t('callback.when-there', { zone: zoneCity(zone) })}
        error={
          need !== null && (tried || need === 'callback-past') ? t(`outcome.need-${need}`) : null
        }
      >
        <Input
          data-first
          type="datetime-local"
          min={toZonedField(now, zone)}
          value={typed}
          onChange={(event) => set(event.currentTarget.value)}
        />
      </Field>
      <BothZones at={callbackInstant(typed, card)} zone={zone} />
      <div className={styles.quick}>
        {choices.map((choice) => (
          <Button key={choice.label} onClick={() => set(toZonedField(choice.at, zone))}>
            {choice.label}
          </Button>
        ))}
      </div>
      <Button type="submit" look="primary" wide shortcut="Enter" disabled={busy}>
        {submitLabel}
      </Button>
    </form>
  );
}

/** The same instant on both clocks; once, where both are the same. */
function BothZones({ at, zone }: { at: number | null; zone: string }) {
  const { t, i18n } = useTranslation();
  if (at === null) return null;
  const own = ownTimeZone();
  const said = (timeZone: string): string =>
    `${formatDateTime(at, i18n.language, timeZone)} (${zoneName(at, timeZone, i18n.language)})`;
  const same = formatDateTime(at, i18n.language, zone) === formatDateTime(at, i18n.language, own);
  if (same) return <p className={styles.hint}>{t('callback.same-time', { time: said(zone) })}</p>;
  return (
    <dl className={styles.zones}>
      <div>
        <dt>{t('callback.theirs', { zone: zoneCity(zone) })}</dt>
        <dd>{said(zone)}</dd>
      </div>
      <div>
        <dt>{t('callback.yours', { zone: zoneCity(own) })}</dt>
        <dd>{said(own)}</dd>
      </div>
    </dl>
  );
}
