import { Eraser } from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentLanguage, ErasurePreview, ErasureProgress } from '#shared/contract/index.ts';
import type { DebtorId } from '#shared/domain/index.ts';
import { announce } from '../../app/announcer.ts';
import { errorText } from '../../app/errors.ts';
import { useServices } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import {
  Button,
  DateOnly,
  ErrorState,
  Field,
  Input,
  Money,
  Skeleton,
  TextArea,
} from '../../components/index.ts';
import { Notice } from '../../components/notice.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import styles from './erasure-sheet.module.css';

/**
 * Erases a person on their request: what goes, what the law keeps and why, and the step itself, for which the
 * reference is typed. Stands inside a sheet.
 */
export function ErasureSheet({ debtorId }: { debtorId: DebtorId }) {
  const { t, i18n } = useTranslation();
  const { client } = useServices();
  const data = useQueryData('erasure.preview', {
    debtorId,
    language: i18n.language as DocumentLanguage,
  });
  const [progress, setProgress] = useState<ErasureProgress | null>(null);
  useEffect(
    () =>
      client.on('erasure.progressed', (next) => {
        if (next.debtorId !== debtorId) return;
        setProgress(next);
        if (next.state === 'finished') announce(t('erasure.finished'));
      }),
    [client, debtorId, t],
  );
  if (progress !== null) return <Progress progress={progress} />;
  if (data.value === null) {
    return data.state === 'failed' ? (
      <ErrorState text={errorText(data.error, t)} onRetry={data.reload} />
    ) : (
      <Skeleton lines={10} />
    );
  }
  return <Question preview={data.value} onStarted={setProgress} />;
}

function Progress({ progress }: { progress: ErasureProgress }) {
  const { t } = useTranslation();
  if (progress.state === 'finished') {
    return (
      <Notice tone="talk" live title={t('erasure.finished')}>
        {t('erasure.finished-text')}
      </Notice>
    );
  }
  if (progress.state === 'failed') {
    return (
      <Notice tone="stop" live title={t('erasure.failed')}>
        {t('erasure.failed-text')}
      </Notice>
    );
  }
  return (
    <div className={styles.stack} role="status">
      <p>{t('erasure.running')}</p>
      <ProgressBar label={t('erasure.running')} value={progress.steps} max={progress.totalSteps} />
    </div>
  );
}

function Question({
  preview,
  onStarted,
}: {
  preview: ErasurePreview;
  onStarted: (progress: ErasureProgress) => void;
}) {
  const { t, i18n } = useTranslation();
  const [reference, setReference] = useState('');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const { run, busy } = useCommand('erasure.commit');
  const number = (value: number): string => new Intl.NumberFormat(i18n.language).format(value);
  const wrongReference = reference.trim() !== preview.externalRef;
  const noReason = preview.needsReason && reason.trim() === '';

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (wrongReference || noReason) return;
    const started = await run({
      debtorId: preview.debtorId,
      externalRef: reference.trim(),
      ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
    });
    if (started) onStarted(started);
  };

  if (preview.blockedBy.length > 0) {
    return (
      <Notice tone="stop" title={t('erasure.blocked')}>
        <ul>
          {preview.blockedBy.map((reasonCode) => (
            <li key={reasonCode}>{t(`erasure.blocked-${reasonCode}`)}</li>
          ))}
        </ul>
      </Notice>
    );
  }
  return (
    <form className={styles.stack} onSubmit={(event) => void submit(event)} noValidate>
      <Notice tone="stop" title={t('erasure.warning', { name: preview.displayName })}>
        {t('erasure.warning-text')}
      </Notice>
      {preview.rulesStatus === 'draft' ? (
        <Notice tone="wait" title={t('erasure.draft-rules')}>
          {t('erasure.draft-rules-text')}
        </Notice>
      ) : null}
      <section>
        <h3 className={styles.title}>{t('erasure.erases')}</h3>
        <ul className={styles.rows}>
          {preview.erases.map((group) => (
            <li key={group.group} className={styles.row}>
              <span>{t(`erasure.group-${group.group}`)}</span>
              <span className={styles.number}>{number(group.rows)}</span>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h3 className={styles.title}>{t('erasure.keeps')}</h3>
        <ul className={styles.rows}>
          {preview.keeps.map((group) => (
            <li key={`${group.group} ${group.law}`} className={styles.kept}>
              <div className={styles.row}>
                <span>{t(`erasure.group-${group.group}`)}</span>
                <span className={styles.number}>{number(group.rows)}</span>
              </div>
              <p className={styles.law}>
                {group.because}{' '}
                {group.until === null ? null : (
                  <>
                    {t('erasure.until')} <DateOnly date={group.until} />.
                  </>
                )}{' '}
                <cite>{group.law}</cite>
              </p>
            </li>
          ))}
        </ul>
      </section>
      {preview.needsReason ? (
        <Field
          label={t('erasure.reason')}
          hint={
            <>
              {t('erasure.open-debts')} <Money amounts={preview.openBalances} />
            </>
          }
          error={tried && noReason ? t('erasure.need-reason') : null}
        >
          <TextArea
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </Field>
      ) : null}
      <Field
        label={t('erasure.type-reference', { reference: preview.externalRef })}
        error={tried && wrongReference ? t('erasure.wrong-reference') : null}
      >
        <Input
          autoComplete="off"
          value={reference}
          onChange={(event) => setReference(event.currentTarget.value)}
        />
      </Field>
      <Button
        type="submit"
        look="stop"
        disabled={busy}
        icon={<Eraser size={14} aria-hidden="true" />}
      >
        {t('erasure.start')}
      </Button>
    </form>
  );
}
