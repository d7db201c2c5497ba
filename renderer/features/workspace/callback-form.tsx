import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DebtorCard, Disposition } from '#shared/contract/index.ts';
import {
  formatDateTime,
  fromLocalField,
  isoDateFrom,
  toLocalField,
  zoneCity,
} from '../../app/format/index.ts';
import { useDraft, useServices } from '../../app/services.ts';
import { Button, Field, Input } from '../../components/index.ts';
import { leaveFieldOnEscape } from './leave-field.ts';
import { outcomeNeed } from './outcome.ts';
import styles from './plan-forms.module.css';

const calledBack: Disposition = { code: '', key: null, effect: 'callback', active: true };
const hourMs = 3_600_000;

/** When to call again, in the agent's time; the debtor's time is said beside it when it differs. */
export function CallbackForm({
  card,
  draftKey,
  onSubmit,
}: {
  card: DebtorCard | null;
  draftKey: string;
  /** absent during the call: the callback then waits for the outcome */
  onSubmit?: () => void;
}) {
  const { t, i18n } = useTranslation();
  const { stores, clock } = useServices();
  const draft = useDraft(draftKey);
  const [tried, setTried] = useState(false);
  const now = clock.now();
  const need = outcomeNeed(calledBack, draft, card, now, isoDateFrom(now, 0));
  const at = draft.callbackAt === null ? null : fromLocalField(draft.callbackAt);
  const zone = card?.timeZones[0];
  const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const set = (callbackAt: string): void => stores.drafts.change(draftKey, { callbackAt });

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (need === null) onSubmit?.();
  };
  const choices = [
    { label: t('callback.in-hours', { count: 1 }), at: now + hourMs },
    { label: t('callback.in-hours', { count: 3 }), at: now + 3 * hourMs },
    { label: t('callback.tomorrow'), at: now + 24 * hourMs },
  ];
  return (
    <form
      className={styles.form}
      onSubmit={submit}
      onKeyDown={leaveFieldOnEscape}
      aria-label={t('outcome.callback')}
    >
      <Field
        label={t('callback.when')}
        hint={
          at !== null && zone && zone !== ownZone
            ? t('callback.their-time', {
                time: formatDateTime(at, i18n.language, zone),
                zone: zoneCity(zone),
              })
            : null
        }
        error={
          need !== null && (tried || need === 'callback-past') ? t(`outcome.need-${need}`) : null
        }
      >
        <Input
          data-first
          type="datetime-local"
          min={toLocalField(now)}
          value={draft.callbackAt ?? ''}
          onChange={(event) => set(event.currentTarget.value)}
        />
      </Field>
      <div className={styles.quick}>
        {choices.map((choice) => (
          <Button key={choice.label} onClick={() => set(toLocalField(choice.at))}>
            {choice.label}
          </Button>
        ))}
      </div>
      {onSubmit ? (
        <Button type="submit" look="primary" wide shortcut="Enter">
          {t('callback.save')}
        </Button>
      ) : null}
    </form>
  );
}
