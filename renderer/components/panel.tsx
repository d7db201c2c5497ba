import { type ReactNode, useId } from 'react';
import { classNames } from './class-names.ts';
import styles from './panel.module.css';

/** A surface with a heading: the building block of every page. */
export function Panel({
  title,
  hideTitle,
  actions,
  flush,
  className,
  children,
}: {
  title: string;
  hideTitle?: boolean;
  actions?: ReactNode;
  /** no padding: tables and lists reach the edges */
  flush?: boolean;
  className?: string | undefined;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={classNames(styles.panel, className)} aria-labelledby={id}>
      <header className={hideTitle ? 'visually-hidden' : styles.header}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        {actions ? <div className={styles.actions}>{actions}</div> : null}
      </header>
      <div className={flush ? styles.flush : styles.body}>{children}</div>
    </section>
  );
}
