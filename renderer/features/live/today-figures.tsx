import { useTranslation } from 'react-i18next';
import type { CampaignLive } from '#shared/contract/index.ts';
import { formatDuration } from '../../app/format/index.ts';
import { Figures } from '../../components/figures.tsx';
import { Panel } from '../../components/index.ts';
import { formatChance, formatTenth } from './pacer-sentence.ts';
import styles from './today-figures.module.css';

/** The day so far: what the team's time is worth, and what debtors waited. */
export function TodayFigures({ today }: { today: CampaignLive['today'] }) {
  const { t, i18n } = useTranslation();
  const locale = i18n.language;
  const tenth = (value: number | null): string =>
    value === null ? '–' : formatTenth(value, locale);
  const seconds = (ms: number | null): string =>
    ms === null
      ? '–'
      : new Intl.NumberFormat(locale, {
          style: 'unit',
          unit: 'second',
          unitDisplay: 'short',
          maximumFractionDigits: 1,
        }).format(ms / 1000);
  const whole = (value: number): string => new Intl.NumberFormat(locale).format(value);
  return (
    <Panel title={t('live.today')} hideTitle>
      <div className={styles.figures}>
        <Figures
          size="large"
          items={[
            {
              id: 'live-busy',
              label: t('live.busy-minutes'),
              value: tenth(today.busyMinutesPerHour),
              note: t('live.in-an-hour'),
            },
            {
              id: 'live-occupancy',
              label: t('live.occupancy'),
              value: today.occupancy === null ? '–' : formatChance(today.occupancy, locale),
            },
            {
              id: 'live-silent',
              label: t('live.silent'),
              value:
                today.abandonedPercent === null
                  ? '–'
                  : formatChance(today.abandonedPercent / 100, locale),
              note: t('live.silent-of', { silent: whole(today.abandoned), count: people(today) }),
            },
            {
              id: 'live-answers',
              label: t('live.answers-per-hour'),
              value: tenth(today.answersPerHour),
            },
            {
              id: 'live-calls',
              label: t('live.calls'),
              value: whole(today.calls),
              note:
                today.takenBack > 0 ? t('live.taken-back-of', { count: today.takenBack }) : null,
            },
            {
              id: 'live-wait',
              label: t('live.agents-wait'),
              value: today.averageWaitMs === null ? '–' : formatDuration(today.averageWaitMs),
              note: t('live.between-calls'),
            },
            {
              id: 'live-p95',
              label: t('live.answer-to-agent'),
              value: seconds(today.answerToAgentP95Ms),
              note: t('live.p95'),
            },
            {
              id: 'live-promises',
              label: t('counter.promises'),
              value: whole(today.promises),
            },
          ]}
        />
      </div>
    </Panel>
  );
}

function people({ connected, abandoned }: CampaignLive['today']): number {
  return connected + abandoned;
}
