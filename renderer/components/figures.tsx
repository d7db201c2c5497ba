import type { ReactNode } from 'react';
import styles from './figures.module.css';
import type { Tone } from './status-dot.tsx';

export interface Figure {
  id: string;
  label: string;
  value: ReactNode;
  /** a second, smaller fact: a share, a limit */
  note?: ReactNode;
  tone?: Tone;
}

/** Numbers with their names, in a grid whose places do not move when the numbers change. */
export function Figures({
  items,
  size = 'normal',
}: {
  items: readonly Figure[];
  size?: 'normal' | 'large';
}) {
  return (
    <dl className={styles.figures} data-size={size}>
      {items.map((item) => (
        <div key={item.id} className={styles.figure} data-tone={item.tone} data-figure={item.id}>
          <dt className={styles.label}>{item.label}</dt>
          <dd className={styles.value}>
            {item.value}
            {item.note ? <span className={styles.note}>{item.note}</span> : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}
