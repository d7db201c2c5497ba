import styles from './link-tabs.module.css';

export interface LinkTab<Id extends string> {
  id: Id;
  label: string;
  href: string;
  /** how much is in it, as it is written; absent: nothing worth a look */
  count?: string | undefined;
  /** wait: somebody should do something about what is counted */
  tone?: 'wait' | undefined;
}

/** Parts of one place, each under an address of its own: links that look like tabs, with how much is in them. */
export function LinkTabs<Id extends string>({
  label,
  tabs,
  current,
  className,
  onAgain,
}: {
  label: string;
  tabs: readonly LinkTab<Id>[];
  current: Id;
  className?: string | undefined;
  /** the open one was chosen again; absent: its link does what a link does */
  onAgain?: (id: Id) => void;
}) {
  return (
    <nav aria-label={label} className={className}>
      <ul className={styles.tabs}>
        {tabs.map(({ id, label: name, href, count, tone }) => (
          <li key={id}>
            <a
              className={styles.tab}
              href={href}
              aria-current={id === current ? 'page' : undefined}
              onClick={(event) => {
                if (id !== current || !onAgain) return;
                event.preventDefault();
                onAgain(id);
              }}
            >
              {name}
              {count === undefined ? null : (
                <span className={styles.count} data-tone={tone}>
                  {count}
                </span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
