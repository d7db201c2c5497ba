import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Campaign } from '#shared/contract/index.ts';
import type { CallerIdId, PersonId, TrunkId } from '#shared/domain/index.ts';
import { announce } from '../../app/announcer.ts';
import { errorText } from '../../app/errors.ts';
import { keptWork, useKeepWork } from '../../app/kept-work.ts';
import { useServices } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { SectionForm } from '../../components/form-section.tsx';
import { Button, ErrorState, Skeleton, toast } from '../../components/index.ts';
import { CampaignEditor } from './campaign-editor.tsx';
import styles from './campaign-preparation.module.css';
import { changedParts } from './editor-parts.ts';
import { openGap } from './gap-part.ts';
import { type CampaignForm, formGaps, formOf } from './settings-form.ts';

/** The settings of a campaign; they hold from the next call on. */
export function CampaignPreparation({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const { stores } = useServices();
  const trunks = useQueryData('telephony.list-trunks', {});
  const workKey = `campaign:${campaign.campaignId}`;
  const [form, setForm] = useState(() => keptWork<CampaignForm>(workKey) ?? formOf(campaign));
  const [tried, setTried] = useState(false);
  const { run, busy } = useCommand('campaign.update');
  const changed = changedParts(form, formOf(campaign));
  useKeepWork(workKey, form, changed.length > 0);

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
    const gaps = formGaps(form);
    if (gaps.length > 0) {
      announce(t('campaign.incomplete'), 'assertive');
      openGap(gaps);
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
        changed.length > 0 ? (
          <>
            <Button type="submit" look="primary" disabled={busy}>
              {t('campaign.save')}
            </Button>
            <Button look="quiet" onClick={() => setForm(formOf(campaign))}>
              {t('campaign.undo')}
            </Button>
            <span className={styles.faint}>
              {t(campaign.status === 'running' ? 'campaign.holds-at-once' : 'campaign.holds-from')}
            </span>
          </>
        ) : null
      }
    >
      <CampaignEditor
        form={form}
        onChange={setForm}
        campaignId={campaign.campaignId}
        changed={changed}
        trunks={trunks.value.trunks}
        portfolioName={campaign.portfolioName}
        tried={tried}
      />
    </SectionForm>
  );
}
