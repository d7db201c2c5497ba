import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignId } from '#shared/domain/index.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import {
  mostSilentPercent,
  nextStep,
  type PricePoint,
  priceCurve,
  pricedGoals,
  silentStepPercent,
  talkAt,
} from './silence-price.ts';
import styles from './silence-slider.module.css';
import { useRestedChange } from './use-rested-change.ts';

export interface SilenceSliderProps {
  /** absent: before there is a campaign, from common figures */
  campaignId?: CampaignId | undefined;
  /** the team whose price is shown; at least one */
  agents: number;
  /** percent of the people who answer */
  value: number;
  /** called while the slider moves; with `settled`, once it rests, and it may tell when the change is through */
  onChange: (percent: number) => unknown;
  /** true: for changes that hold at once */
  settled?: boolean;
  takeBack: boolean;
  notices: boolean;
  disabled?: boolean;
}

/**
 * How many silent calls are accepted, and what that is worth: minutes of talk in an hour of each agent, as a curve over
 * the scale. Used by the editor and by the live page.
 */
export function SilenceSlider({
  campaignId,
  agents,
  value,
  onChange,
  settled = false,
  takeBack,
  notices,
  disabled = false,
}: SilenceSliderProps) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const [rested, rest] = useRestedChange(value, onChange);
  const [shown, move] = settled ? [rested, rest] : [value, onChange];
  const forecast = useQueryData('campaign.forecast', {
    ...(campaignId ? { campaignId } : {}),
    agents: Math.min(500, Math.max(1, agents)),
    goalsPercent: [...pricedGoals],
    takeBack,
    notices,
  });
  const curve = forecast.value === null ? [] : priceCurve(forecast.value.forecasts);
  const percent = (part: number): string => formatGoal(part, i18n.language);
  const minutes = (part: number): string =>
    new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 }).format(part);
  const talk = talkAt(curve, shown);
  const step = nextStep(curve, shown);
  return (
    <div className={styles.slider} data-disabled={disabled}>
      <div className={styles.head}>
        <label className={styles.label} htmlFor={id}>
          {t('pacing.silence')}
        </label>
        <output className={styles.value} htmlFor={id}>
          {percent(shown)}
        </output>
      </div>
      <div className={styles.scale}>
        <Curve curve={curve} goalPercent={shown} />
        <input
          id={id}
          className={styles.input}
          type="range"
          min={0}
          max={mostSilentPercent}
          step={silentStepPercent}
          value={shown}
          disabled={disabled}
          aria-valuetext={
            talk === null
              ? percent(shown)
              : t('pacing.silence-spoken', { goal: percent(shown), minutes: minutes(talk) })
          }
          aria-describedby={`${id}-price`}
          onChange={(event) => move(Number(event.currentTarget.value))}
        />
        <div className={styles.ticks} aria-hidden="true">
          {[0, 1, 2, 3, 4, 5].map((tick) => (
            <span key={tick}>{percent(tick)}</span>
          ))}
        </div>
      </div>
      <div id={`${id}-price`} className={styles.price}>
        <Price
          failed={forecast.state === 'failed'}
          talk={talk === null ? null : minutes(talk)}
          step={
            step === null || Math.abs(step.minutes) < 0.05
              ? null
              : t(step.minutes > 0 ? 'pacing.silence-more' : 'pacing.silence-less', {
                  goal: percent(step.goalPercent),
                  minutes: minutes(Math.abs(step.minutes)),
                })
          }
          basis={
            forecast.value === null
              ? null
              : forecast.value.guessed
                ? t('pacing.silence-guessed')
                : t('pacing.silence-learnt', { count: agents })
          }
        />
      </div>
    </div>
  );
}

function Price({
  failed,
  talk,
  step,
  basis,
}: {
  failed: boolean;
  talk: string | null;
  step: ReactNode;
  basis: ReactNode;
}) {
  const { t } = useTranslation();
  if (talk === null) {
    return (
      <p className={styles.faint}>
        {t(failed ? 'pacing.silence-no-price' : 'pacing.silence-reckoning')}
      </p>
    );
  }
  return (
    <>
      <p>
        <strong className={styles.talk}>{t('pacing.silence-talk', { minutes: talk })}</strong>
        {step ? <span className={styles.step}> {step}</span> : null}
      </p>
      <p className={styles.faint}>{basis}</p>
    </>
  );
}

const width = 300;
const height = 44;

/** Talk over the goal. The words below say the same: it is a picture only. */
function Curve({ curve, goalPercent }: { curve: readonly PricePoint[]; goalPercent: number }) {
  const talks = curve.map((point) => point.talkMinutes);
  const least = Math.min(...talks);
  const span = Math.max(1, Math.max(...talks) - least);
  const x = (goal: number): number =>
    (Math.min(goal, mostSilentPercent) / mostSilentPercent) * width;
  const y = (talk: number): number => height - 6 - ((talk - least) / span) * (height - 14);
  const talk = talkAt(curve, goalPercent);
  const line = curve
    .map(
      (point, index) => `${index === 0 ? 'M' : 'L'}${x(point.goalPercent)} ${y(point.talkMinutes)}`,
    )
    .join('');
  return (
    <svg
      className={styles.curve}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {curve.length > 1 ? (
        <>
          <path className={styles.area} d={`${line}L${width} ${height}L0 ${height}Z`} />
          <path className={styles.line} d={line} vectorEffect="non-scaling-stroke" />
        </>
      ) : null}
      {talk === null ? null : (
        <line
          className={styles.marker}
          x1={x(goalPercent)}
          x2={x(goalPercent)}
          y1={y(talk)}
          y2={height}
          vectorEffect="non-scaling-stroke"
        />
      )}
    </svg>
  );
}

/** A goal as percent with at most one digit: "1 %", "0.5 %". */
function formatGoal(percent: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(
    percent / 100,
  );
}
