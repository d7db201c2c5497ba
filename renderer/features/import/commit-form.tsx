import { FlaskConical } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportKind, ImportMapping, ImportPreview } from '#shared/contract/index.ts';
import { announce } from '../../app/announcer.ts';
import { useCommand } from '../../app/use-command.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Button, Panel } from '../../components/index.ts';
import styles from './commit-form.module.css';
import { emptyTarget, type ImportTarget, targetInput, targetProblem } from './import-target.ts';
import type { MappingGap } from './mapping-fields.ts';
import { nameFromFile } from './mapping-state.ts';
import { TargetFields } from './target-fields.tsx';
import { Trial } from './trial.tsx';

/** Where the records go, a try that stores nothing, and the step that stores them. */
export function CommitForm({
  kind,
  fileId,
  fileName,
  mapping,
  preview,
  gaps,
  ready,
  onStarted,
}: {
  kind: ImportKind;
  fileId: string;
  fileName: string;
  mapping: ImportMapping;
  preview: ImportPreview;
  gaps: readonly MappingGap[];
  ready: boolean;
  onStarted: (importJobId: string) => void;
}) {
  const { t } = useTranslation();
  const [target, setTarget] = useState<ImportTarget>(() => emptyTarget(nameFromFile(fileName)));
  const [tried, setTried] = useState(false);
  const [trial, setTrial] = useState<{ importJobId: string; asked: string } | null>(null);
  const { run, busy } = useCommand('import.commit');
  const portfolios = useQueryData('debtor.list-portfolios', {}).value?.portfolios ?? [];
  const problem = targetProblem(kind, target, portfolios);
  const input = { fileId, kind, mapping, ...targetInput(kind, target, portfolios) };
  const asked = JSON.stringify(input);

  const start = async (dryRun: boolean): Promise<void> => {
    setTried(true);
    if (!ready || problem !== null) {
      const gap = gaps[0];
      announce(t(gap ? `import.gap-${gap}` : `import.need-${problem ?? 'name'}`), 'assertive');
      return;
    }
    const started = await run({ ...input, dryRun });
    if (!started) return;
    if (dryRun) setTrial({ importJobId: started.importJobId, asked });
    else onStarted(started.importJobId);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void start(false);
  };

  return (
    <Panel title={t('import.target')} className={styles.panel}>
      <form className={styles.form} onSubmit={submit}>
        <TargetFields
          kind={kind}
          target={target}
          portfolios={portfolios}
          problem={tried ? problem : null}
          onChange={setTarget}
        />
        <div className={styles.buttons}>
          <Button
            icon={<FlaskConical size={14} aria-hidden="true" />}
            aria-disabled={!ready || busy}
            onClick={() => void start(true)}
          >
            {t('import.try')}
          </Button>
          <Button type="submit" look="primary" aria-disabled={!ready || busy}>
            {preview.rows === null
              ? t('import.commit')
              : t('import.commit-count', { count: preview.rows })}
          </Button>
        </div>
      </form>
      {gaps.length > 0 ? (
        <ul className={styles.gaps} role="status">
          {gaps.map((gap) => (
            <li key={gap}>{t(`import.gap-${gap}`)}</li>
          ))}
        </ul>
      ) : null}
      {trial ? (
        <Trial
          key={trial.importJobId}
          importJobId={trial.importJobId}
          outdated={trial.asked !== asked}
        />
      ) : null}
    </Panel>
  );
}
