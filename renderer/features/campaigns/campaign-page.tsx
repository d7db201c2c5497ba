import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Campaign } from '#shared/contract/index.ts';
import { toHash, useQuery } from '../../app/router.ts';
import { useCampaigns } from '../../app/services.ts';
import { Figures } from '../../components/figures.tsx';
import { EmptyState, Page, Panel, Skeleton, type Tab, Tabs } from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { CampaignLivePanel, DecisionsPanel } from '../live/index.ts';
import { AbandonmentBar } from './abandonment-bar.tsx';
import { BlockedNotice } from './blocked-notice.tsx';
import { CampaignActions } from './campaign-actions.tsx';
import styles from './campaign-page.module.css';
import { CampaignPreparation } from './campaign-preparation.tsx';
import { CampaignStatusDot } from './campaign-status-dot.tsx';
import { counterFigures } from './counters.ts';
import { ListProgress, strategyHref } from './list-progress.tsx';
import { ScreeningPanel } from './screening-panel.tsx';

type View = 'live' | 'preparation' | 'decisions' | 'list';
const views: readonly View[] = ['live', 'preparation', 'decisions', 'list'];

/** One campaign: as it goes, how it is prepared, what the pacer decided, and its list. The view is in the address. */
export function CampaignPage({ parameters }: { parameters: Record<string, string> }) {
  const { t } = useTranslation();
  const campaignId = parameters.campaignId ?? '';
  const campaign = useCampaigns((view) => view.byId[campaignId]);
  const loaded = useCampaigns((view) => view.loaded);
  if (!campaign) {
    return (
      <Page title={t('campaign.one')}>
        {loaded ? (
          <EmptyState
            title={t('campaign.unknown')}
            action={<LinkButton href={toHash('/campaigns')}>{t('campaign.title')}</LinkButton>}
          />
        ) : (
          <Skeleton lines={9} />
        )}
      </Page>
    );
  }
  return <Known key={campaignId} campaign={campaign} />;
}

function Known({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useQuery('tab');
  // a campaign that has never called has nothing to watch: it is prepared first
  const first: View = campaign.status === 'draft' ? 'preparation' : 'live';
  const view = views.find((one) => one === wanted) ?? first;
  // once it was opened it stays: what is typed in it is not lost by a look at another view
  const prepared = useRef(false);
  prepared.current ||= view === 'preparation';
  const keep = prepared.current;
  const tabs = useMemo<readonly Tab<View>[]>(
    () => [
      { value: 'live', label: t('live.tab'), content: <CampaignLivePanel campaign={campaign} /> },
      {
        value: 'preparation',
        label: t('live.tab-preparation'),
        keep,
        content: (
          <Panel title={t('campaign.settings')} hideTitle flush>
            <CampaignPreparation campaign={campaign} />
          </Panel>
        ),
      },
      {
        value: 'decisions',
        label: t('live.tab-decisions'),
        content: <DecisionsPanel campaign={campaign} />,
      },
      { value: 'list', label: t('live.tab-list'), content: <ListView campaign={campaign} /> },
    ],
    [t, campaign, keep],
  );
  return (
    <Page
      title={campaign.name}
      actions={
        <>
          <CampaignStatusDot campaign={campaign} />
          <CampaignActions campaign={campaign} />
        </>
      }
    >
      <div className={styles.page}>
        <BlockedNotice campaign={campaign} />
        <Tabs value={view} onChange={setWanted} tabs={tabs} label={campaign.name} />
      </div>
    </Page>
  );
}

/** How far the list is, what the rules say of it, and what came of the calls so far. */
function ListView({ campaign }: { campaign: Campaign }) {
  const { t, i18n } = useTranslation();
  return (
    <div className={styles.columns}>
      <div className={styles.stack}>
        <Panel title={t('campaign.list')}>
          <ListProgress
            counters={campaign.counters}
            strategyHref={strategyHref(campaign.campaignId)}
          />
        </Panel>
        <ScreeningPanel campaignId={campaign.campaignId} />
      </div>
      <Panel title={t('campaign.calls')}>
        <div className={styles.figures}>
          <AbandonmentBar counters={campaign.counters} />
          <Figures items={counterFigures(campaign.counters, t, i18n.language)} />
        </div>
      </Panel>
    </div>
  );
}
