import { Progress as Base } from '@base-ui/react/progress';
import styles from './progress-bar.module.css';

/**
 * How far something is.
 * @param value null: under way, nobody knows how far
 */
export function ProgressBar({
  label,
  value,
  max,
}: {
  label: string;
  value: number | null;
  max: number;
}) {
  return (
    <Base.Root aria-label={label} value={value} max={Math.max(1, max)} className={styles.root}>
      <Base.Track className={styles.track}>
        <Base.Indicator className={styles.indicator} />
      </Base.Track>
    </Base.Root>
  );
}
