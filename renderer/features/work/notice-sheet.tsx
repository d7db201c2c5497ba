import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DebtId } from '#shared/domain/index.ts';
import { noticeKinds } from '#shared/rule-packs/index.ts';
import { isoDateFrom } from '../../app/format/index.ts';
import { useServices } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { Button, Field, Input, Select, toast } from '../../components/index.ts';
import form from './form.module.css';
import { openDebts } from './promise-draft.ts';
import { useFormDraft } from './use-form-draft.ts';
import type { Work } from './work-context.ts';

interface NoticeDraft {
  notice: (typeof noticeKinds)[number];
  debtId: string;
  sentOn: string;
  source: string;
}

/** A text that rules ask for and that went out by another way: by the creditor, a former agency, by hand. */
export function NoticeSheet({ work }: { work: Work }) {
  const { t } = useTranslation();
  const { clock } = useServices();
  const { card, draftKey, close } = work;
  const today = isoDateFrom(clock.now(), 0);
  const draft = useFormDraft<NoticeDraft>(
    draftKey,
    'notice',
    { notice: 'firstClaimInTextForm', debtId: '', sentOn: today, source: '' },
    card.displayName,
  );
  const [tried, setTried] = useState(false);
  const { run, busy } = useCommand('contact.record-notice');
  const { value, change } = draft;
  const source = value.source.trim();
  const missing = source === '' ? 'source' : value.sentOn === '' ? 'day' : null;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (missing !== null || busy) return;
    const saved = await run({
      debtorId: card.debtorId,
      notice: value.notice,
      sentOn: value.sentOn,
      source,
      ...(value.debtId ? { debtId: value.debtId as DebtId } : {}),
    });
    if (saved === null) return;
    draft.clear();
    toast('done', t('notice.saved'));
    close();
  };
  return (
    <form
      className={form.form}
      onSubmit={(event) => void submit(event)}
      aria-label={t('work.notice')}
      noValidate
    >
      <Field label={t('notice.kind')}>
        <Select
          value={value.notice}
          onChange={(notice) => change({ notice })}
          options={noticeKinds.map((kind) => ({ value: kind, label: t(`notice.${kind}`) }))}
        />
      </Field>
      <Field label={t('promise.debt')}>
        <Select<string>
          value={value.debtId}
          onChange={(debtId) => change({ debtId })}
          options={[
            { value: '', label: t('notice.all-debts') },
            ...openDebts(card).map((debt) => ({
              value: debt.debtId as string,
              label: `${debt.creditorName} ${debt.externalRef}`,
            })),
          ]}
        />
      </Field>
      <Field
        label={t('notice.sent-on')}
        error={tried && missing === 'day' ? t('notice.need-day') : null}
      >
        <Input
          type="date"
          max={today}
          value={value.sentOn}
          onChange={(event) => change({ sentOn: event.currentTarget.value })}
        />
      </Field>
      <Field
        label={t('notice.source')}
        hint={t('notice.source-hint')}
        error={tried && missing === 'source' ? t('notice.need-source') : null}
      >
        <Input
          data-first
          maxLength={200}
          value={value.source}
          onChange={(event) => change({ source: event.currentTarget.value })}
        />
      </Field>
      <Button type="submit" look="primary" wide disabled={busy}>
        {t('notice.save')}
      </Button>
    </form>
  );
}
