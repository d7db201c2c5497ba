import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PackRow } from '#shared/contract/index.ts';
import { announce } from '../../app/announcer.ts';
import { isoDateFrom } from '../../app/format/index.ts';
import { useServices } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { Button, Field, Input, SideSheet, TextArea, toast } from '../../components/index.ts';
import { Notice } from '../../components/notice.tsx';
import { packTitle } from './pack-title.ts';
import styles from './review-sheet.module.css';
import { useWords } from './use-words.ts';

/** A lawyer has read this version: who, when, with what remark; and what follows from it. */
export function ReviewSheet({
  row,
  open,
  onClose,
}: {
  row: PackRow;
  open: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <SideSheet open={open} onClose={onClose} title={t('rule-pages.record-review')} focusFirst>
      <ReviewForm row={row} onClose={onClose} />
    </SideSheet>
  );
}

function ReviewForm({ row, onClose }: { row: PackRow; onClose: () => void }) {
  const { t } = useTranslation();
  const words = useWords();
  const { clock } = useServices();
  const today = isoDateFrom(clock.now(), 0);
  const [reviewer, setReviewer] = useState('');
  const [reviewedOn, setReviewedOn] = useState(today);
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const { run, busy } = useCommand('rules.record-review');
  const noName = reviewer.trim().length < 2;
  const noDate = !/^\d{4}-\d{2}-\d{2}$/.test(reviewedOn) || reviewedOn > today;
  const save = async (): Promise<void> => {
    setTried(true);
    if (noName || noDate || busy) return;
    const done = await run({
      packId: row.packId,
      version: row.version,
      reviewer: reviewer.trim(),
      reviewedOn,
      ...(note.trim() === '' ? {} : { note: note.trim() }),
    });
    if (done === null) return;
    toast('done', t('rule-pages.review-recorded'));
    announce(t('rule-pages.review-recorded'));
    onClose();
  };
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <p className={styles.name}>
        {packTitle(row, words)}
        <span className={styles.faint}>
          {t('rule-pack.version', { id: row.packId, version: row.version })}
        </span>
      </p>
      <Notice tone="accent" title={t('rule-pages.review-effect')}>
        {t('rule-pages.review-effect-text')}
      </Notice>
      <Field
        label={t('rule-pages.reviewer')}
        hint={t('rule-pages.reviewer-hint')}
        error={tried && noName ? t('rule-pages.need-reviewer') : null}
      >
        <Input
          data-first
          maxLength={200}
          value={reviewer}
          onChange={(event) => setReviewer(event.currentTarget.value)}
        />
      </Field>
      <Field
        label={t('rule-pages.reviewed-on')}
        error={tried && noDate ? t('rule-pages.need-review-date') : null}
      >
        <Input
          type="date"
          max={today}
          value={reviewedOn}
          onChange={(event) => setReviewedOn(event.currentTarget.value)}
        />
      </Field>
      <Field label={t('rule-pages.review-note')}>
        <TextArea
          maxLength={2_000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </Field>
      <Button type="submit" look="primary" disabled={busy}>
        {t('rule-pages.record-review')}
      </Button>
    </form>
  );
}
