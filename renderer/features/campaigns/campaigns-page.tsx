import { Megaphone, Plus } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Campaign, CampaignLive } from '#shared/contract/index.ts';
import { useCommands } from '../../app/commands.ts';
import { navigate, toHash } from '../../app/router.ts';
import { useCampaigns } from '../../app/services.ts';
import { EmptyState, Page, Panel, Skeleton } from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { RowTitle } from '../../components/row-title.tsx';
import { sortedCampaigns } from '../../stores/index.ts';
import { useLiveOf } from '../live/index.ts';
import { BlockedNotice } from './blocked-notice.tsx';
import { CampaignActions } from './campaign-actions.tsx';
import { CampaignStatusDot } from './campaign-status-dot.tsx';
import styles from './campaigns-page.module.css';
import { abandonment, formatPercent } from './counters.ts';

/** All campaigns: what runs, how far it is, and why it stands still if it does. */
export function CampaignsPage() {
  const { t } = useTranslation();
  const view = useCampaigns((campaigns) => campaigns);
  const campaigns = useMemo(() => sortedCampaigns(view), [view]);
  const live = useLiveOf(
    campaigns.filter((one) => one.status === 'running').map((one) => one.campaignId),
  );
  useCommands(
    useMemo(
      () => [
        { id: 'new-campaign', label: t('campaign.new'), run: () => navigate('/campaigns/new') },
      ],
      [t],
    ),
  );
  const create = (
    <LinkButton
      look="primary"
      href={toHash('/campaigns/new')}
      icon={<Plus size={14} aria-hidden="true" />}
    >
      {t('campaign.new')}
    </LinkButton>
  );
  return (
    <Page title={t('campaign.title')} actions={create}>
      <Panel title={t('campaign.title')} hideTitle flush>
        {!view.loaded ? (
          <Skeleton lines={6} />
        ) : campaigns.length === 0 ? (
          <EmptyState
            icon={<Megaphone size={24} aria-hidden="true" />}
            title={t('campaign.empty')}
            text={t('campaign.empty-text')}
            action={create}
          />
        ) : (
          <ul className={styles.list}>
            {campaigns.map((campaign) => (
              <Item
                key={campaign.campaignId}
                campaign={campaign}
                live={live[campaign.campaignId] ?? null}
              />
            ))}
          </ul>
        )}
      </Panel>
    </Page>
  );
}

function Item({ campaign, live }: { campaign: Campaign; live: CampaignLive | null }) {
  const { t } = useTranslation();
  const { counters } = campaign;
  const closed = counters.done + counters.skipped;
  return (
    <li className={styles.item}>
      <div className={styles.line}>
        <RowTitle
          name={campaign.name}
          href={toHash(`/campaigns/${campaign.campaignId}`)}
          note={campaign.portfolioName}
        />
        <span className={styles.status}>
          <CampaignStatusDot campaign={campaign} />
        </span>
        <div className={styles.progress}>
          <ProgressBar
            label={t('campaign.progress-of', { name: campaign.name })}
            value={closed}
            max={counters.entries}
          />
          <span className={styles.faint}>
            {t('campaign.closed', { closed, count: counters.entries })}
          </span>
          {counters.leftOut ? (
            <span className={styles.faint}>
              {t('campaign.left-out', { count: counters.leftOut })}
            </span>
          ) : null}
        </div>
        <Numbers campaign={campaign} live={live} />
        <CampaignActions campaign={campaign} />
      </div>
      <div className={styles.notice}>
        <BlockedNotice campaign={campaign} />
      </div>
    </li>
  );
}

/** Of a campaign that runs, the moment comes first: who is there, how busy they are, who met silence today. */
function Numbers({ campaign, live }: { campaign: Campaign; live: CampaignLive | null }) {
  const { t, i18n } = useTranslation();
  const { counters } = campaign;
  const { ratePercent, over } = abandonment(counters);
  const number = (value: number): string => new Intl.NumberFormat(i18n.language).format(value);
  return (
    <dl className={styles.numbers}>
      {campaign.status === 'running' && live !== null ? <LiveNumbers live={live} /> : null}
      <div>
        <dt>{t('counter.attempts')}</dt>
        <dd>{number(counters.attempts)}</dd>
      </div>
      <div>
        <dt>{t('counter.connected')}</dt>
        <dd>{number(counters.connected)}</dd>
      </div>
      <div>
        <dt>{t('counter.promises')}</dt>
        <dd>{number(counters.promises)}</dd>
      </div>
      <div data-over={over}>
        <dt>{t('counter.abandonment')}</dt>
        <dd>{formatPercent(ratePercent, i18n.language, 1)}</dd>
      </div>
    </dl>
  );
}

function LiveNumbers({ live }: { live: CampaignLive }) {
  const { t, i18n } = useTranslation();
  const { occupancy, abandonedPercent } = live.today;
  const present = live.agents.filter((one) => one.workState !== 'offline').length;
  return (
    <>
      <div className={styles.live}>
        <dt>{t('live.agents')}</dt>
        <dd>{new Intl.NumberFormat(i18n.language).format(present)}</dd>
      </div>
      <div className={styles.live}>
        <dt>{t('live.occupancy')}</dt>
        <dd>{formatPercent(occupancy === null ? null : occupancy * 100, i18n.language)}</dd>
      </div>
      <div className={styles.live}>
        <dt>{t('live.silent-today')}</dt>
        <dd>{formatPercent(abandonedPercent, i18n.language, 1)}</dd>
      </div>
    </>
  );
}
