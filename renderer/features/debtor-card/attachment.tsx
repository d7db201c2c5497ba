import { FileText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Interaction } from '#shared/contract/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { formatBytes } from '../import/format-bytes.ts';
import { documentHash } from './document-hash.ts';

/** A file that came or went with a message. */
export function Attachment({
  attachment,
  debtorId,
}: {
  attachment: Interaction['attachments'][number];
  debtorId: string;
}) {
  const { i18n } = useTranslation();
  return (
    <LinkButton
      href={documentHash(debtorId, attachment.documentId)}
      icon={<FileText size={14} aria-hidden="true" />}
    >
      {attachment.name} · {formatBytes(attachment.bytes, i18n.language)}
    </LinkButton>
  );
}
