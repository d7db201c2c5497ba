// biome-ignore-all lint/a11y/useSemanticElements: a meter element cannot be drawn as bars in both themes
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './level-meter.module.css';

const floorDbfs = -60;

/**
 * Loudness of one direction as a row of bars. Drawn outside React, frame by frame; with reduced motion it is updated
 * four times a second. The level is read aloud only when asked for.
 */
export function LevelMeter({
  label,
  level,
  active,
}: {
  label: string;
  /** dBFS, −100 is silence */
  level: () => number;
  active: boolean;
}) {
  const { t } = useTranslation();
  const bar = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const element = bar.current;
    if (!element || !active) {
      element?.style.setProperty('--level', '0');
      return;
    }
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    let shown = 0;
    let frame = 0;
    const draw = (): void => {
      const now = Math.min(1, Math.max(0, 1 - level() / floorDbfs));
      shown = calm ? now : Math.max(now, shown * 0.9);
      element.style.setProperty('--level', shown.toFixed(3));
      element.setAttribute('aria-valuenow', String(Math.round(shown * 100)));
    };
    if (calm) {
      const interval = setInterval(draw, 250);
      return () => clearInterval(interval);
    }
    const loop = (): void => {
      draw();
      frame = requestAnimationFrame(loop);
    };
    frame = requestAnimationFrame(loop);
    return () => cancelAnimationFrame(frame);
  }, [level, active]);

  return (
    <div className={styles.row}>
      <span className={styles.label}>{label}</span>
      <div
        ref={bar}
        className={styles.meter}
        role="meter"
        aria-label={t('audio.level-of', { name: label })}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={0}
      />
    </div>
  );
}
