import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { consentKinds } from '#shared/contract/index.ts';
import type { ContactPointId } from '#shared/domain/index.ts';
import { formatPhone } from '../../app/format/index.ts';
import { useCommand } from '../../app/use-command.ts';
import { Button, Field, Input, Select, toast } from '../../components/index.ts';
import form from './form.module.css';
import { useFormDraft } from './use-form-draft.ts';
import type { Work } from './work-context.ts';

interface ConsentDraft {
  kind: (typeof consentKinds)[number];
  contactPointId: string;
  source: string;
}

/** What the debtor has just agreed to, and how they said it. */
export function ConsentSheet({ work }: { work: Work }) {
  const { t } = useTranslation();
  const { card, draftKey, close, withOutcome } = work;
  const draft = useFormDraft<ConsentDraft>(
    draftKey,
    'consent',
    {
      kind: 'electronicMessages',
      contactPointId: '',
      source: withOutcome ? t('consent.source-call') : '',
    },
    card.displayName,
  );
  const [tried, setTried] = useState(false);
  const { run, busy } = useCommand('consent.record');
  const { value, change } = draft;
  const source = value.source.trim();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (source === '' || busy) return;
    const saved = await run({
      debtorId: card.debtorId,
      kind: value.kind,
      source,
      ...(value.contactPointId ? { contactPointId: value.contactPointId as ContactPointId } : {}),
    });
    if (saved === null) return;
    draft.clear();
    toast('done', t('work.saved-consent'));
    close();
  };
  return (
    <form
      className={form.form}
      onSubmit={(event) => void submit(event)}
      aria-label={t('work.consent')}
      noValidate
    >
      <Field label={t('consent.kind')}>
        <Select
          value={value.kind}
          onChange={(kind) => change({ kind })}
          options={consentKinds.map((kind) => ({ value: kind, label: t(`consent.${kind}`) }))}
        />
      </Field>
      <Field label={t('consent.contact-point')}>
        <Select<string>
          value={value.contactPointId}
          onChange={(contactPointId) => change({ contactPointId })}
          options={[
            { value: '', label: t('consent.any-contact-point') },
            ...card.contactPoints.map((point) => ({
              value: point.contactPointId as string,
              label: formatPhone(point.value),
            })),
          ]}
        />
      </Field>
      <Field
        label={t('consent.source')}
        hint={t('consent.source-hint')}
        error={tried && source === '' ? t('consent.need-source') : null}
      >
        <Input
          data-first
          maxLength={200}
          value={value.source}
          onChange={(event) => change({ source: event.currentTarget.value })}
        />
      </Field>
      <Button type="submit" look="primary" wide disabled={busy}>
        {t('consent.record')}
      </Button>
    </form>
  );
}
