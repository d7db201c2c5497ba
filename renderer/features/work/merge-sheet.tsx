import { ArrowLeftRight, TriangleAlert, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandOutput } from '#shared/contract/index.ts';
import type { DebtorId, DebtorMergeId } from '#shared/domain/index.ts';
import { announce } from '../../app/announcer.ts';
import { errorText } from '../../app/errors.ts';
import { toHash } from '../../app/router.ts';
import { useCommand } from '../../app/use-command.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Badge, Button, EmptyState, ErrorState, Skeleton } from '../../components/index.ts';
import form from './form.module.css';
import styles from './merge-sheet.module.css';
import type { Work } from './work-context.ts';

type Preview = CommandOutput<'merge.preview'>;
type Candidate = CommandOutput<'merge.find-candidates'>['candidates'][number];

/** Finds who may be the same, shows both side by side, joins them, and can take them apart again. */
export function MergeSheet({ work }: { work: Work }) {
  const [pair, setPair] = useState<{ kept: DebtorId; merged: DebtorId } | null>(null);
  const [done, setDone] = useState<DebtorMergeId | null>(null);
  if (done !== null) return <Done mergeId={done} work={work} onUndone={() => setDone(null)} />;
  if (pair === null) {
    return (
      <Candidates
        work={work}
        onChoose={(other) => setPair({ kept: work.card.debtorId, merged: other })}
      />
    );
  }
  return (
    <Comparison
      pair={pair}
      onSwap={() => setPair({ kept: pair.merged, merged: pair.kept })}
      onBack={() => setPair(null)}
      onDone={setDone}
    />
  );
}

function Candidates({ work, onChoose }: { work: Work; onChoose: (debtorId: DebtorId) => void }) {
  const { t } = useTranslation();
  const answer = useQueryData('merge.find-candidates', { debtorId: work.card.debtorId });
  if (answer.state === 'failed' && answer.value === null) {
    return <ErrorState text={errorText(answer.error, t)} onRetry={answer.reload} />;
  }
  if (answer.value === null) return <Skeleton lines={4} />;
  const { candidates } = answer.value;
  if (candidates.length === 0) {
    return <EmptyState title={t('merge.none')} text={t('merge.none-text')} />;
  }
  return (
    <div className={form.form}>
      <p className={form.hint}>{t('merge.choose')}</p>
      <ul className={styles.candidates}>
        {candidates.map((candidate) => (
          <CandidateRow
            key={candidate.debtorId}
            candidate={candidate}
            onChoose={() => onChoose(candidate.debtorId)}
          />
        ))}
      </ul>
    </div>
  );
}

function CandidateRow({ candidate, onChoose }: { candidate: Candidate; onChoose: () => void }) {
  const { t } = useTranslation();
  return (
    <li>
      <div className={styles.who}>
        <strong>{candidate.displayName}</strong>
        <span className={form.hint}>
          {[candidate.externalRef, candidate.city, candidate.nationalIdMasked]
            .filter(Boolean)
            .join(' · ')}
        </span>
        <span className={styles.reasons}>
          {candidate.reasons.map((reason) => (
            <Badge key={reason}>{t(`merge.reason-${reason}`)}</Badge>
          ))}
        </span>
      </div>
      <Button onClick={onChoose}>{t('merge.compare')}</Button>
    </li>
  );
}

function Comparison({
  pair,
  onSwap,
  onBack,
  onDone,
}: {
  pair: { kept: DebtorId; merged: DebtorId };
  onSwap: () => void;
  onBack: () => void;
  onDone: (mergeId: DebtorMergeId) => void;
}) {
  const { t } = useTranslation();
  const ids = { keptDebtorId: pair.kept, mergedDebtorId: pair.merged };
  const answer = useQueryData('merge.preview', ids);
  const { run, busy } = useCommand('merge.commit');
  if (answer.state === 'failed') {
    return <ErrorState text={errorText(answer.error, t)} onRetry={answer.reload} />;
  }
  if (answer.value === null) return <Skeleton lines={8} />;
  const preview = answer.value;
  const commit = async (): Promise<void> => {
    const merged = await run(ids);
    if (merged === null) return;
    announce(t('merge.done'));
    onDone(merged.debtorMergeId);
  };
  const blocked = preview.warnings.includes('call-up');
  return (
    <div className={form.form}>
      {preview.warnings.map((warning) => (
        <p key={warning} className={styles.warning}>
          <TriangleAlert size={14} aria-hidden="true" />
          {t(`merge.warning-${warning}`)}
        </p>
      ))}
      <Sides preview={preview} />
      <Button icon={<ArrowLeftRight size={14} aria-hidden="true" />} onClick={onSwap}>
        {t('merge.swap')}
      </Button>
      <Moves preview={preview} />
      <p className={form.hint}>{t('merge.can-be-undone')}</p>
      <div className={form.submit}>
        <Button look="primary" wide disabled={busy || blocked} onClick={() => void commit()}>
          {t('merge.commit')}
        </Button>
        <Button look="quiet" onClick={onBack}>
          {t('merge.back')}
        </Button>
      </div>
    </div>
  );
}

