import { useTranslation } from 'react-i18next';
import type { PoolNumber } from '#shared/contract/index.ts';
import styles from './interval-bar.module.css';
import { differenceText, standingOf } from './rate-text.ts';

const width = 72;
/** the scale ends at twice the others' answers */
const most = 2;
const x = (ratio: number): number => (Math.min(most, Math.max(0, ratio)) / most) * width;

/** A number's answers against the others': the estimate and its 90 % interval over a line at "as the others". */
export function IntervalBar({ against }: { against: PoolNumber['against'] }) {
  const { t, i18n } = useTranslation();
  if (against === null) return <span className={styles.faint}>{t('numbers.too-few')}</span>;
  const { ratio, low, high } = against;
  const text = t('numbers.against-spoken', {
    difference: differenceText(ratio, i18n.language),
    low: differenceText(low, i18n.language),
    high: differenceText(high, i18n.language),
    standing: t(`numbers.standing-${standingOf(against)}`),
  });
  return (
    <span className={styles.row} data-standing={standingOf(against)} title={text}>
      <svg viewBox={`0 0 ${width} 16`} width={width} height="16" aria-hidden="true">
        <line className={styles.others} x1={width / 2} x2={width / 2} y1="1" y2="15" />
        <line className={styles.whisker} x1={x(low)} x2={x(high)} y1="8" y2="8" />
        <circle className={styles.point} cx={x(ratio)} cy="8" r="3.5" />
      </svg>
      <span aria-hidden="true">{differenceText(ratio, i18n.language)}</span>
      <span className="visually-hidden">{text}</span>
    </span>
  );
}
