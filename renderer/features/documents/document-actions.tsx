import { Eye, Send, Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandInput, DebtorDocument } from '#shared/contract/index.ts';
import { download } from '../../app/download.ts';
import { errorText } from '../../app/errors.ts';
import { useCommand } from '../../app/use-command.ts';
import { Badge, Button, Field, Input, Select, toast, When } from '../../components/index.ts';
import styles from './document-actions.module.css';

type SentHow = CommandInput<'document.mark-sent'>['how'];
const waysToSend: readonly SentHow[] = ['post', 'registeredPost', 'courier', 'hand'];

/** One letter of a debtor: fetch it, say that it was sent, throw a draft away. */
export function DocumentActions({
  document,
  onChanged,
  onRemoved,
}: {
  document: DebtorDocument;
  onChanged: (document: DebtorDocument) => void;
  onRemoved?: () => void;
}) {
  const { t } = useTranslation();
  const [sending, setSending] = useState(false);
  const open = useCommand('document.open');
  const remove = useCommand('document.remove');
  const { documentId } = document;
  const draft = document.sentAt === null;

  const fetchFile = async (): Promise<void> => {
    const opened = await open.run({ documentId });
    if (opened === null) return;
    await download(opened.url, opened.name).catch((error: unknown) =>
      toast('failed', errorText(error, t)),
    );
  };
  const drop = async (): Promise<void> => {
    if (await remove.run({ documentId })) onRemoved?.();
  };
  return (
    <div className={styles.document}>
      <div className={styles.head}>
        <span className={styles.name}>{document.name}</span>
        {document.erasedAt !== null ? (
          <Badge>{t('document.erased')}</Badge>
        ) : draft ? (
          <Badge tone="wait">{t('document.draft')}</Badge>
        ) : (
          <span className={styles.faint}>
            {t('document.sent')} <When at={document.sentAt ?? document.createdAt} />
          </span>
        )}
      </div>
      {document.erasedAt === null ? (
        <div className={styles.actions}>
          <Button
            disabled={open.busy}
            icon={<Eye size={14} aria-hidden="true" />}
            onClick={() => void fetchFile()}
          >
            {t('document.download')}
          </Button>
          {draft ? (
            <Button
              icon={<Send size={14} aria-hidden="true" />}
              pressed={sending}
              onClick={() => setSending(!sending)}
            >
              {t('document.mark-sent')}
            </Button>
          ) : null}
          {draft && onRemoved ? (
            <Button
              look="quiet"
              disabled={remove.busy}
              icon={<Trash2 size={14} aria-hidden="true" />}
              onClick={() => void drop()}
            >
              {t('document.remove')}
            </Button>
          ) : null}
        </div>
      ) : null}
      {sending && draft ? (
        <SentForm
          document={document}
          onSent={(sent) => {
            setSending(false);
            onChanged(sent);
          }}
        />
      ) : null}
    </div>
  );
}

function SentForm({
  document,
  onSent,
}: {
  document: DebtorDocument;
  onSent: (document: DebtorDocument) => void;
}) {
  const { t } = useTranslation();
  const [how, setHow] = useState<SentHow>('post');
  const [reference, setReference] = useState('');
  const { run, busy } = useCommand('document.mark-sent');
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const sent = await run({
      documentId: document.documentId,
      how,
      ...(reference.trim() === '' ? {} : { reference: reference.trim() }),
    });
    if (sent) onSent(sent);
  };
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)}>
      <Field label={t('document.how')}>
        <Select
          value={how}
          onChange={setHow}
          options={waysToSend.map((value) => ({ value, label: t(`document.how-${value}`) }))}
        />
      </Field>
      <Field label={t('document.sent-reference')} hint={t('document.sent-hint')}>
        <Input
          maxLength={120}
          value={reference}
          onChange={(event) => setReference(event.currentTarget.value)}
        />
      </Field>
      <Button type="submit" look="primary" disabled={busy}>
        {t('document.was-sent')}
      </Button>
    </form>
  );
}
