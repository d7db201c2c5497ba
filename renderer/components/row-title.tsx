import type { ReactNode } from 'react';
import styles from './row-title.module.css';

/** What a row of a list is about: its name, which leads to it where it may be opened, badges, and a line below. */
export function RowTitle({
  name,
  href,
  badge,
  note,
  off = false,
}: {
  name: string;
  /** absent: it is only read here */
  href?: string | undefined;
  badge?: ReactNode;
  note?: ReactNode;
  /** kept, but not in use */
  off?: boolean;
}) {
  return (
    <span className={styles.title}>
      <span className={styles.line}>
        {href === undefined ? (
          <span className={styles.name} data-off={off}>
            {name}
          </span>
        ) : (
          <a className={styles.name} data-off={off} href={href}>
            {name}
          </a>
        )}
        {badge}
      </span>
      {note ? <span className={styles.note}>{note}</span> : null}
    </span>
  );
}
