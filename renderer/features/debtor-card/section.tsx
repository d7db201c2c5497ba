import { type ReactNode, useId } from 'react';
import styles from './section.module.css';

/** A part of the card with a small heading, how much there is of it, and what can be done with it. */
export function Section({
  title,
  count,
  actions,
  children,
}: {
  title: string;
  count?: number | undefined;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles.section}>
      <header className={styles.header}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        {count === undefined || count < 2 ? null : <span className={styles.count}>{count}</span>}
        {actions ? <div className={styles.actions}>{actions}</div> : null}
      </header>
      {children}
    </section>
  );
}
