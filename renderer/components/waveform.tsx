import { type KeyboardEvent, memo, useId } from 'react';
import { formatDuration } from '../app/format/index.ts';
import styles from './waveform.module.css';
import { barsPath } from './waveform-path.ts';
import type { Peaks } from './waveform-peaks.ts';

const emptyBars = Array.from({ length: 96 }, () => 0);
const stepMs = 5_000;

/** The picture of a recording and its position: a slider, so that arrows and screen readers work. */
export function Waveform({
  label,
  peaks,
  durationMs,
  positionMs,
  onSeek,
  onToggle,
}: {
  label: string;
  /** null: not drawn (yet) */
  peaks: Peaks | null;
  durationMs: number;
  positionMs: number;
  onSeek: (positionMs: number) => void;
  /** Space on the picture */
  onToggle?: () => void;
}) {
  const clip = useId();
  const width = (peaks?.debtor.length ?? emptyBars.length) * 3;
  const done = durationMs > 0 ? Math.min(1, positionMs / durationMs) : 0;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== ' ' || !onToggle) return;
    event.preventDefault();
    onToggle();
  };
  return (
    <div className={styles.wave}>
      <svg
        className={styles.bars}
        viewBox={`0 0 ${width} 24`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <clipPath id={clip}>
          <rect x="0" y="0" width={done * width} height="24" />
        </clipPath>
        <g className={styles.rest}>
          <Voices peaks={peaks} />
        </g>
        <g className={styles.past} clipPath={`url(#${clip})`}>
          <Voices peaks={peaks} />
        </g>
      </svg>
      <input
        className={styles.slider}
        type="range"
        aria-label={label}
        aria-valuetext={`${formatDuration(positionMs)} / ${formatDuration(durationMs)}`}
        min={0}
        max={Math.max(1, Math.round(durationMs))}
        step={stepMs / 5}
        value={Math.round(positionMs)}
        onChange={(event) => onSeek(Number(event.currentTarget.value))}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}

/** Drawn once for a recording; the position only moves the clip. */
const Voices = memo(function Voices({ peaks }: { peaks: Peaks | null }) {
  if (peaks === null || peaks.agent === null) {
    return <path className={styles.debtor} d={barsPath(peaks?.debtor ?? emptyBars, 'both')} />;
  }
  return (
    <>
      <path className={styles.debtor} d={barsPath(peaks.debtor, 'up')} />
      <path className={styles.agent} d={barsPath(peaks.agent, 'down')} />
    </>
  );
});
