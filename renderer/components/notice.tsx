import { CircleAlert, CircleCheck, Clock, Info } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './notice.module.css';
import type { Tone } from './status-dot.tsx';

/**
 * A fact about what is on the page, in its place: what it is, what follows from it, what to do. `live` makes a change
 * of it be read aloud.
 */
export function Notice({
  tone,
  title,
  children,
  action,
  live = false,
}: {
  tone: Tone;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  live?: boolean;
}) {
  return (
    <div className={styles.notice} data-tone={tone} role={live ? 'status' : undefined}>
      <span className={styles.icon}>{icons[tone]}</span>
      <div className={styles.words}>
        <p className={styles.title}>{title}</p>
        {children ? <div className={styles.text}>{children}</div> : null}
      </div>
      {action ? <div className={styles.action}>{action}</div> : null}
    </div>
  );
}

const icons: Record<Tone, ReactNode> = {
  neutral: <Info size={16} aria-hidden="true" />,
  accent: <Info size={16} aria-hidden="true" />,
  talk: <CircleCheck size={16} aria-hidden="true" />,
  wait: <Clock size={16} aria-hidden="true" />,
  stop: <CircleAlert size={16} aria-hidden="true" />,
};
