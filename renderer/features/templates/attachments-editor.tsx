import { Paperclip, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { MessageChannel, TemplateBody } from '#shared/contract/index.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Button, Field, IconButton, Input, Menu, Select } from '../../components/index.ts';
import styles from './attachments-editor.module.css';

type Attachment = TemplateBody['attachments'][number];
const most = 5;

/** What goes with it, made anew for each debtor: a letter of the firm, or a paper that the debtor has. */
export function AttachmentsEditor({
  channel,
  attachments,
  onChange,
}: {
  channel: Exclude<MessageChannel, 'sms'>;
  attachments: readonly Attachment[];
  onChange: (attachments: Attachment[]) => void;
}) {
  const { t } = useTranslation();
  const letters = useQueryData('document.list-templates', {}).value?.templates ?? [];
  const usual = channel === 'mms' ? 'picture' : null;
  const replace = (index: number, next: Attachment): void =>
    onChange(attachments.map((one, at) => (at === index ? next : one)));
  const add = (next: Attachment): void => onChange([...attachments, next]);
  return (
    <fieldset className={styles.attachments}>
      <legend>{t('message.attachments')}</legend>
      {attachments.length > 0 ? (
        <ul className={styles.list}>
          {attachments.map((one, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an attachment is its place
            <li key={index} className={styles.item}>
              {one.kind === 'letter' ? (
                <span className={styles.name}>
                  {letters.find(({ letterTemplateId }) => letterTemplateId === one.letterTemplateId)
                    ?.name ?? t('templates.unknown-letter')}
                </span>
              ) : (
                <Field label={t('templates.document-kind')} className={styles.name}>
                  <Input
                    maxLength={60}
                    value={one.documentKind}
                    onChange={(event) =>
                      replace(index, { ...one, documentKind: event.currentTarget.value })
                    }
                  />
                </Field>
              )}
              <As attachment={one} onChange={(next) => replace(index, next)} />
              <IconButton
                label={t('templates.remove-attachment')}
                icon={<X size={14} aria-hidden="true" />}
                onClick={() => onChange(attachments.filter((_, at) => at !== index))}
              />
            </li>
          ))}
        </ul>
      ) : null}
      <Menu
        trigger={
          <Button
            icon={<Paperclip size={14} aria-hidden="true" />}
            disabled={attachments.length >= most}
          >
            {t('message.attach')}
          </Button>
        }
        items={[
          {
            id: 'document',
            label: t('templates.attach-document'),
            onSelect: () => add({ kind: 'document', documentKind: 'invoice', as: usual ?? 'asIs' }),
          },
          ...(letters.length > 0 ? [{ id: 'letters', heading: t('templates.letters') }] : []),
          ...letters.map((letter) => ({
            id: letter.letterTemplateId,
            label: letter.name,
            onSelect: () =>
              add({
                kind: 'letter',
                letterTemplateId: letter.letterTemplateId,
                as: usual ?? 'pdf',
              }),
          })),
        ]}
      />
    </fieldset>
  );
}

function As({
  attachment,
  onChange,
}: {
  attachment: Attachment;
  onChange: (attachment: Attachment) => void;
}) {
  const { t } = useTranslation();
  if (attachment.kind === 'letter') {
    return (
      <Select
        className={styles.as}
        label={t('templates.as')}
        value={attachment.as}
        onChange={(as) => onChange({ ...attachment, as })}
        options={(['pdf', 'picture'] as const).map((value) => ({
          value,
          label: t(`templates.as-${value}`),
        }))}
      />
    );
  }
  return (
    <Select
      className={styles.as}
      label={t('templates.as')}
      value={attachment.as}
      onChange={(as) => onChange({ ...attachment, as })}
      options={(['asIs', 'picture'] as const).map((value) => ({
        value,
        label: t(`templates.as-${value}`),
      }))}
    />
  );
}
