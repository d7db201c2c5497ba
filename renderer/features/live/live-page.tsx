import { Megaphone } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Campaign } from '#shared/contract/index.ts';
import { errorText } from '../../app/errors.ts';
import { toHash, useQuery } from '../../app/router.ts';
import { useCampaigns } from '../../app/services.ts';
import { Figures } from '../../components/figures.tsx';
import { EmptyState, ErrorState, Page, Panel, Select, Skeleton } from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { sortedCampaigns } from '../../stores/index.ts';
import {
  AbandonmentBar,
  BlockedNotice,
  CampaignActions,
  CampaignStatusDot,
  counterFigures,
  ListProgress,
  strategyHref,
  sumCounters,
} from '../campaigns/index.ts';
import { AgentBoard } from './agent-board.tsx';
import { AttemptList } from './attempt-list.tsx';
import { CallFlow } from './call-flow.tsx';
import { DispositionFigures } from './disposition-figures.tsx';
import styles from './live-page.module.css';
import { useLiveCalls } from './use-live-calls.ts';

/** What happens now: agents, calls on their way, counters, the last attempts. Everything follows events. */
export function LivePage() {
  const { t } = useTranslation();
  const view = useCampaigns((campaigns) => campaigns);
  const campaigns = useMemo(() => sortedCampaigns(view), [view]);
  const [wanted, setWanted] = useQuery('campaign');
  const chosen = campaigns.find((one) => one.campaignId === wanted) ?? null;
  const watched = chosen ? [chosen] : campaigns;
  return (
    <Page
      title={t('live.title')}
      actions={
        <>
          {chosen ? <CampaignStatusDot campaign={chosen} /> : null}
          <Select
            className={styles.choice}
            label={t('live.campaign')}
            value={chosen?.campaignId ?? 'all'}
            onChange={(value) => setWanted(value === 'all' ? '' : value)}
            options={[
              { value: 'all', label: t('live.all-campaigns') },
              ...campaigns.map((one) => ({ value: one.campaignId as string, label: one.name })),
            ]}
          />
          {chosen ? (
            <LinkButton href={toHash(`/campaigns/${chosen.campaignId}`, { tab: 'live' })}>
              {t('live.open-campaign')}
            </LinkButton>
          ) : null}
          {chosen ? <CampaignActions campaign={chosen} /> : null}
        </>
      }
    >
      {view.loaded ? <Board watched={watched} chosen={chosen} /> : <Skeleton lines={9} />}
    </Page>
  );
}

function Board({ watched, chosen }: { watched: readonly Campaign[]; chosen: Campaign | null }) {
  const { t } = useTranslation();
  const { live, error, reload } = useLiveCalls();
  return (
    <div className={styles.page}>
      {watched.map((campaign) => (
        <BlockedNotice key={campaign.campaignId} campaign={campaign} named={chosen === null} />
      ))}
      <div className={styles.columns}>
        <div className={styles.main}>
          {error === null ? (
            <CallFlow live={live} campaignId={chosen?.campaignId ?? ''} />
          ) : (
            <Panel title={t('live.flow')}>
              <ErrorState text={errorText(error, t)} onRetry={reload} />
            </Panel>
          )}
          <AgentBoard live={live} campaignId={chosen?.campaignId ?? ''} />
          {watched.length === 0 ? (
            <Panel title={t('live.attempts')}>
              <EmptyState
                icon={<Megaphone size={24} aria-hidden="true" />}
                title={t('campaign.empty')}
                text={t('campaign.empty-text')}
                action={
                  <LinkButton look="primary" href={toHash('/campaigns/new')}>
                    {t('campaign.new')}
                  </LinkButton>
                }
              />
            </Panel>
          ) : (
            <AttemptList campaigns={watched} />
          )}
        </div>
        <Numbers watched={watched} />
      </div>
    </div>
  );
}

function Numbers({ watched }: { watched: readonly Campaign[] }) {
  const { t, i18n } = useTranslation();
  const counters = useMemo(() => sumCounters(watched.map((one) => one.counters)), [watched]);
  const only = watched.length === 1 ? watched[0] : undefined;
  return (
    <div className={styles.side}>
      <Panel title={t('campaign.calls')}>
        <div className={styles.stack}>
          <AbandonmentBar counters={counters} />
          <Figures items={counterFigures(counters, t, i18n.language)} />
        </div>
      </Panel>
      <DispositionFigures dispositions={counters.dispositions} />
      <Panel title={t('campaign.list')}>
        <ListProgress
          counters={counters}
          {...(only ? { strategyHref: strategyHref(only.campaignId) } : {})}
        />
      </Panel>
    </div>
  );
}
