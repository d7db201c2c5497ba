import { formatDuration } from '../app/format/index.ts';
import styles from './waveform.module.css';

/** The picture of a recording and its position: a slider, so that arrows and screen readers work. */
export function Waveform({
  label,
  peaks,
  durationMs,
  positionMs,
  onSeek,
}: {
  label: string;
  /** null: not drawn (yet) */
  peaks: readonly number[] | null;
  durationMs: number;
  positionMs: number;
  onSeek: (positionMs: number) => void;
}) {
  const done = durationMs > 0 ? positionMs / durationMs : 0;
  return (
    <div className={styles.wave}>
      <svg
        className={styles.bars}
        viewBox={`0 0 ${(peaks?.length ?? 64) * 3} 24`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {(peaks ?? Array.from({ length: 64 }, () => 0)).map((peak, index, all) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
            key={index}
            x={index * 3}
            y={12 - Math.max(1, peak * 11)}
            width="2"
            height={Math.max(2, peak * 22)}
            className={index / all.length < done ? styles.past : styles.rest}
          />
        ))}
      </svg>
      <input
        className={styles.slider}
        type="range"
        aria-label={label}
        aria-valuetext={formatDuration(positionMs)}
        min={0}
        max={Math.max(1, Math.round(durationMs))}
        step={1000}
        value={Math.round(positionMs)}
        onChange={(event) => onSeek(Number(event.currentTarget.value))}
      />
    </div>
  );
}
