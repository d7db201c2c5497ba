import { CircleAlert, CircleCheck, CircleMinus } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandOutput } from '#shared/contract/index.ts';
import { Panel, Skeleton } from '../../components/index.ts';
import { Notice } from '../../components/notice.tsx';
import { detailsText, findingKey } from './finding.ts';
import styles from './trunk-test-steps.module.css';

type Report = CommandOutput<'telephony.test-trunk'>;
type Step = Report['steps'][number];

const icons: Record<Step['ok'], ReactNode> = {
  yes: <CircleCheck size={16} aria-hidden="true" />,
  no: <CircleAlert size={16} aria-hidden="true" />,
  skipped: <CircleMinus size={16} aria-hidden="true" />,
};

/** What was tried, one line a step; the one that failed says what to do. */
export function TrunkTestSteps({ busy, report }: { busy: boolean; report: Report | null }) {
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // the form is long: what was asked for comes into sight
    if (busy || report) place.current?.scrollIntoView({ block: 'nearest' });
  }, [busy, report]);
  if (busy) {
    return (
      <div ref={place}>
        <Skeleton lines={4} />
      </div>
    );
  }
  if (report === null) return null;
  return (
    <div ref={place} className={styles.report}>
      <Notice
        tone={report.ok ? 'talk' : 'stop'}
        title={report.ok ? t('trunk.test-good') : t('trunk.test-bad')}
      >
        {report.ok ? t('trunk.test-good-text') : t('trunk.test-bad-text')}
      </Notice>
      <Panel title={t('trunk.test-steps')} hideTitle flush>
        <ol>
          {report.steps.map((step) => (
            <li key={step.id} className={styles.step} data-ok={step.ok}>
              <span className={styles.icon}>{icons[step.ok]}</span>
              <div>
                <p className={styles.name}>
                  {t(`trunk-step.${step.id}`)}{' '}
                  <span className="visually-hidden">{t(`trunk-step.ok-${step.ok}`)}</span>
                </p>
                <p className={styles.what}>
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
              </div>
            </li>
          ))}
        </ol>
      </Panel>
    </div>
  );
}
