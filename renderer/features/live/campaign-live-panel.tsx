import { Activity } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AbandonmentBudget, Campaign, CampaignLive } from '#shared/contract/index.ts';
import { errorText } from '../../app/errors.ts';
import { formatTime } from '../../app/format/index.ts';
import { toHash } from '../../app/router.ts';
import { useConnection } from '../../app/services.ts';
import { EmptyState, ErrorState, Panel, Skeleton } from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { Notice } from '../../components/notice.tsx';
import { BudgetBars, useBudgets } from './budget-bars.tsx';
import styles from './campaign-live-panel.module.css';
import { chartTop } from './chart-scale.ts';
import { type ChartLimit, LineChart } from './line-chart.tsx';
import { LiveControls } from './live-controls.tsx';
import { PacerPanel } from './pacer-panel.tsx';
import { formatChance } from './pacer-sentence.ts';
import { StageFlow } from './stage-flow.tsx';
import { TeamBoard } from './team-board.tsx';
import { TodayFigures } from './today-figures.tsx';
import { useCampaignLive } from './use-campaign-live.ts';

/** One campaign as it goes, second by second, and the changes that can be made while it does. */
export function CampaignLivePanel({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const { live, error, reload } = useCampaignLive(campaign.campaignId);
  if (campaign.status === 'draft') return <NotStarted campaign={campaign} />;
  if (live === null) {
    return (
      <Panel title={t('live.title')} hideTitle>
        {error === null ? (
          <Skeleton lines={9} />
        ) : (
          <ErrorState text={errorText(error, t)} onRetry={reload} />
        )}
      </Panel>
    );
  }
  return <Going campaign={campaign} live={live} />;
}

function NotStarted({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('live.title')} hideTitle>
      <EmptyState
        icon={<Activity size={24} aria-hidden="true" />}
        title={t('live.not-started')}
        text={t('live.not-started-text')}
        action={
          <LinkButton href={toHash(`/campaigns/${campaign.campaignId}`, { tab: 'preparation' })}>
            {t('live.prepare')}
          </LinkButton>
        }
      />
    </Panel>
  );
}

const atWork: ReadonlySet<string> = new Set(['ready', 'preview', 'reserved', 'talking', 'wrapUp']);

function Going({ campaign, live }: { campaign: Campaign; live: CampaignLive }) {
  const { t } = useTranslation();
  const budgets = useBudgets(campaign.campaignId);
  return (
    <div className={styles.page}>
      <Standing campaign={campaign} live={live} />
      <div className={styles.columns}>
        <div className={styles.main}>
          <TodayFigures today={live.today} />
          <StageFlow stages={live.stages} today={live.today} />
          <PacerPanel live={live} />
          <TeamBoard agents={live.agents} />
          <Panel title={t('live.last-hours')}>
            <Charts live={live} limitPercent={tightest(budgets.value?.budgets ?? [])} />
          </Panel>
        </div>
        <div className={styles.side}>
          <BudgetBars data={budgets} />
          <LiveControls
            campaign={campaign}
            agentsAtWork={live.agents.filter((one) => atWork.has(one.workState)).length}
          />
        </div>
      </div>
    </div>
  );
}

/** Figures that do not move say why: no connection, or a campaign that does not run. */
function Standing({ campaign, live }: { campaign: Campaign; live: CampaignLive }) {
  const { t, i18n } = useTranslation();
  const offline = useConnection(({ state }) => state.kind !== 'connected');
  if (offline) {
    return (
      <Notice tone="wait" live title={t('live.offline')}>
        {t('live.as-of', { time: formatTime(live.at, i18n.language) })}
      </Notice>
    );
  }
  if (campaign.status === 'running') return null;
  return (
    <Notice tone="neutral" title={t(`live.standing.${campaign.status}`)}>
      {t('live.standing-text')}
    </Notice>
  );
}

/** @returns null without a limit */
function tightest(budgets: readonly AbandonmentBudget[]): number | null {
  return budgets.length === 0 ? null : Math.min(...budgets.map((one) => one.limitPercent));
}

function Charts({ live, limitPercent }: { live: CampaignLive; limitPercent: number | null }) {
  const { t, i18n } = useTranslation();
  const { series, goalPercent } = live;
  const locale = i18n.language;
  const silentMax = chartTop(
    series.map((one) => one.abandonedPercent),
    Math.max(1, (limitPercent ?? 0) * 1.25),
  );
  const limits: ChartLimit[] = [
    ...(limitPercent === null
      ? []
      : [{ id: 'limit', label: t('live.limit'), value: limitPercent, kind: 'stop' as const }]),
    ...(goalPercent === null
      ? []
      : [{ id: 'goal', label: t('live.goal'), value: goalPercent, kind: 'aim' as const }]),
  ];
  return (
    <div className={styles.charts}>
      <LineChart
        title={t('live.occupancy')}
        points={series.map((one) => ({ at: one.at, value: one.occupancy }))}
        max={1}
        format={(value) => formatChance(value, locale)}
        empty={t('live.nothing-measured')}
      />
      <LineChart
        title={t('live.silent')}
        points={series.map((one) => ({ at: one.at, value: one.abandonedPercent }))}
        limits={limits}
        max={silentMax}
        format={(value) => formatChance(value / 100, locale)}
        empty={t('live.nothing-measured')}
      />
      <LineChart
        title={t('live.answers')}
        points={series.map((one) => ({ at: one.at, value: one.answered }))}
        max={chartTop(
          series.map((one) => one.answered),
          4,
        )}
        format={(value) => new Intl.NumberFormat(locale).format(value)}
        empty={t('live.nothing-measured')}
      />
      <LineChart
        title={t('live.calls-in-five')}
        points={series.map((one) => ({ at: one.at, value: one.calls }))}
        max={chartTop(
          series.map((one) => one.calls),
          4,
        )}
        format={(value) => new Intl.NumberFormat(locale).format(value)}
        empty={t('live.nothing-measured')}
      />
    </div>
  );
}
