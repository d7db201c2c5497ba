import { FileUp } from 'lucide-react';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportKind } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { announce } from '../../app/announcer.ts';
import { errorText } from '../../app/errors.ts';
import { formatBytes } from '../../app/format/bytes.ts';
import { navigate } from '../../app/router.ts';
import { useServices } from '../../app/services.ts';
import { uploadFile } from '../../app/upload.ts';
import { Button } from '../../components/index.ts';
import { Notice } from '../../components/notice.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import styles from './choose-file.module.css';
import { KindChoice } from './kind-choice.tsx';

interface Sending {
  name: string;
  sizeBytes: number;
  share: number;
}

/** The place where a file is dropped or chosen, and the way of it into the engine. */
export function ChooseFile({
  kind,
  onKindChange,
}: {
  kind: ImportKind;
  onKindChange: (kind: ImportKind) => void;
}) {
  const { t, i18n } = useTranslation();
  const { client } = useServices();
  const picker = useRef<HTMLInputElement>(null);
  const abort = useRef<AbortController | null>(null);
  const [over, setOver] = useState(false);
  const [sending, setSending] = useState<Sending | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const send = async (file: File): Promise<void> => {
    setError(null);
    setSending({ name: file.name, sizeBytes: file.size, share: 0 });
    abort.current = new AbortController();
    try {
      const ticket = await client.send('app.upload-ticket', {});
      if (file.size > ticket.maxBytes) throw new AppError('upload.too-large', 'too large');
      const onProgress = (share: number): void =>
        setSending((now) => (now ? { ...now, share } : now));
      const fileId = await uploadFile(ticket, file, onProgress, abort.current.signal);
      navigate('/import', { kind, file: fileId, name: file.name });
    } catch (failure) {
      setSending(null);
      if (failure instanceof AppError && failure.code === 'upload.cancelled') return;
      setError(failure);
      announce(errorText(failure, t), 'assertive');
    }
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file && sending === null) void send(file);
  };

  return (
    <>
      <KindChoice value={kind} onChange={onKindChange} />
      {error === null ? null : (
        <Notice tone="stop" title={t('import.upload-failed')}>
          {errorText(error, t)}
        </Notice>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut for the button inside */}
      <div
        className={styles.zone}
        data-over={over}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        {sending ? (
          <div className={styles.sending}>
            <p className={styles.title}>
              {t('import.sending', { name: sending.name })}{' '}
              <span className={styles.faint}>{formatBytes(sending.sizeBytes, i18n.language)}</span>
            </p>
            <ProgressBar
              label={t('import.sending', { name: sending.name })}
              value={Math.round(sending.share * 100)}
              max={100}
            />
            <Button onClick={() => abort.current?.abort()}>{t('common.cancel')}</Button>
          </div>
        ) : (
          <>
            <FileUp size={28} aria-hidden="true" className={styles.icon} />
            <p className={styles.title}>{t('import.drop')}</p>
            <p className={styles.text}>{t(`import.formats-${kind}`)}</p>
            <Button look="primary" size="large" onClick={() => picker.current?.click()}>
              {t('import.choose')}
            </Button>
            <input
              ref={picker}
              type="file"
              hidden
              aria-label={t('import.choose')}
              accept={acceptOf(kind)}
              onChange={(event) => {
                const file = event.currentTarget.files?.[0];
                event.currentTarget.value = '';
                if (file) void send(file);
              }}
            />
          </>
        )}
      </div>
      <p className={styles.hint}>{t(`import.hint-${kind}`)}</p>
    </>
  );
}

/** Bank statements also come as MT940, which every bank names otherwise. */
function acceptOf(kind: ImportKind): string {
  const tables =
    '.csv,.tsv,.txt,.xlsx,text/csv,text/plain,text/tab-separated-values,' +
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  return kind === 'bankStatement' ? `${tables},.mt940,.940,.sta,.mt9,.fin` : tables;
}
