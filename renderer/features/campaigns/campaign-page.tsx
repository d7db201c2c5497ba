import { Activity } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Campaign } from '#shared/contract/index.ts';
import type { CallerIdId, PersonId, TrunkId } from '#shared/domain/index.ts';
import { announce } from '../../app/announcer.ts';
import { errorText } from '../../app/errors.ts';
import { toHash } from '../../app/router.ts';
import { useCampaigns, useServices } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Figures } from '../../components/figures.tsx';
import { SectionForm } from '../../components/form-section.tsx';
import {
  Button,
  EmptyState,
  ErrorState,
  Page,
  Panel,
  Skeleton,
  toast,
} from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { AbandonmentBar } from './abandonment-bar.tsx';
import { BlockedNotice } from './blocked-notice.tsx';
import { CampaignActions } from './campaign-actions.tsx';
import { CampaignFields } from './campaign-fields.tsx';
import styles from './campaign-page.module.css';
import { CampaignStatusDot } from './campaign-status-dot.tsx';
import { counterFigures } from './counters.ts';
import { ListProgress } from './list-progress.tsx';
import { ScreeningPanel } from './screening-panel.tsx';
import { formGaps, formOf, isChanged } from './settings-form.ts';

/** One campaign: what it does now, its numbers, and its settings, which hold from the next call on. */
export function CampaignPage({ parameters }: { parameters: Record<string, string> }) {
  const { t, i18n } = useTranslation();
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
  return (
    <Page
      title={campaign.name}
      actions={
        <>
          <CampaignStatusDot campaign={campaign} />
          <LinkButton
            href={toHash('/live', { campaign: campaignId })}
            icon={<Activity size={14} aria-hidden="true" />}
          >
            {t('campaign.watch')}
          </LinkButton>
          <CampaignActions campaign={campaign} />
        </>
      }
    >
      <div className={styles.page}>
        <BlockedNotice campaign={campaign} />
        <div className={styles.columns}>
          <Panel title={t('campaign.settings')} flush>
            <Settings key={campaignId} campaign={campaign} />
          </Panel>
          <div className={styles.side}>
            <Panel title={t('campaign.list')}>
              <ListProgress counters={campaign.counters} />
            </Panel>
            <ScreeningPanel campaignId={campaign.campaignId} />
            <Panel title={t('campaign.calls')}>
              <div className={styles.stack}>
                <AbandonmentBar counters={campaign.counters} />
                <Figures items={counterFigures(campaign.counters, t, i18n.language)} />
              </div>
            </Panel>
          </div>
        </div>
      </div>
    </Page>
  );
}

function Settings({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const { stores } = useServices();
  const trunks = useQueryData('telephony.list-trunks', {});
  const [form, setForm] = useState(() => formOf(campaign));
  const [tried, setTried] = useState(false);
  const { run, busy } = useCommand('campaign.update');
  const changed = isChanged(form, campaign);

  // somebody else saved: a form without changes of its own follows what is stored
  const stored = JSON.stringify(formOf(campaign));
  const shown = useRef(stored);
  useEffect(() => {
    setForm((now) => (JSON.stringify(now) === shown.current ? JSON.parse(stored) : now));
    shown.current = stored;
  }, [stored]);

  if (trunks.value === null) {
    return trunks.state === 'failed' ? (
      <ErrorState text={errorText(trunks.error, t)} onRetry={trunks.reload} />
    ) : (
      <Skeleton lines={9} />
    );
  }
  const submit = async (): Promise<void> => {
    setTried(true);
    if (formGaps(form).length > 0) {
      announce(t('campaign.incomplete'), 'assertive');
      return;
    }
    const saved = await run({
      campaignId: campaign.campaignId,
      name: form.name.trim(),
      settings: form.settings,
      personIds: form.personIds as PersonId[],
      ...(form.trunkId ? { trunkId: form.trunkId as TrunkId } : {}),
      ...(form.callerIdId ? { callerIdId: form.callerIdId as CallerIdId } : {}),
    });
    if (saved === null) return;
    stores.campaigns.setState((view) => ({
      ...view,
      byId: { ...view.byId, [saved.campaignId]: saved },
    }));
    setForm(formOf(saved));
    toast('done', t('campaign.saved'));
  };
  return (
    <SectionForm
      onSubmit={() => void submit()}
      actions={
        changed ? (
          <>
            <Button type="submit" look="primary" disabled={busy}>
              {t('campaign.save')}
            </Button>
            <Button look="quiet" onClick={() => setForm(formOf(campaign))}>
              {t('campaign.undo')}
            </Button>
            <span className={styles.faint}>{t('campaign.holds-from')}</span>
          </>
        ) : null
      }
    >
      <CampaignFields
        form={form}
        onChange={setForm}
        trunks={trunks.value.trunks}
        portfolioName={campaign.portfolioName}
        tried={tried}
      />
    </SectionForm>
  );
}