/** Both in two columns; what differs stands on lines of its own, what stays is strong. */
function Sides({ preview }: { preview: Preview }) {
  const { t } = useTranslation();
  const { kept, merged } = preview;
  const counts = (side: Preview['kept']): [string, string | number][] => [
    [t('merge.reference'), side.externalRef],
    [t('merge.portfolio'), side.portfolioName ?? '–'],
    [t('merge.city'), side.city ?? '–'],
    [t('merge.national-id'), side.nationalIdMasked ?? '–'],
    [t('card.debts'), side.debts],
    [t('card.contact-points'), side.contactPoints],
    [t('history.title'), side.interactions],
  ];
  const others = counts(merged);
  return (
    <table className={styles.sides}>
      <thead>
        <tr>
          <td />
          <th scope="col">
            <span className={form.hint}>{t('merge.kept')}</span>
            <br />
            {kept.displayName}
          </th>
          <th scope="col">
            <span className={form.hint}>{t('merge.merged')}</span>
            <br />
            {merged.displayName}
          </th>
        </tr>
      </thead>
      <tbody>
        {counts(kept).map(([label, value], index) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td>{value}</td>
            <td>{others[index]?.[1]}</td>
          </tr>
        ))}
        {preview.differences.map((difference) => (
          <tr key={difference.field} data-differs="true">
            <th scope="row">
              {t(`merge.field-${difference.field}`, { defaultValue: difference.field })}
            </th>
            <td>
              <strong>{difference.kept}</strong>
            </td>
            <td>
              <s>{difference.merged}</s>
            </td>
          </tr>
        ))}
        {preview.fills.map((fill) => (
          <tr key={fill.field} data-differs="true">
            <th scope="row">{t(`merge.field-${fill.field}`, { defaultValue: fill.field })}</th>
            <td>
              <span className={form.hint}>{t('merge.filled')}</span>
            </td>
            <td>
              <strong>{fill.value}</strong>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Moves({ preview }: { preview: Preview }) {
  const { t } = useTranslation();
  const moves = preview.moves.filter(({ count }) => count > 0);
  if (moves.length === 0) return null;
  return (
    <section className={styles.moves} aria-label={t('merge.moves')}>
      <h3>{t('merge.moves')}</h3>
      <ul>
        {moves.map(({ kind, count }) => (
          <li key={kind}>
            {t(`merge.kind-${kind}`, { defaultValue: kind })} <strong>{count}</strong>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Done({
  mergeId,
  work,
  onUndone,
}: {
  mergeId: DebtorMergeId;
  work: Work;
  onUndone: () => void;
}) {
  const { t } = useTranslation();
  const { run, busy } = useCommand('merge.undo');
  const undo = async (): Promise<void> => {
    const undone = await run({ debtorMergeId: mergeId });
    if (undone === null) return;
    announce(t('merge.undone'));
    onUndone();
  };
  return (
    <EmptyState
      title={t('merge.done')}
      text={t('merge.done-text')}
      action={
        <div className={form.buttons}>
          <Button
            disabled={busy}
            icon={<Undo2 size={14} aria-hidden="true" />}
            onClick={() => void undo()}
          >
            {t('merge.undo')}
          </Button>
          <Button
            look="primary"
            onClick={() => {
              work.close();
              location.hash = toHash(`/debtor/${work.card.debtorId}`);
            }}
          >
            {t('common.close')}
          </Button>
        </div>
      }
    />
  );
}
