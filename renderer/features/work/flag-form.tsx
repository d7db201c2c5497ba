import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { flagKinds } from '#shared/contract/index.ts';
import type { Channel, ContactPointId } from '#shared/domain/index.ts';
import { formatPhone, isoDateFrom } from '../../app/format/index.ts';
import { useServices } from '../../app/services.ts';
import { Button, Field, Input, Select, TextArea } from '../../components/index.ts';
import type { FlagKind } from './flag-keys.ts';
import styles from './flag-sheet.module.css';
import form from './form.module.css';
import { useFlags } from './use-flags.ts';
import { useFormDraft } from './use-form-draft.ts';
import type { Work } from './work-context.ts';

interface FlagDraft {
  kind: FlagKind | '';
  contactPointId: string;
  medium: Channel | '';
  until: string;
  reason: string;
}
const nothing: FlagDraft = { kind: '', contactPointId: '', medium: '', until: '', reason: '' };
const media: readonly Channel[] = ['call', 'voiceMessage', 'sms', 'mms', 'email', 'chat', 'letter'];

/** A flag with its reason and its last day. */
export function FlagForm({ work, onQuick }: { work: Work; onQuick: () => void }) {
  const { t } = useTranslation();
  const { clock } = useServices();
  const { card, draftKey, close } = work;
  const draft = useFormDraft<FlagDraft>(draftKey, 'flag', nothing, card.displayName);
  const [tried, setTried] = useState(false);
  const { set: setFlag, busy } = useFlags(work);
  const { value, change } = draft;
  const missing =
    value.kind === ''
      ? 'kind'
      : value.kind === 'wrongNumber' && value.contactPointId === ''
        ? 'contact-point'
        : value.kind === 'mediumOptOut' && value.medium === ''
          ? 'medium'
          : null;
  const error = (name: string): string | null =>
    tried && missing === name ? t(`flag.need-${name}`) : null;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (missing !== null || value.kind === '' || busy) return;
    const set = await setFlag({
      kind: value.kind,
      ...(value.kind === 'wrongNumber'
        ? { contactPointId: value.contactPointId as ContactPointId }
        : {}),
      ...(value.kind === 'mediumOptOut' && value.medium !== '' ? { medium: value.medium } : {}),
      ...(value.until ? { until: value.until } : {}),
      ...(value.reason.trim() ? { reason: value.reason.trim() } : {}),
    });
    if (!set) return;
    draft.clear();
    close();
  };
  return (
    <form
      className={form.form}
      onSubmit={(event) => void submit(event)}
      aria-label={t('work.flag')}
      noValidate
    >
      <fieldset className={styles.kinds}>
        <legend className="visually-hidden">{t('flag.kind')}</legend>
        {flagKinds.map((kind, index) => (
          <Button
            key={kind}
            data-first={index === 0 ? true : undefined}
            pressed={value.kind === kind}
            onClick={() => change({ kind })}
          >
            {t(`flag.${kind}`)}
          </Button>
        ))}
      </fieldset>
      {error('kind') ? (
        <p className={form.error} role="alert">
          {error('kind')}
        </p>
      ) : null}
      {value.kind === 'wrongNumber' ? (
        <Field label={t('flag.contact-point')} error={error('contact-point')}>
          <Select<string>
            value={value.contactPointId || null}
            onChange={(contactPointId) => change({ contactPointId })}
            options={card.contactPoints.map((point) => ({
              value: point.contactPointId as string,
              label: formatPhone(point.value),
            }))}
          />
        </Field>
      ) : null}
      {value.kind === 'mediumOptOut' ? (
        <Field label={t('flag.medium')} error={error('medium')}>
          <Select<Channel>
            value={value.medium || null}
            onChange={(medium) => change({ medium })}
            options={media.map((medium) => ({ value: medium, label: t(`channel.${medium}`) }))}
          />
        </Field>
      ) : null}
      <Field label={t('flag.until-field')} hint={t('flag.until-hint')}>
        <Input
          type="date"
          min={isoDateFrom(clock.now(), 0)}
          value={value.until}
          onChange={(event) => change({ until: event.currentTarget.value })}
        />
      </Field>
      <Field label={t('flag.reason')}>
        <TextArea
          rows={2}
          maxLength={2_000}
          value={value.reason}
          onChange={(event) => change({ reason: event.currentTarget.value })}
        />
      </Field>
      <Button type="submit" look="primary" wide disabled={busy}>
        {t('flag.set')}
      </Button>
      <Button look="quiet" onClick={onQuick}>
        {t('flag.quick')}
      </Button>
    </form>
  );
}
