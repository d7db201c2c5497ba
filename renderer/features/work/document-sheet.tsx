import { useTranslation } from 'react-i18next';
import type { DocumentId } from '#shared/domain/index.ts';
import { errorText } from '../../app/errors.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { EmptyState, ErrorState, Skeleton } from '../../components/index.ts';
import { DocumentActions, PdfPreview } from '../documents/index.ts';
import form from './form.module.css';
import type { Work } from './work-context.ts';

/** One document of the debtor: what can be done with it, and how it looks. */
export function DocumentSheet({ work, documentId }: { work: Work; documentId: string }) {
  const { t } = useTranslation();
  const listed = useQueryData('document.list', { debtorId: work.card.debtorId });
  const opened = useQueryData('document.open', { documentId: documentId as DocumentId });
  const document = listed.value?.documents.find((one) => one.documentId === documentId);
  if (listed.state === 'failed' && listed.value === null) {
    return <ErrorState text={errorText(listed.error, t)} onRetry={listed.reload} />;
  }
  return (
    <div className={form.form}>
      {document ? (
        <DocumentActions document={document} onChanged={listed.reload} onRemoved={work.close} />
      ) : null}
      {opened.state === 'failed' ? (
        <ErrorState text={errorText(opened.error, t)} onRetry={opened.reload} />
      ) : opened.value === null ? (
        <Skeleton lines={8} />
      ) : opened.value.mediaType === 'application/pdf' ? (
        <PdfPreview url={opened.value.url} title={opened.value.name} />
      ) : (
        <EmptyState title={opened.value.name} text={t('work.no-preview')} />
      )}
    </div>
  );
}
