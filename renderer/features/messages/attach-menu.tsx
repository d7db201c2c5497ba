import { FilePlus2, FileText, Mail, Paperclip } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttachedMedia, DebtorCard } from '#shared/contract/index.ts';
import type { DocumentId } from '#shared/domain/index.ts';
import { errorText } from '../../app/errors.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Button, Menu, type MenuItem } from '../../components/index.ts';
import styles from './attach-menu.module.css';
import { useAttach } from './use-attach.ts';

/** What the file chooser offers; the engine looks at what the file really is. */
const accepted = { mms: 'image/*,application/pdf', email: '' };

/** Adds a file: one of the debtor's, a letter written for this message, or one from this computer. */
export function AttachMenu({
  card,
  channel,
  disabled,
  onAttached,
}: {
  card: DebtorCard;
  channel: 'mms' | 'email';
  /** what goes with it anyway is not known yet */
  disabled: boolean;
  onAttached: (media: AttachedMedia) => void;
}) {
  const { t } = useTranslation();
  const chooser = useRef<HTMLInputElement>(null);
  const letters = useQueryData('document.list-templates', {});
  const { attaching, error, attach, upload } = useAttach(card.debtorId, channel, onAttached);
  const root = useRef<HTMLDivElement>(null);
  // the button cannot keep the focus while it waits
  const began = useRef(false);
  useEffect(() => {
    if (attaching !== null) {
      began.current = true;
    } else if (began.current) {
      began.current = false;
      if (document.activeElement === document.body) root.current?.querySelector('button')?.focus();
    }
  }, [attaching]);
  const fitting = (letters.value?.templates ?? []).filter(
    ({ language }) => language === card.language,
  );
  const items: MenuItem[] = [
    {
      id: 'upload',
      label: t('message.attach-upload'),
      icon: <FilePlus2 size={14} aria-hidden="true" />,
      onSelect: () => chooser.current?.click(),
    },
    ...(card.documents.length > 0
      ? [{ id: 'documents', heading: t('message.attach-documents') }]
      : []),
    ...card.documents.slice(0, 12).map(
      (document): MenuItem => ({
        id: document.documentId,
        label: document.name,
        icon: <FileText size={14} aria-hidden="true" />,
        onSelect: () =>
          attach(document.name, {
            kind: 'document',
            documentId: document.documentId as DocumentId,
            as: channel === 'mms' ? 'picture' : 'asIs',
            page: 1,
          }),
      }),
    ),
    ...(fitting.length > 0 ? [{ id: 'letters', heading: t('message.attach-letters') }] : []),
    ...fitting.map(
      (letter): MenuItem => ({
        id: letter.letterTemplateId,
        label: letter.name,
        icon: <Mail size={14} aria-hidden="true" />,
        onSelect: () =>
          attach(letter.name, {
            kind: 'letter',
            letterTemplateId: letter.letterTemplateId,
            as: channel === 'mms' ? 'picture' : 'pdf',
          }),
      }),
    ),
  ];
  return (
    <div className={styles.attach} ref={root}>
      <Menu
        items={items}
        trigger={
          <Button
            icon={<Paperclip size={14} aria-hidden="true" />}
            disabled={disabled || attaching !== null}
          >
            {t('message.attach')}
          </Button>
        }
      />
      <input
        ref={chooser}
        type="file"
        hidden
        accept={accepted[channel]}
        aria-label={t('message.attach-upload')}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          event.currentTarget.value = '';
          if (file) upload(file);
        }}
      />
      <span role="status" className={styles.state}>
        {attaching === null
          ? null
          : attaching.share === null
            ? t('message.attach-fitting', { name: attaching.name })
            : t('message.attach-sending', {
                name: attaching.name,
                percent: Math.round(attaching.share * 100),
              })}
      </span>
      {error === null ? null : (
        <span role="alert" className={styles.error}>
          {errorText(error, t)}
        </span>
      )}
    </div>
  );
}
