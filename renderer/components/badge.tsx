import type { ReactNode } from 'react';
import styles from './badge.module.css';
import type { Tone } from './status-dot.tsx';

/** A word that marks a thing: a promise broken, a made-up debtor, a draft. */
export function Badge({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={styles.badge} data-tone={tone}>
      {children}
    </span>
  );
}
