import { useTranslation } from 'react-i18next';
import type { CommandOutput } from '#shared/contract/index.ts';
import { TestReport, type TestReportStep } from '../../components/test-report.tsx';
import { detailsText, findingKey } from './finding.ts';
import styles from './trunk-test-steps.module.css';

type Report = CommandOutput<'telephony.test-trunk'>;
type Step = Report['steps'][number];

const states: Record<Step['ok'], TestReportStep['state']> = {
  yes: 'ok',
  no: 'failed',
  skipped: 'skipped',
};

/** What was tried, one line a step; the one that failed says what to do. */
export function TrunkTestSteps({ busy, report }: { busy: boolean; report: Report | null }) {
  const { t } = useTranslation();
  const good = report?.ok ?? false;
  return (
    <TestReport
      busy={busy}
      label={t('trunk.test-steps')}
      verdict={{
        tone: good ? 'talk' : 'stop',
        title: t(good ? 'trunk.test-good' : 'trunk.test-bad'),
        text: t(good ? 'trunk.test-good-text' : 'trunk.test-bad-text'),
      }}
      steps={
        report?.steps.map((step) => ({
          id: step.id,
          state: states[step.ok],
          content: <Words step={step} />,
        })) ?? null
      }
    />
  );
}

function Words({ step }: { step: Step }) {
  const { t } = useTranslation();
  return (
    <>
      <p className={styles.name}>
        {t(`trunk-step.${step.id}`)}{' '}
        <span className="visually-hidden">{t(`trunk-step.ok-${step.ok}`)}</span>
      </p>
      <p className={styles.what} data-ok={step.ok}>
        {t(findingKey(step.finding, 'what'), {
          defaultValue: t('finding.other.what', { code: step.finding }),
        })}{' '}
        <span className={styles.details}>{detailsText(step.details)}</span>
      </p>
      {step.ok === 'no' ? (
        <p className={styles.todo}>
          {t(findingKey(step.finding, 'todo'), { defaultValue: t('finding.other.todo') })}
        </p>
      ) : null}
    </>
  );
}
