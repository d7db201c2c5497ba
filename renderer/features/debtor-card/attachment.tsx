import { FileText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Interaction } from '#shared/contract/index.ts';
import { formatBytes } from '../../app/format/bytes.ts';
import { Button } from '../../components/index.ts';
import { useWork } from '../work/work-context.ts';

/** A file that came or went with a message. */
export function Attachment({ attachment }: { attachment: Interaction['attachments'][number] }) {
  const { i18n } = useTranslation();
  const work = useWork();
  const { documentId } = attachment;
  return (
    <Button
      disabled={work === null}
      onClick={() => work?.open({ kind: 'document', documentId })}
      icon={<FileText size={14} aria-hidden="true" />}
    >
      {attachment.name} · {formatBytes(attachment.bytes, i18n.language)}
    </Button>
  );
}
