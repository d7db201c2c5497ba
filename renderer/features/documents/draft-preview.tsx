import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SearchHit } from '#shared/contract/index.ts';
import { errorText } from '../../app/errors.ts';
import { useServices } from '../../app/services.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Button, ErrorState, Skeleton } from '../../components/index.ts';
import { Notice } from '../../components/notice.tsx';
import { DebtorPicker } from '../search/index.ts';
import styles from './draft-preview.module.css';
import type { LetterDraft } from './letter-draft.ts';
import { PdfPreview } from './pdf-preview.tsx';

/** A letter is laid out once the person pauses, not for every letter typed. */
const pauseMs = 600;

/** The letter as it would be printed for one debtor. */
export function DraftPreview({ draft, ready }: { draft: LetterDraft; ready: boolean }) {
  const { t } = useTranslation();
  const [debtor, setDebtor] = useState<SearchHit | null>(null);
  const settled = useSettledDraft(draft);
  const preview = useQueryData(
    'document.preview',
    debtor !== null && ready
      ? {
          debtorId: debtor.debtorId,
          draft: { kind: settled.kind, language: settled.language, body: settled.body },
        }
      : null,
  );
  if (debtor === null) {
    return (
      <section className={styles.preview} aria-label={t('letters.preview')}>
        <h3>{t('letters.preview')}</h3>
        <p className={styles.hint}>{t('letters.preview-for')}</p>
        <DebtorPicker label={t('bank.search')} onChoose={setDebtor} />
      </section>
    );
  }
  return (
    <section className={styles.preview} aria-label={t('letters.preview')}>
      <div className={styles.head}>
        <h3>{t('letters.preview-of', { name: debtor.displayName })}</h3>
        <Button look="quiet" onClick={() => setDebtor(null)}>
          {t('letters.preview-other')}
        </Button>
      </div>
      {ready ? null : <p className={styles.hint}>{t('letters.not-ready')}</p>}
      {preview.value && preview.value.missing.length > 0 ? (
        <Notice tone="wait" title={t('document.missing')}>
          {preview.value.missing.map((field) => t(`document.field.${field}`)).join(', ')}
        </Notice>
      ) : null}
      {preview.state === 'failed' ? (
        <ErrorState text={errorText(preview.error, t)} onRetry={preview.reload} />
      ) : preview.value === null ? (
        ready ? (
          <Skeleton lines={12} />
        ) : null
      ) : (
        <PdfPreview url={preview.value.url} title={draft.name} />
      )}
    </section>
  );
}

function useSettledDraft(draft: LetterDraft): LetterDraft {
  const { clock } = useServices();
  const [settled, setSettled] = useState(draft);
  useEffect(() => clock.setTimer(pauseMs, () => setSettled(draft)), [clock, draft]);
  return settled;
}
