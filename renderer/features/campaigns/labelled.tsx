import type { ReactNode } from 'react';
import styles from './campaign-fields.module.css';

/** A label over a group of controls that name themselves. */
export function Labelled({
  label,
  hint,
  children,
}: {
  label: string;
  hint?: string;
  children: ReactNode;
}) {
  return (
    <div className={styles.labelled}>
      <span className={styles.fixedLabel}>{label}</span>
      {children}
      {hint ? <span className={styles.hint}>{hint}</span> : null}
    </div>
  );
}
