import { Users } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Campaign, CampaignMode, CampaignSettings } from '#shared/contract/index.ts';
import type { PersonId } from '#shared/domain/index.ts';
import { announce } from '../../app/announcer.ts';
import { useServices } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import {
  Button,
  Field,
  NumberField,
  Panel,
  Select,
  SideSheet,
  Switch,
} from '../../components/index.ts';
import { AgentChoice, SilenceSlider, useRestedChange } from '../campaigns/index.ts';
import styles from './live-controls.module.css';
import { useSlow } from './use-slow.ts';

/** a price is a simulation of hours: it follows the team, not each break */
const priceEveryMs = 60_000;
const modes: readonly CampaignMode[] = ['preview', 'progressive', 'power', 'predictive'];

/** Changes by hand. Each holds at once, from the next decision on; there is nothing to save. */
export function LiveControls({
  campaign,
  agentsAtWork,
}: {
  campaign: Campaign;
  agentsAtWork: number;
}) {
  const { t } = useTranslation();
  const { settings } = campaign;
  const team = useSlow(Math.max(1, agentsAtWork), priceEveryMs);
  const change = useCampaignChange(campaign);
  const pacing = (part: Partial<CampaignSettings['pacing']>): Promise<unknown> =>
    change({ settings: { pacing: { ...settings.pacing, ...part } } });
  const [lines, setLines] = useRestedChange(settings.maxConcurrentCalls, (maxConcurrentCalls) =>
    change({ settings: { maxConcurrentCalls } }),
  );
  const [weight, setWeight] = useRestedChange(settings.weight, (next) =>
    change({ settings: { weight: next } }),
  );
  return (
    <Panel title={t('live.controls')}>
      <div className={styles.controls}>
        <p className={styles.note}>{t('live.controls-text')}</p>
        <Field label={t('live.mode')} hint={t(`live.mode-text.${settings.mode}`)}>
          <Select
            value={settings.mode}
            onChange={(mode) => void change({ settings: { mode } })}
            options={modes.map((mode) => ({ value: mode, label: t(`live.mode-name.${mode}`) }))}
          />
        </Field>
        {settings.mode === 'power' ? <LinesPerAgent settings={settings} pacing={pacing} /> : null}
        {settings.mode === 'predictive' ? (
          <>
            <SilenceSlider
              campaignId={campaign.campaignId}
              agents={team}
              value={settings.pacing.silentGoalPercent}
              onChange={(silentGoalPercent) => pacing({ silentGoalPercent })}
              settled
              takeBack={settings.pacing.takeBack}
              notices={settings.pacing.wrapUpNotices}
            />
            <Switch
              label={t('live.take-back')}
              hint={t('live.take-back-text', {
                seconds: Math.round(settings.pacing.minRingMs / 1000),
              })}
              checked={settings.pacing.takeBack}
              onChange={(takeBack) => void pacing({ takeBack })}
            />
          </>
        ) : null}
        <div className={styles.pair}>
          <Field label={t('live.max-lines')}>
            <NumberField
              value={lines}
              min={1}
              max={500}
              onChange={(next) => {
                if (next !== null) setLines(next);
              }}
            />
          </Field>
          <Field label={t('live.weight')}>
            <NumberField
              value={weight}
              min={1}
              max={100}
              onChange={(next) => {
                if (next !== null) setWeight(next);
              }}
            />
          </Field>
        </div>
        <p className={styles.note}>{t('live.weight-text')}</p>
        <Agents campaign={campaign} change={change} />
      </div>
    </Panel>
  );
}

function LinesPerAgent({
  settings,
  pacing,
}: {
  settings: CampaignSettings;
  pacing: (part: Partial<CampaignSettings['pacing']>) => Promise<unknown>;
}) {
  const { t } = useTranslation();
  const [value, setValue] = useRestedChange(settings.pacing.linesPerAgent, (linesPerAgent) =>
    pacing({ linesPerAgent }),
  );
  return (
    <Field label={t('live.lines-per-agent')} hint={t('live.lines-per-agent-text')}>
      <NumberField
        value={value}
        min={1}
        max={10}
        step={0.1}
        onChange={(next) => {
          if (next !== null) setValue(next);
        }}
      />
    </Field>
  );
}

type Change = (part: {
  settings?: Partial<CampaignSettings>;
  personIds?: PersonId[];
}) => Promise<unknown>;

/** Who is in and who is out, beside the board that shows what they do. */
function Agents({ campaign, change }: { campaign: Campaign; change: Change }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<Users size={14} aria-hidden="true" />} onClick={() => setOpen(true)}>
        {t('live.choose-agents')}
      </Button>
      <SideSheet
        open={open}
        onClose={() => setOpen(false)}
        title={t('live.agents-of', { name: campaign.name })}
      >
        <div className={styles.sheet}>
          <p className={styles.note}>{t('live.agents-text')}</p>
          <AgentChoice
            personIds={campaign.personIds}
            onChange={(personIds) => void change({ personIds: personIds as PersonId[] })}
          />
        </div>
      </SideSheet>
    </>
  );
}

/** Saves a part of the campaign; what the engine answers is shown before the event says the same. */
function useCampaignChange({ campaignId }: Campaign): Change {
  const { t } = useTranslation();
  const { stores } = useServices();
  const { run } = useCommand('campaign.update');
  return async (part) => {
    const saved = await run({ campaignId, ...part });
    if (saved === null) return;
    stores.campaigns.setState((view) => ({
      ...view,
      byId: { ...view.byId, [saved.campaignId]: saved },
    }));
    announce(t('live.changed'));
  };
}
