import type { ReactNode } from 'react';
import styles from './estimate-box.module.css';

/** What would come of what is filled in, before it is started. Read aloud when it changes; busy: about to change. */
export function EstimateBox({ busy, children }: { busy: boolean; children: ReactNode }) {
  return (
    <div className={styles.estimate} role="status" aria-busy={busy}>
      {children}
    </div>
  );
}
