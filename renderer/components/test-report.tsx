import { CircleAlert, CircleCheck, CircleMinus, TriangleAlert } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { Notice } from './notice.tsx';
import { Panel } from './panel.tsx';
import { Skeleton } from './states.tsx';
import styles from './test-report.module.css';

export interface TestReportStep {
  /** what was tried; may come twice */
  id: string;
  state: 'ok' | 'warning' | 'failed' | 'skipped';
  /** says the state in words, too: the icon is hidden from a screen reader */
  content: ReactNode;
}

const icons: Record<TestReportStep['state'], ReactNode> = {
  ok: <CircleCheck size={16} aria-hidden="true" />,
  warning: <TriangleAlert size={16} aria-hidden="true" />,
  failed: <CircleAlert size={16} aria-hidden="true" />,
  skipped: <CircleMinus size={16} aria-hidden="true" />,
};

/** What came of trying out a connection: the outcome, and below it every step in the order in which it was tried. */
export function TestReport({
  busy,
  label,
  verdict,
  steps,
}: {
  busy: boolean;
  /** of the steps, for who does not see them */
  label: string;
  verdict: { tone: 'talk' | 'wait' | 'stop'; title: string; text: string };
  /** null: nothing was tried yet */
  steps: readonly TestReportStep[] | null;
}) {
  const place = useRef<HTMLDivElement>(null);
  const done = steps !== null;
  useEffect(() => {
    // the form is long: what was asked for comes into sight
    if (busy || done) place.current?.scrollIntoView({ block: 'nearest' });
  }, [busy, done]);
  if (busy) {
    return (
      <div ref={place} className={styles.report}>
        <Skeleton lines={4} />
      </div>
    );
  }
  if (steps === null) return null;
  return (
    <div ref={place} className={styles.report}>
      <Notice tone={verdict.tone} title={verdict.title}>
        {verdict.text}
      </Notice>
      <Panel title={label} hideTitle flush>
        <ol>
          {steps.map(({ id, state, content }, index) => (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place, and may be tried twice
              key={index}
              className={styles.step}
              data-state={state}
              data-step={id}
            >
              <span className={styles.icon}>{icons[state]}</span>
              <div className={styles.words}>{content}</div>
            </li>
          ))}
        </ol>
      </Panel>
    </div>
  );
}
