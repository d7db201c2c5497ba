import { Download, FilePlus2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DebtorDocument } from '#shared/contract/index.ts';
import type { DebtorId, PaymentId, PaymentPlanId } from '#shared/domain/index.ts';
import { download } from '../../app/download.ts';
import { errorText } from '../../app/errors.ts';
import { useCommand } from '../../app/use-command.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import {
  Button,
  EmptyState,
  ErrorState,
  Field,
  Input,
  Select,
  Skeleton,
  toast,
} from '../../components/index.ts';
import { Notice } from '../../components/notice.tsx';
import styles from './create-letter-sheet.module.css';
import { DocumentActions } from './document-actions.tsx';
import { PdfPreview } from './pdf-preview.tsx';
import { proposeTemplate } from './propose-template.ts';

export interface LetterChoice {
  id: string;
  /** what tells it from the others: date and amount */
  label: string;
}

/**
 * Writes a letter to a debtor: choose the template, read it as it will be printed, keep it. Stands inside a sheet.
 * @param language of the debtor: letters of that language are proposed first
 * @param plans of the debtor, for letters about one; the newest is taken when none is chosen
 * @param payments of the debtor, likewise
 */
export function CreateLetterSheet({
  debtorId,
  language,
  plans = [],
  payments = [],
  onCreated,
}: {
  debtorId: DebtorId;
  language: string;
  plans?: readonly LetterChoice[];
  payments?: readonly LetterChoice[];
  onCreated?: (document: DebtorDocument) => void;
}) {
  const { t } = useTranslation();
  const listed = useQueryData('document.list-templates', {});
  const [templateId, setTemplateId] = useState<string | null>(null);
  const [planId, setPlanId] = useState('');
  const [paymentId, setPaymentId] = useState('');
  const [date, setDate] = useState('');
  const [created, setCreated] = useState<DebtorDocument | null>(null);
  const create = useCommand('document.create');
  const templates = listed.value?.templates ?? [];
  const template =
    templates.find((one) => one.letterTemplateId === templateId) ??
    proposeTemplate(templates, language);
  const input = template
    ? {
        debtorId,
        letterTemplateId: template.letterTemplateId,
        ...(planId === '' ? {} : { paymentPlanId: planId as PaymentPlanId }),
        ...(paymentId === '' ? {} : { paymentId: paymentId as PaymentId }),
        ...(date === '' ? {} : { date }),
      }
    : null;
  const preview = useQueryData('document.preview', created === null ? input : null);

  if (listed.value === null) {
    return listed.state === 'failed' ? (
      <ErrorState text={errorText(listed.error, t)} onRetry={listed.reload} />
    ) : (
      <Skeleton lines={6} />
    );
  }
  if (template === null || input === null) {
    return <EmptyState title={t('document.no-templates')} text={t('document.no-templates-text')} />;
  }
  if (created) {
    return (
      <div className={styles.stack}>
        <Notice tone="talk" live title={t('document.kept')}>
          {t('document.kept-text')}
        </Notice>
        <DocumentActions document={created} onChanged={setCreated} />
        <Button look="quiet" onClick={() => setCreated(null)}>
          {t('document.another')}
        </Button>
      </div>
    );
  }
  const keep = async (): Promise<void> => {
    const document = await create.run(input);
    if (document === null) return;
    setCreated(document);
    onCreated?.(document);
  };
  const fetchFile = (): void => {
    if (preview.value === null) return;
    download(preview.value.url, `${template.name}.pdf`).catch((error: unknown) =>
      toast('failed', errorText(error, t)),
    );
  };
  return (
    <div className={styles.stack}>
      <Field label={t('document.template')}>
        <Select
          value={template.letterTemplateId as string}
          onChange={setTemplateId}
          options={templates.map((one) => ({
            value: one.letterTemplateId as string,
            label: `${one.name} (${one.language})`,
          }))}
        />
      </Field>
      {template.kind === 'paymentPlan' && plans.length > 1 ? (
        <Field label={t('filter.plans')}>
          <Select
            value={planId || (plans[0]?.id ?? '')}
            onChange={setPlanId}
            options={plans.map((one) => ({ value: one.id, label: one.label }))}
          />
        </Field>
      ) : null}
      {template.kind === 'paymentConfirmation' && payments.length > 1 ? (
        <Field label={t('document.payment')}>
          <Select
            value={paymentId || (payments[0]?.id ?? '')}
            onChange={setPaymentId}
            options={payments.map((one) => ({ value: one.id, label: one.label }))}
          />
        </Field>
      ) : null}
      <Field label={t('document.date')} hint={t('document.date-hint')}>
        <Input type="date" value={date} onChange={(event) => setDate(event.currentTarget.value)} />
      </Field>
      {template.sample ? (
        <Notice tone="wait" title={t('document.sample')}>
          {t('document.sample-text')}
        </Notice>
      ) : null}
      {preview.value && preview.value.missing.length > 0 ? (
        <Notice tone="wait" title={t('document.missing')}>
          {preview.value.missing.map((field) => t(`document.field.${field}`)).join(', ')}
        </Notice>
      ) : null}
      {preview.state === 'failed' ? (
        <ErrorState text={errorText(preview.error, t)} onRetry={preview.reload} />
      ) : preview.value === null ? (
        <Skeleton lines={12} />
      ) : (
        <>
          <div className={styles.actions}>
            <Button
              look="primary"
              disabled={create.busy || preview.state !== 'ready'}
              icon={<FilePlus2 size={14} aria-hidden="true" />}
              onClick={() => void keep()}
            >
              {t('document.keep')}
            </Button>
            <Button icon={<Download size={14} aria-hidden="true" />} onClick={fetchFile}>
              {t('document.download')}
            </Button>
          </div>
          <PdfPreview url={preview.value.url} title={template.name} />
        </>
      )}
    </div>
  );
}
