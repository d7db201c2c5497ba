import { useTranslation } from 'react-i18next';
import type { GatewayTestStep } from '#shared/contract/index.ts';
import { TestReport } from '../../components/test-report.tsx';
import { codeText, stepText } from './gateway-words.ts';
import styles from './test-steps.module.css';

/** What was tried, in order, with how long it took; the step that failed says what is wrong and what to do. */
export function TestSteps({
  busy,
  steps,
  sent,
}: {
  busy: boolean;
  steps: readonly GatewayTestStep[] | null;
  /** a test message was asked for, too */
  sent: boolean;
}) {
  const { t } = useTranslation();
  const failed = steps?.some(({ state }) => state === 'failed') ?? false;
  const doubt = steps?.some(({ state }) => state === 'warning') ?? false;
  return (
    <TestReport
      busy={busy}
      label={t('gateways.test-steps')}
      verdict={{
        tone: failed ? 'stop' : doubt ? 'wait' : 'talk',
        title: t(failed ? 'gateways.test-bad' : 'gateways.test-good'),
        text: t(
          failed
            ? 'gateways.test-bad-text'
            : sent
              ? 'gateways.test-sent-text'
              : 'gateways.test-good-text',
        ),
      }}
      steps={
        steps?.map((step) => ({
          id: step.step,
          state: step.state,
          content: <Words step={step} />,
        })) ?? null
      }
    />
  );
}

function Words({ step }: { step: GatewayTestStep }) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <>
      <p className={styles.line}>
        <span className={styles.name} data-state={step.state}>
          {stepText(step.step, t)}
        </span>
        <span className="visually-hidden">{t(`gateways.step-${step.state}`)}</span>
        {step.state === 'skipped' ? (
          <span className={styles.faint}>{t('gateways.step-skipped')}</span>
        ) : (
          <span className={styles.faint}>
            {t('gateways.took', { ms: number.format(step.tookMs) })}
          </span>
        )}
      </p>
      {step.code ? (
        <p className={styles.what} data-state={step.state}>
          {codeText(step.code, t)}
        </p>
      ) : null}
      {step.detail ? (
        <details className={styles.detail}>
          <summary>{t('gateways.what-it-said')}</summary>
          <pre>{step.detail}</pre>
        </details>
      ) : null}
    </>
  );
}
