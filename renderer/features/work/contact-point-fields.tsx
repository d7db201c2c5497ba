import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { contactPointKind } from '#shared/domain/index.ts';
import { Button, Field, Input, Select } from '../../components/index.ts';
import { weekdayName } from '../debtor-card/hours-text.ts';
import { type ContactPointDraft, contactPointNeed, type Weekday } from './contact-point-draft.ts';
import form from './form.module.css';

const days: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Kind, address, name, hours, and who may be spoken to there. */
export function ContactPointFields({
  title,
  value,
  country,
  busy,
  withReason = false,
  onChange,
  onSubmit,
  onCancel,
}: {
  title: string;
  value: ContactPointDraft;
  country: string | null;
  busy: boolean;
  withReason?: boolean;
  onChange: (part: Partial<ContactPointDraft>) => void;
  onSubmit: () => void;
  onCancel?: () => void;
}) {
  const { t, i18n } = useTranslation();
  const [tried, setTried] = useState(false);
  const need = contactPointNeed(value, country);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (need === null && !busy) onSubmit();
  };
  const toggle = (day: Weekday): void =>
    onChange({
      days: days.filter((one) => (one === day) !== value.days.includes(one)),
    });
  return (
    <form className={form.form} onSubmit={submit} aria-label={title} noValidate>
      <div className={form.row}>
        <Field label={t('contact-point.kind')}>
          <Select
            value={value.kind}
            onChange={(kind) => onChange({ kind })}
            options={contactPointKind.options.map((kind) => ({
              value: kind,
              label: t(`contact-point.${kind}`),
            }))}
          />
        </Field>
        <Field
          label={t('contact-point.value')}
          error={tried && need !== null ? t(`contact-point.need-${need}`) : null}
        >
          <Input
            data-first
            autoComplete="off"
            maxLength={200}
            value={value.value}
            onChange={(event) => onChange({ value: event.currentTarget.value })}
          />
        </Field>
      </div>
      <div className={form.row}>
        <Field label={t('contact-point.label')}>
          <Input
            maxLength={100}
            value={value.label}
            onChange={(event) => onChange({ label: event.currentTarget.value })}
          />
        </Field>
        <Field label={t('contact-point.speak-to-field')}>
          <Input
            maxLength={200}
            value={value.speakTo}
            placeholder={t('contact-point.speak-to-debtor')}
            onChange={(event) => onChange({ speakTo: event.currentTarget.value })}
          />
        </Field>
      </div>
      <fieldset className={form.group}>
        <legend>{t('contact-point.hours')}</legend>
        <div className={form.quick}>
          {days.map((day) => (
            <Button key={day} pressed={value.days.includes(day)} onClick={() => toggle(day)}>
              {weekdayName(day, i18n.language)}
            </Button>
          ))}
        </div>
        <div className={form.row}>
          <Field label={t('contact-point.hours-from')}>
            <Input
              type="time"
              value={value.from}
              onChange={(event) => onChange({ from: event.currentTarget.value })}
            />
          </Field>
          <Field label={t('contact-point.hours-to')}>
            <Input
              type="time"
              value={value.to}
              onChange={(event) => onChange({ to: event.currentTarget.value })}
            />
          </Field>
        </div>
      </fieldset>
      {withReason ? (
        <Field label={t('contact-point.reason')}>
          <Input
            maxLength={2_000}
            value={value.reason}
            onChange={(event) => onChange({ reason: event.currentTarget.value })}
          />
        </Field>
      ) : null}
      <div className={form.buttons}>
        <Button type="submit" look="primary" disabled={busy} shortcut="Enter">
          {t('contact-point.save')}
        </Button>
        {onCancel ? <Button onClick={onCancel}>{t('common.cancel')}</Button> : null}
      </div>
    </form>
  );
}
