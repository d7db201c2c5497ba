import { Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { CommandOutput, InboxItem } from '#shared/contract/index.ts';
import { download } from '../../app/download.ts';
import { errorText } from '../../app/errors.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import {
  Button,
  EmptyState,
  ErrorState,
  SideSheet,
  Skeleton,
  toast,
} from '../../components/index.ts';
import { PdfPreview } from '../documents/index.ts';
import { usePicture } from '../messages/index.ts';
import styles from './attachment-sheet.module.css';

/** What came or went with a message: looked at here, or saved. Nothing of it is ever run. */
export function AttachmentSheet({
  attachment,
  onClose,
}: {
  attachment: InboxItem['attachments'][number] | null;
  onClose: () => void;
}) {
  return (
    <SideSheet open={attachment !== null} onClose={onClose} title={attachment?.name ?? ''}>
      {attachment ? <Content key={attachment.documentId} attachment={attachment} /> : null}
    </SideSheet>
  );
}

function Content({ attachment }: { attachment: InboxItem['attachments'][number] }) {
  const { t } = useTranslation();
  const opened = useQueryData('document.open', { documentId: attachment.documentId });
  if (opened.value === null) {
    return opened.state === 'failed' ? (
      <ErrorState text={errorText(opened.error, t)} onRetry={opened.reload} />
    ) : (
      <Skeleton lines={8} />
    );
  }
  const { url, name } = opened.value;
  const save = (): void => {
    download(url, name).catch((error: unknown) => toast('failed', errorText(error, t)));
  };
  return (
    <div className={styles.content}>
      <Button icon={<Download size={14} aria-hidden="true" />} onClick={save}>
        {t('inbox.save-attachment')}
      </Button>
      <Preview opened={opened.value} />
    </div>
  );
}

function Preview({ opened }: { opened: CommandOutput<'document.open'> }) {
  const { t } = useTranslation();
  const isPicture = /^image\/(png|jpeg|gif|webp)$/.test(opened.mediaType);
  const picture = usePicture(isPicture ? opened.url : null);
  if (opened.mediaType === 'application/pdf') {
    return <PdfPreview url={opened.url} title={opened.name} />;
  }
  if (!isPicture || picture.state === 'failed') {
    return <EmptyState title={opened.name} text={t('work.no-preview')} />;
  }
  if (picture.source === null) return <Skeleton lines={8} />;
  return <img className={styles.picture} src={picture.source} alt={opened.name} />;
}
