import { Meter } from '@base-ui/react/meter';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { AbandonmentBudget } from '#shared/contract/index.ts';
import type { CampaignId } from '#shared/domain/index.ts';
import { errorText } from '../../app/errors.ts';
import { useServices } from '../../app/services.ts';
import { type QueryData, useQueryData } from '../../app/use-query-data.ts';
import { Badge, ErrorState, Panel, Skeleton } from '../../components/index.ts';
import styles from './budget-bars.module.css';
import { budgetScale, windowOf } from './budgets.ts';

const refreshMs = 15_000;

/** The limits on silent calls of one campaign, asked again every few seconds: counts move with every answer. */
export function useBudgets(campaignId: CampaignId): QueryData<{ budgets: AbandonmentBudget[] }> {
  const { clock } = useServices();
  const data = useQueryData('rules.abandonment', { campaignId });
  const { value, reload } = data;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer starts the next wait
  useEffect(() => clock.setTimer(refreshMs, reload), [clock, reload, value]);
  return data;
}

/** Every limit on silent calls that holds for this campaign, over its own window: used, left, and where it ends. */
export function BudgetBars({ data }: { data: QueryData<{ budgets: AbandonmentBudget[] }> }) {
  const { t } = useTranslation();
  const { value } = data;
  return (
    <Panel title={t('live.budgets')}>
      {value === null ? (
        data.state === 'failed' ? (
          <ErrorState text={errorText(data.error, t)} onRetry={data.reload} />
        ) : (
          <Skeleton lines={4} />
        )
      ) : value.budgets.length === 0 ? (
        <p className={styles.faint}>{t('live.no-budgets')}</p>
      ) : (
        <ul className={styles.list}>
          {value.budgets.map((budget) => (
            <li key={`${budget.pack} ${budget.rule} ${budget.windowFrom}`}>
              <Bar budget={budget} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

const tones = { ok: 'neutral', few: 'neutral', throttle: 'wait', breach: 'stop' } as const;

function Bar({ budget }: { budget: AbandonmentBudget }) {
  const { t, i18n } = useTranslation();
  const window = windowOf(budget);
  const name =
    window.kind === 'days'
      ? t('live.window-days', { count: window.days })
      : t(`live.window-${window.kind}`);
  const percent = (value: number): string =>
    new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 }).format(
      value / 100,
    );
  const { used, throttle, limit } = budgetScale(budget);
  const said = t('live.budget-of', {
    used: budget.percent === null ? '–' : percent(budget.percent),
    limit: percent(budget.limitPercent),
  });
  return (
    <div className={styles.budget} data-state={budget.state}>
      <p className={styles.head}>
        <span className={styles.window}>{name}</span>
        <span className={styles.said}>{said}</span>
      </p>
      <Meter.Root
        aria-label={`${name}, ${budget.rule}`}
        max={1}
        value={used}
        getAriaValueText={() => said}
      >
        <Meter.Track className={styles.scale}>
          <Meter.Indicator className={styles.fill} />
          <span className={styles.throttle} style={{ insetInlineStart: `${throttle * 100}%` }} />
          <span className={styles.limit} style={{ insetInlineStart: `${limit * 100}%` }} />
        </Meter.Track>
      </Meter.Root>
      <p className={styles.foot}>
        <span>
          {t('live.budget-left', { count: Math.max(0, budget.left) })}
          {' · '}
          {t('live.budget-counted', {
            silent: budget.numerator,
            count: Math.round(budget.denominator),
          })}
        </span>
        <Badge tone={tones[budget.state]}>{t(`live.budget-${budget.state}`)}</Badge>
      </p>
      <p className={styles.faint}>
        {budget.rule} · {t(`live.then-${budget.onBreach}`)}
      </p>
    </div>
  );
}
