import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportMapping, ImportPreview } from '#shared/contract/index.ts';
import type { PortfolioId } from '#shared/domain/index.ts';
import { announce } from '../../app/announcer.ts';
import { useCommand } from '../../app/use-command.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Button, Field, Input, Panel, Select } from '../../components/index.ts';
import styles from './commit-form.module.css';
import { type MappingGap, nameFromFile } from './mapping-state.ts';

const newOne = 'new';
const gapKeys: Record<MappingGap, string> = {
  name: 'import.gap-name',
  amount: 'import.gap-amount',
};

/** Where the records go, and the step that stores them. */
export function CommitForm({
  fileId,
  fileName,
  mapping,
  preview,
  gaps,
  ready,
  onStarted,
}: {
  fileId: string;
  fileName: string;
  mapping: ImportMapping;
  preview: ImportPreview;
  gaps: readonly MappingGap[];
  ready: boolean;
  onStarted: (importJobId: string) => void;
}) {
  const { t } = useTranslation();
  const [target, setTarget] = useState(newOne);
  const [name, setName] = useState(() => nameFromFile(fileName));
  const [creditor, setCreditor] = useState('');
  const [tried, setTried] = useState(false);
  const { run, busy } = useCommand('import.commit');
  const portfolios = useQueryData('debtor.list-portfolios', {}).value?.portfolios ?? [];
  const chosen = portfolios.find((one) => one.portfolioId === target);
  const hasName = chosen !== undefined || name.trim() !== '';

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (!ready || !hasName) {
      const gap = gaps[0];
      announce(gap ? t(gapKeys[gap]) : t('import.name-needed'), 'assertive');
      return;
    }
    const started = await run({
      fileId,
      mapping,
      portfolioName: chosen?.name ?? name.trim(),
      creditorName: creditor.trim(),
      ...(chosen ? { portfolioId: chosen.portfolioId as PortfolioId } : {}),
    });
    if (started) onStarted(started.importJobId);
  };

  return (
    <Panel title={t('import.target')} className={styles.panel}>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        {portfolios.length > 0 ? (
          <Field label={t('campaign.portfolio')} className={styles.field}>
            <Select
              value={target}
              onChange={setTarget}
              options={[
                { value: newOne, label: t('import.target-new') },
                ...portfolios.map((one) => ({
                  value: one.portfolioId as string,
                  label: t('import.target-update', { name: one.name }),
                })),
              ]}
            />
          </Field>
        ) : null}
        {chosen ? null : (
          <Field
            label={t('import.portfolio-name')}
            className={styles.field}
            error={tried && !hasName ? t('import.name-needed') : null}
          >
            <Input
              maxLength={120}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          </Field>
        )}
        <Field label={t('import.creditor')} className={styles.field}>
          <Input
            maxLength={200}
            placeholder={t('import.creditor-placeholder')}
            value={creditor}
            onChange={(event) => setCreditor(event.currentTarget.value)}
          />
        </Field>
        <Button
          type="submit"
          look="primary"
          className={styles.submit}
          aria-disabled={!ready || busy}
        >
          {preview.rows === null
            ? t('import.commit')
            : t('import.commit-count', { count: preview.rows })}
        </Button>
      </form>
      {gaps.length > 0 ? (
        <ul className={styles.gaps} role="status">
          {gaps.map((gap) => (
            <li key={gap}>{t(gapKeys[gap])}</li>
          ))}
        </ul>
      ) : null}
    </Panel>
  );
}
