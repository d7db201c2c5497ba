import { Paperclip } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentLanguage, SearchHit } from '#shared/contract/index.ts';
import { errorText } from '../../app/errors.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Button, ErrorState, Skeleton } from '../../components/index.ts';
import { Notice } from '../../components/notice.tsx';
import { HtmlBody, PartsLine } from '../messages/index.ts';
import { DebtorPicker } from '../search/index.ts';
import type { TemplateDraft } from './template-draft.ts';
import styles from './template-preview.module.css';

/** The text as one debtor would get it, while it is being written. */
export function TemplatePreview({
  draft,
  ready,
  language,
}: {
  draft: TemplateDraft;
  /** the contract takes it */
  ready: boolean;
  language: DocumentLanguage;
}) {
  const { t } = useTranslation();
  const [debtor, setDebtor] = useState<SearchHit | null>(null);
  const { channel, body } = draft;
  const shown = useQueryData(
    'template.preview',
    debtor !== null && ready
      ? { draft: { channel, body }, debtorId: debtor.debtorId, language }
      : null,
  );
  if (debtor === null) {
    return (
      <section className={styles.preview} aria-label={t('templates.preview')}>
        <h3>{t('templates.preview')}</h3>
        <p className={styles.hint}>{t('templates.preview-for')}</p>
        <DebtorPicker label={t('bank.search')} onChoose={setDebtor} />
      </section>
    );
  }
  const value = shown.value;
  return (
    <section className={styles.preview} aria-label={t('templates.preview')}>
      <div className={styles.head}>
        <h3>{t('templates.preview-of', { name: debtor.displayName })}</h3>
        <Button look="quiet" onClick={() => setDebtor(null)}>
          {t('templates.preview-other')}
        </Button>
      </div>
      {shown.state === 'failed' ? (
        <ErrorState text={errorText(shown.error, t)} onRetry={shown.reload} />
      ) : value === null ? (
        ready ? (
          <Skeleton lines={6} />
        ) : (
          <p className={styles.hint}>{t('templates.not-ready')}</p>
        )
      ) : (
        <>
          {value.missing.length > 0 ? (
            <Notice tone="wait" title={t('message.missing')}>
              {value.missing.map((field) => t(`message-field.${field}`)).join(', ')}
            </Notice>
          ) : null}
          {value.subject ? <p className={styles.subject}>{value.subject}</p> : null}
          {channel === 'email' && value.html !== null ? (
            <HtmlBody html={value.html} title={t('message.as-it-looks')} />
          ) : (
            <p className={styles.bubble} lang={value.language}>
              {value.text}
            </p>
          )}
          {channel === 'sms' ? <PartsLine text={value.text} /> : null}
          {value.attachments.length > 0 ? (
            <ul className={styles.attachments} aria-label={t('message.attachments')}>
              {value.attachments.map((name) => (
                <li key={name}>
                  <Paperclip size={12} aria-hidden="true" /> {name}
                </li>
              ))}
            </ul>
          ) : null}
        </>
      )}
    </section>
  );
}
