import { CircleAlert, CircleCheck, CircleMinus, TriangleAlert } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { GatewayTestStep } from '#shared/contract/index.ts';
import { Panel, Skeleton } from '../../components/index.ts';
import { Notice } from '../../components/notice.tsx';
import { codeText, stepText } from './gateway-words.ts';
import styles from './test-steps.module.css';

const icons: Record<GatewayTestStep['state'], ReactNode> = {
  ok: <CircleCheck size={16} aria-hidden="true" />,
  warning: <TriangleAlert size={16} aria-hidden="true" />,
  failed: <CircleAlert size={16} aria-hidden="true" />,
  skipped: <CircleMinus size={16} aria-hidden="true" />,
};

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
  const { t, i18n } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // the form is long: what was asked for comes into sight
    if (busy || steps) place.current?.scrollIntoView({ block: 'nearest' });
  }, [busy, steps]);
  if (busy) {
    return (
      <div ref={place} className={styles.report}>
        <Skeleton lines={4} />
      </div>
    );
  }
  if (steps === null) return null;
  const failed = steps.some(({ state }) => state === 'failed');
  const doubt = steps.some(({ state }) => state === 'warning');
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <div ref={place} className={styles.report}>
      <Notice
        tone={failed ? 'stop' : doubt ? 'wait' : 'talk'}
        title={t(failed ? 'gateways.test-bad' : 'gateways.test-good')}
      >
        {t(
          failed
            ? 'gateways.test-bad-text'
            : sent
              ? 'gateways.test-sent-text'
              : 'gateways.test-good-text',
        )}
      </Notice>
      <Panel title={t('gateways.test-steps')} hideTitle flush>
        <ol>
          {steps.map((step, index) => (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place, and may be tried twice
              key={index}
              className={styles.step}
              data-state={step.state}
              data-step={step.step}
            >
              <span className={styles.icon}>{icons[step.state]}</span>
              <div className={styles.words}>
                <p className={styles.line}>
                  <span className={styles.name}>{stepText(step.step, t)}</span>
                  <span className="visually-hidden">{t(`gateways.step-${step.state}`)}</span>
                  {step.state === 'skipped' ? (
                    <span className={styles.faint}>{t('gateways.step-skipped')}</span>
                  ) : (
                    <span className={styles.faint}>
                      {t('gateways.took', { ms: number.format(step.tookMs) })}
                    </span>
                  )}
                </p>
                {step.code ? <p className={styles.what}>{codeText(step.code, t)}</p> : null}
                {step.detail ? (
                  <details className={styles.detail}>
                    <summary>{t('gateways.what-it-said')}</summary>
                    <pre>{step.detail}</pre>
                  </details>
                ) : null}
              </div>
            </li>
          ))}
        </ol>
      </Panel>
    </div>
  );
}
