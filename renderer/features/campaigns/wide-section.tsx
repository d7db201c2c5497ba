import { type ReactNode, useId } from 'react';
import styles from './wide-section.module.css';

/** Like a form section, with its heading above: for tables and lists that need the width. */
export function WideSection({
  title,
  text,
  actions,
  children,
}: {
  title: string;
  text?: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <div className={styles.head}>
        <div className={styles.words}>
          <h3 id={id} className={styles.title}>
            {title}
          </h3>
          {text ? <p className={styles.text}>{text}</p> : null}
        </div>
        {actions}
      </div>
      {children}
    </section>
  );
}
