import styles from './bars.module.css';

export interface Bar {
  id: string;
  /** below the bar; '' for none, when there are many */
  mark: string;
  value: number;
  /** the bar in words: "14:00: 312 debtors" */
  text: string;
}

/** A row of simple bars. Each is an entry of a list with its words, so that nothing depends on the picture. */
export function Bars({ label, bars }: { label: string; bars: readonly Bar[] }) {
  const most = Math.max(1e-9, ...bars.map((bar) => bar.value));
  return (
    <ol className={styles.bars} aria-label={label}>
      {bars.map((bar) => (
        <li key={bar.id} className={styles.column} title={bar.text}>
          <span className={styles.space} aria-hidden="true">
            <span
              className={styles.bar}
              data-none={bar.value === 0}
              style={{ height: `${Math.round((bar.value / most) * 100)}%` }}
            />
          </span>
          <span className={styles.mark} aria-hidden="true">
            {bar.mark}
          </span>
          <span className="visually-hidden">{bar.text}</span>
        </li>
      ))}
    </ol>
  );
}
