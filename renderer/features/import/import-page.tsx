import { useTranslation } from 'react-i18next';
import { useQuery } from '../../app/router.ts';
import { Page } from '../../components/index.ts';
import { CheckRecords } from './check-records.tsx';
import { ChooseFile } from './choose-file.tsx';
import styles from './import-page.module.css';
import { ImportRun } from './import-run.tsx';
import { kindOf } from './kinds.tsx';
import { PastImports } from './past-imports.tsx';
import { Steps } from './steps.tsx';

/**
 * A file becomes rows in three steps: choose what it holds and which it is, check how it is read, store it. Kind, file
 * and import are in the address, so a reload goes on where it was.
 */
export function ImportPage() {
  const { t } = useTranslation();
  const [fileId] = useQuery('file');
  const [job] = useQuery('job');
  const [kind, setKind] = useQuery('kind', 'portfolio');
  const step = job !== '' ? 2 : fileId !== '' ? 1 : 0;
  return (
    <Page title={t('import.title')}>
      <div className={styles.page}>
        <Steps
          current={step}
          names={[t('import.step-file'), t('import.step-check'), t('import.step-store')]}
        />
        {step === 0 ? (
          <>
            <ChooseFile kind={kindOf(kind)} onKindChange={setKind} />
            <PastImports />
          </>
        ) : null}
        {step === 1 ? (
          <CheckRecords key={`${kind} ${fileId}`} kind={kindOf(kind)} fileId={fileId} />
        ) : null}
        {step === 2 ? <ImportRun key={job} importJobId={job} /> : null}
      </div>
    </Page>
  );
}
