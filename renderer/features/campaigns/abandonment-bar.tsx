import { Meter } from '@base-ui/react/meter';
import { useTranslation } from 'react-i18next';
import type { CampaignCounters } from '#shared/contract/index.ts';
import styles from './abandonment-bar.module.css';
import { abandonment, abandonmentLimitPercent, formatPercent } from './counters.ts';

/** Twice the limit is the end of the scale: the limit stands in its middle, and being over it is seen at once. */
const scalePercent = abandonmentLimitPercent * 2;

/** People who answered and met nobody, against the limit, which is drawn. */
export function AbandonmentBar({ counters }: { counters: CampaignCounters }) {
  const { t, i18n } = useTranslation();
  const { ratePercent, over } = abandonment(counters);
  const text = formatPercent(ratePercent, i18n.language, 1);
  const limit = formatPercent(abandonmentLimitPercent, i18n.language);
  return (
    <div className={styles.abandonment} data-over={over}>
      <p className={styles.line}>
        <span className={styles.label}>{t('counter.abandonment')}</span>
        <span className={styles.rate} data-figure="abandonmentRate">
          {text}
        </span>
        <span className={styles.limitText}>
          {over ? t('counter.over-limit', { limit }) : t('counter.limit', { limit })}
        </span>
      </p>
      <Meter.Root
        aria-label={t('counter.abandonment')}
        max={scalePercent}
        value={Math.min(scalePercent, ratePercent ?? 0)}
        getAriaValueText={() => text}
      >
        <Meter.Track className={styles.scale}>
          <Meter.Indicator className={styles.fill} />
          <span className={styles.limit} />
        </Meter.Track>
      </Meter.Root>
      <p className={styles.note}>
        {t('counter.abandonment-note', {
          abandoned: counters.abandoned,
          people: counters.abandoned + counters.connected,
        })}
      </p>
    </div>
  );
}
