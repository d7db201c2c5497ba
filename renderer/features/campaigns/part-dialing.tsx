import { useTranslation } from 'react-i18next';
import { defaultCampaignSettings, type PacingSettings } from '#shared/contract/index.ts';
import { FieldRow, FormSection } from '../../components/form-section.tsx';
import { Field, NumberField, Select, Switch } from '../../components/index.ts';
import { DurationField } from './duration-field.tsx';
import { GoalTable } from './goal-table.tsx';
import { Labelled } from './labelled.tsx';
import { ModeCards } from './mode-cards.tsx';
import type { PartProps } from './part-props.ts';
import { SilenceSlider } from './silence-slider.tsx';
import { useTeamSize } from './use-team-size.ts';
import { WideSection } from './wide-section.tsx';

/** How a campaign dials, and what each way of dialing asks for. */
export function DialingPart(props: PartProps) {
  const { t } = useTranslation();
  const { settings } = props.form;
  const setPacing = (part: Partial<PacingSettings>): void =>
    props.set({ pacing: { ...settings.pacing, ...part } });
  return (
    <>
      <WideSection title={t('campaign.mode')} text={t('campaign.mode-text')}>
        <ModeCards value={settings.mode} onChange={(mode) => props.set({ mode })} />
      </WideSection>
      {settings.mode === 'preview' ? <Preview {...props} /> : null}
      {settings.mode === 'power' ? <Power {...props} setPacing={setPacing} /> : null}
      {settings.mode === 'predictive' ? <Predictive {...props} setPacing={setPacing} /> : null}
      <Lines {...props} />
    </>
  );
}

interface PacingPart extends PartProps {
  setPacing: (part: Partial<PacingSettings>) => void;
}

function Preview({ form, set }: PartProps) {
  const { t } = useTranslation();
  return (
    <FormSection title={t('campaign.preview-time')} text={t('campaign.preview-time-text')}>
      <Labelled label={t('campaign.preview-after')} hint={t('campaign.preview-after-hint')}>
        <DurationField
          label={t('campaign.preview-after')}
          valueMs={form.settings.previewMs}
          fallbackMs={defaultCampaignSettings.previewMs ?? 30_000}
          units={['second', 'minute']}
          neverLabel={t('campaign.preview-never')}
          onChange={(previewMs) =>
            set({ previewMs: previewMs === null ? null : within(previewMs) })
          }
        />
      </Labelled>
    </FormSection>
  );
}

/** what the contract takes: from three seconds to ten minutes */
const within = (previewMs: number): number => Math.min(600_000, Math.max(3_000, previewMs));

function Power({ form, setPacing }: PacingPart) {
  const { t } = useTranslation();
  return (
    <FormSection title={t('campaign.power')} text={t('campaign.power-text')}>
      <Field label={t('campaign.lines-per-agent')} hint={t('campaign.lines-per-agent-hint')}>
        <NumberField
          value={form.settings.pacing.linesPerAgent}
          min={1}
          max={10}
          step={0.1}
          onChange={(linesPerAgent) => linesPerAgent !== null && setPacing({ linesPerAgent })}
        />
      </Field>
      <TakeBack pacing={form.settings.pacing} setPacing={setPacing} />
    </FormSection>
  );
}

function Predictive({ form, campaignId, setPacing }: PacingPart) {
  const { t } = useTranslation();
  const { pacing } = form.settings;
  const agents = useTeamSize(form.personIds);
  const asked = {
    ...(campaignId ? { campaignId } : {}),
    agents,
    takeBack: pacing.takeBack,
    notices: pacing.wrapUpNotices,
  };
  return (
    <>
      <FormSection title={t('campaign.silence-goal')} text={t('campaign.silence-goal-text')}>
        <SilenceSlider
          {...asked}
          value={pacing.silentGoalPercent}
          onChange={(silentGoalPercent) => setPacing({ silentGoalPercent })}
        />
        <GoalTable {...asked} goalPercent={pacing.silentGoalPercent} />
        <Field label={t('campaign.goal-window')} hint={t('campaign.goal-window-hint')}>
          <Select
            value={pacing.goalWindow}
            onChange={(goalWindow) => setPacing({ goalWindow })}
            options={[
              { value: 'day', label: t('campaign.goal-window-day') },
              { value: 'days30', label: t('campaign.goal-window-days30') },
            ]}
          />
        </Field>
      </FormSection>
      <FormSection title={t('campaign.helps')} text={t('campaign.helps-text')}>
        <TakeBack pacing={pacing} setPacing={setPacing} />
        <Switch
          label={t('campaign.notices')}
          hint={t('campaign.notices-hint')}
          checked={pacing.wrapUpNotices}
          onChange={(wrapUpNotices) => setPacing({ wrapUpNotices })}
        />
        <Field label={t('campaign.dial-price')} hint={t('campaign.dial-price-hint')}>
          <NumberField
            value={pacing.dialPriceS}
            min={0}
            max={600}
            step={5}
            unit={t('campaign.seconds-short')}
            onChange={(dialPriceS) => dialPriceS !== null && setPacing({ dialPriceS })}
          />
        </Field>
      </FormSection>
    </>
  );
}

function TakeBack({
  pacing,
  setPacing,
}: {
  pacing: PacingSettings;
  setPacing: PacingPart['setPacing'];
}) {
  const { t } = useTranslation();
  return (
    <>
      <Switch
        label={t('campaign.take-back')}
        hint={t('campaign.take-back-hint')}
        checked={pacing.takeBack}
        onChange={(takeBack) => setPacing({ takeBack })}
      />
      {pacing.takeBack ? (
        <Field label={t('campaign.min-ring')} hint={t('campaign.min-ring-hint')}>
          <NumberField
            value={pacing.minRingMs / 1000}
            min={15}
            max={60}
            unit={t('campaign.seconds-short')}
            onChange={(value) => value !== null && setPacing({ minRingMs: value * 1000 })}
          />
        </Field>
      ) : null}
    </>
  );
}

function Lines({ form, set }: PartProps) {
  const { t } = useTranslation();
  const { settings } = form;
  return (
    <FormSection title={t('campaign.pace')} text={t('campaign.pace-text')}>
      <FieldRow>
        <Field label={t('campaign.max-lines')} hint={t('campaign.max-lines-hint')}>
          <NumberField
            value={settings.maxConcurrentCalls}
            min={1}
            max={500}
            onChange={(value) => value !== null && set({ maxConcurrentCalls: value })}
          />
        </Field>
        <Field label={t('campaign.ring-timeout')} hint={t('campaign.ring-timeout-hint')}>
          <NumberField
            value={settings.ringTimeoutMs / 1000}
            min={5}
            max={120}
            unit={t('campaign.seconds-short')}
            onChange={(value) => value !== null && set({ ringTimeoutMs: value * 1000 })}
          />
        </Field>
      </FieldRow>
      <Labelled label={t('campaign.wrap-up')} hint={t('campaign.wrap-up-hint')}>
        <DurationField
          label={t('campaign.wrap-up')}
          valueMs={settings.wrapUpMs}
          fallbackMs={defaultCampaignSettings.wrapUpMs ?? 60_000}
          units={['second', 'minute']}
          neverLabel={t('campaign.wrap-up-never')}
          onChange={(wrapUpMs) => set({ wrapUpMs })}
        />
      </Labelled>
    </FormSection>
  );
}
