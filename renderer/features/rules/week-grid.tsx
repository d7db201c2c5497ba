import type { Week } from '#shared/rule-packs/index.ts';
import { useWords } from './use-words.ts';
import styles from './week-grid.module.css';
import { hoursOf, weekRows } from './week-rows.ts';

/** A week's hours at a glance: a bar of 24 hours for each line, with the times beside it. */
export function WeekGrid({ week, label }: { week: Week; label: string }) {
  const words = useWords();
  return (
    <table className={styles.grid}>
      <caption className="visually-hidden">{label}</caption>
      <tbody>
        {weekRows(week, words).map(({ label: days, windows }) => (
          <tr key={days}>
            <th scope="row">{days}</th>
            <td className={styles.bar}>
              <svg viewBox="0 0 24 3" preserveAspectRatio="none" aria-hidden="true">
                <rect className={styles.day} x="0" y="0" width="24" height="3" />
                {windows.map(([from, to]) => (
                  <rect
                    key={from}
                    className={styles.open}
                    x={hoursOf(from)}
                    y="0"
                    width={hoursOf(to) - hoursOf(from)}
                    height="3"
                  />
                ))}
              </svg>
            </td>
            <td className={styles.times}>
              {windows.length === 0
                ? words.t('rule-pages.closed')
                : windows.map(([from, to]) => `${from}–${to}`).join(', ')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
