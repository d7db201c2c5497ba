import { useTranslation } from 'react-i18next';
import { formatTime } from '../../app/format/index.ts';
import { ScrollRegion } from '../../components/scroll-region.tsx';
import { type ChartPoint, chartLines } from './chart-scale.ts';
import styles from './line-chart.module.css';

export interface ChartLimit {
  id: string;
  label: string;
  value: number;
  /** `stop`: must not be passed; `aim`: what is aimed at */
  kind: 'stop' | 'aim';
}

const width = 600;
const height = 120;

/**
 * One figure over the last hours with its limits drawn. The picture has a name that tells the newest value; the same
 * numbers stand in a table that can be opened.
 */
export function LineChart({
  title,
  points,
  limits = [],
  max,
  format,
  empty,
}: {
  title: string;
  points: readonly ChartPoint[];
  limits?: readonly ChartLimit[];
  /** end of the scale */
  max: number;
  format: (value: number) => string;
  /** said instead of a line when nothing was measured yet */
  empty: string;
}) {
  const { t, i18n } = useTranslation();
  const newest = points.findLast((point) => point.value !== null)?.value ?? null;
  const name = newest === null ? `${title}: ${empty}` : `${title}: ${format(newest)}`;
  const time = (at: number): string => formatTime(at, i18n.language);
  const places = [0, Math.floor((points.length - 1) / 2), points.length - 1];
  return (
    <figure className={styles.chart}>
      <figcaption className={styles.head}>
        <span className={styles.title}>{title}</span>
        <span className={styles.newest}>{newest === null ? '–' : format(newest)}</span>
      </figcaption>
      <div className={styles.plot}>
        <svg
          className={styles.picture}
          role="img"
          aria-label={name}
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
        >
          <path className={styles.grid} d={`M0 .5H${width}M0 ${height / 2}H${width}`} />
          <path className={styles.ground} d={`M0 ${height - 0.5}H${width}`} />
          {limits.map(({ id, value, kind }) => (
            <line
              key={id}
              className={styles.limit}
              data-kind={kind}
              x1={0}
              x2={width}
              y1={limitY(value, max)}
              y2={limitY(value, max)}
            />
          ))}
          {chartLines(points, max).map((line) => (
            <Line key={line[0]?.x} line={line} />
          ))}
        </svg>
        <span className={styles.top} aria-hidden="true">
          {format(max)}
        </span>
        {newest === null ? <p className={styles.empty}>{empty}</p> : null}
      </div>
      <div className={styles.times} aria-hidden="true">
        {points.length < 2
          ? null
          : [...new Set(places)].map((place) => (
              <span key={place}>{time(points[place]?.at ?? 0)}</span>
            ))}
      </div>
      <div className={styles.foot}>
        {limits.map(({ id, label, value, kind }) => (
          <span key={id} className={styles.key} data-kind={kind}>
            {label} {format(value)}
          </span>
        ))}
        <details className={styles.details}>
          <summary>{t('live.as-table')}</summary>
          <ScrollRegion label={title} className={styles.scroll}>
            <Numbers title={title} points={points} format={format} time={time} />
          </ScrollRegion>
        </details>
      </div>
    </figure>
  );
}

function limitY(value: number, max: number): number {
  return height * (1 - Math.min(1, value / max));
}

function Line({ line }: { line: readonly { x: number; y: number }[] }) {
  const at = ({ x, y }: { x: number; y: number }): string =>
    `${(x * width).toFixed(1)} ${(1 + y * (height - 2)).toFixed(1)}`;
  const [first] = line;
  if (line.length === 1 && first) {
    // a single measurement is a short stroke: a point of no length would not be drawn
    return <path className={styles.line} d={`M${at(first)}h.1`} />;
  }
  return <path className={styles.line} d={`M${line.map(at).join('L')}`} />;
}

function Numbers({
  title,
  points,
  format,
  time,
}: {
  title: string;
  points: readonly ChartPoint[];
  format: (value: number) => string;
  time: (at: number) => string;
}) {
  const { t } = useTranslation();
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('live.time')}</th>
          <th scope="col">{title}</th>
        </tr>
      </thead>
      <tbody>
        {points.toReversed().map(({ at, value }) => (
          <tr key={at}>
            <th scope="row">{time(at)}</th>
            <td>{value === null ? '–' : format(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
