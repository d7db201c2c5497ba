import { FileText, ImageOff, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttachedMedia } from '#shared/contract/index.ts';
import { formatBytes } from '../../app/format/bytes.ts';
import { Button, IconButton, Skeleton } from '../../components/index.ts';
import { PdfPreview } from '../documents/index.ts';
import styles from './media-item.module.css';
import { usePicture } from './use-picture.ts';

/** One file that goes with a message, as it will be sent: how it looks, how large it is, what was done to make it fit. */
export function MediaItem({
  media,
  large,
  onRemove,
}: {
  media: AttachedMedia;
  /** the picture is the message */
  large: boolean;
  onRemove: () => void;
}) {
  const { t, i18n } = useTranslation();
  const [open, setOpen] = useState(false);
  const isPicture = media.mediaType.startsWith('image/');
  const isPdf = media.mediaType === 'application/pdf';
  const facts = [
    formatBytes(media.bytes, i18n.language),
    media.originalBytes > media.bytes
      ? t('message.was-bytes', { bytes: formatBytes(media.originalBytes, i18n.language) })
      : null,
    media.width !== null && media.height !== null ? `${media.width} × ${media.height}` : null,
    media.pages !== null && media.pages > 1 && isPicture
      ? t('message.page-of', { count: media.pages })
      : null,
    ...media.steps.filter((step) => step !== 'page').map((step) => t(`message.step-${step}`)),
  ].filter(Boolean);
  return (
    <li className={styles.item}>
      {isPicture && (large || open) ? <PictureOf media={media} /> : null}
      <div className={styles.line}>
        <FileText size={14} aria-hidden="true" className={styles.icon} />
        <span className={styles.words}>
          <span className={styles.name}>{media.name}</span>
          <span className={styles.facts}>{facts.join(' · ')}</span>
        </span>
        {(isPicture && !large) || isPdf ? (
          <Button look="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t(open ? 'message.hide' : 'message.show')}
          </Button>
        ) : null}
        <IconButton
          label={t('message.remove-file', { name: media.name })}
          icon={<Trash2 size={14} aria-hidden="true" />}
          onClick={onRemove}
        />
      </div>
      {isPdf && open ? <PdfPreview url={media.url} title={media.name} /> : null}
    </li>
  );
}

function PictureOf({ media }: { media: AttachedMedia }) {
  const { t } = useTranslation();
  const picture = usePicture(media.url);
  if (picture.state === 'failed') {
    return (
      <p className={styles.failed} role="alert">
        <ImageOff size={16} aria-hidden="true" /> {t('message.picture-failed')}
      </p>
    );
  }
  if (picture.state === 'loading') return <Skeleton lines={5} />;
  return (
    <img
      className={styles.picture}
      src={picture.source}
      alt={media.name}
      width={media.width ?? undefined}
      height={media.height ?? undefined}
    />
  );
}
