import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallerIdId, PersonId, PortfolioId, TrunkId } from '#shared/domain/index.ts';
import { announce } from '../../app/announcer.ts';
import { errorText } from '../../app/errors.ts';
import { forgetWork, keptWork, useKeepWork } from '../../app/kept-work.ts';
import { navigate, toHash, useQuery } from '../../app/router.ts';
import { useServices } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { SectionForm } from '../../components/form-section.tsx';
import { Button, EmptyState, ErrorState, Page, Panel, Skeleton } from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { CampaignEditor } from './campaign-editor.tsx';
import { changedParts } from './editor-parts.ts';
import { openGap } from './gap-part.ts';
import type { PartProps } from './part-props.ts';
import { type CampaignForm, formGaps, newForm } from './settings-form.ts';

/** A campaign from nothing: with one portfolio and one trunk only the name is left to look at. */
export function NewCampaignPage() {
  const { t } = useTranslation();
  const [wanted] = useQuery('portfolio');
  const portfolios = useQueryData('debtor.list-portfolios', {});
  const trunks = useQueryData('telephony.list-trunks', {});
  const failed = [portfolios, trunks].find((one) => one.state === 'failed' && one.value === null);

  const content = (): React.ReactNode => {
    if (failed?.state === 'failed') {
      return <ErrorState text={errorText(failed.error, t)} onRetry={failed.reload} />;
    }
    if (portfolios.value === null || trunks.value === null) return <Skeleton lines={9} />;
    const list = portfolios.value.portfolios;
    if (list.length === 0) {
      return (
        <EmptyState
          title={t('campaign.needs-portfolio')}
          text={t('campaign.needs-portfolio-text')}
          action={
            <LinkButton look="primary" href={toHash('/import')}>
              {t('portfolio.import')}
            </LinkButton>
          }
        />
      );
    }
    const first =
      list.find((one) => one.portfolioId === wanted) ??
      (list.length === 1 ? list[0] : null) ??
      null;
    return (
      <Create
        key={wanted}
        initial={newForm(first, trunks.value.trunks)}
        portfolios={list}
        trunks={trunks.value.trunks}
      />
    );
  };
  return (
    <Page title={t('campaign.new')}>
      <Panel title={t('campaign.new')} hideTitle flush>
        {content()}
      </Panel>
    </Page>
  );
}

function Create({
  initial,
  portfolios,
  trunks,
}: {
  initial: CampaignForm;
  portfolios: NonNullable<PartProps['portfolios']>;
  trunks: PartProps['trunks'];
}) {
  const { t } = useTranslation();
  const workKey = `campaign:new:${initial.portfolioId}`;
  const [form, setForm] = useState(() => keptWork<CampaignForm>(workKey) ?? initial);
  const changed = changedParts(form, initial);
  useKeepWork(workKey, form, changed.length > 0);
  const [tried, setTried] = useState(false);
  const { run, busy } = useCommand('campaign.create');
  const { stores } = useServices();

  const submit = async (): Promise<void> => {
    setTried(true);
    const gaps = formGaps(form);
    if (gaps.length > 0) {
      announce(t('campaign.incomplete'), 'assertive');
      openGap(gaps);
      return;
    }
    const made = await run({
      name: form.name.trim(),
      portfolioId: form.portfolioId as PortfolioId,
      settings: form.settings,
      ...(form.trunkId ? { trunkId: form.trunkId as TrunkId } : {}),
      ...(form.callerIdId ? { callerIdId: form.callerIdId as CallerIdId } : {}),
      ...(form.personIds.length > 0 ? { personIds: form.personIds as PersonId[] } : {}),
    });
    if (made === null) return;
    forgetWork(workKey);
    // the event says the same; the page that opens now needs it at once
    stores.campaigns.setState((view) => ({
      ...view,
      byId: { ...view.byId, [made.campaignId]: made },
    }));
    navigate(`/campaigns/${made.campaignId}`);
  };
  return (
    <SectionForm
      onSubmit={() => void submit()}
      actions={
        <>
          <Button type="submit" look="primary" disabled={busy}>
            {t('campaign.create')}
          </Button>
          <LinkButton look="quiet" href={toHash('/campaigns')} onClick={() => forgetWork(workKey)}>
            {t('common.cancel')}
          </LinkButton>
        </>
      }
    >
      <CampaignEditor
        form={form}
        onChange={setForm}
        campaignId={null}
        changed={changed}
        trunks={trunks}
        portfolios={portfolios}
        portfolioName=""
        tried={tried}
      />
    </SectionForm>
  );
}
