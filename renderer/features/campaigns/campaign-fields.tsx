import { useTranslation } from 'react-i18next';
import {
  type CampaignSettings,
  defaultCampaignSettings,
  type Trunk,
} from '#shared/contract/index.ts';
import { formatPhone } from '../../app/format/index.ts';
import { toHash } from '../../app/router.ts';
import { FieldRow, FormSection } from '../../components/form-section.tsx';
import { Field, Input, NumberField, Select, Switch } from '../../components/index.ts';
import { AgentChoice } from './agent-choice.tsx';
import styles from './campaign-fields.module.css';
import { DurationField } from './duration-field.tsx';
import {
  type CampaignForm,
  formGaps,
  type RetryName,
  retryNames,
  withTrunk,
} from './settings-form.ts';

export interface CampaignFieldsProps {
  form: CampaignForm;
  onChange: (form: CampaignForm) => void;
  trunks: readonly Trunk[];
  /** absent: the campaign exists, and its portfolio is settled */
  portfolios?: readonly { portfolioId: string; name: string }[];
  portfolioName: string;
  /** a person has tried to save: gaps are shown */
  tried: boolean;
}

/** Everything about a campaign that a person decides. */
export function CampaignFields(props: CampaignFieldsProps) {
  const { t } = useTranslation();
  const { form, onChange } = props;
  const set = (part: Partial<CampaignSettings>): void =>
    onChange({ ...form, settings: { ...form.settings, ...part } });
  return (
    <>
      <WhoToCall {...props} />
      <ThroughWhat {...props} />
      <FormSection title={t('campaign.pace')} text={t('campaign.pace-text')}>
        <Pace settings={form.settings} set={set} />
      </FormSection>
      <FormSection title={t('campaign.retries')} text={t('campaign.retries-text')}>
        <Retries settings={form.settings} set={set} />
      </FormSection>
      <FormSection title={t('campaign.agents')} text={t('campaign.agents-text')}>
        <AgentChoice
          personIds={form.personIds}
          onChange={(personIds) => onChange({ ...form, personIds })}
        />
      </FormSection>
    </>
  );
}

function WhoToCall({ form, onChange, portfolios, portfolioName, tried }: CampaignFieldsProps) {
  const { t } = useTranslation();
  const gaps = tried ? formGaps(form) : [];
  return (
    <FormSection title={t('campaign.who')}>
      <Field
        label={t('campaign.name')}
        error={gaps.includes('name') ? t('campaign.name-needed') : null}
      >
        <Input
          maxLength={120}
          value={form.name}
          onChange={(event) => onChange({ ...form, name: event.currentTarget.value })}
        />
      </Field>
      {portfolios ? (
        <Field
          label={t('campaign.portfolio')}
          error={gaps.includes('portfolio') ? t('campaign.portfolio-needed') : null}
        >
          <Select
            value={form.portfolioId || null}
            placeholder={t('campaign.choose')}
            onChange={(portfolioId) => onChange({ ...form, portfolioId })}
            options={portfolios.map((one) => ({ value: one.portfolioId, label: one.name }))}
          />
        </Field>
      ) : (
        <p className={styles.fixed}>
          <span className={styles.fixedLabel}>{t('campaign.portfolio')}</span>
          <a href={toHash('/portfolio', { portfolio: form.portfolioId })}>{portfolioName}</a>
        </p>
      )}
    </FormSection>
  );
}

function ThroughWhat({ form, onChange, trunks }: CampaignFieldsProps) {
  const { t } = useTranslation();
  const trunk = trunks.find((one) => one.trunkId === form.trunkId);
  const numbers = trunk?.callerIds ?? [];
  return (
    <FormSection title={t('campaign.through')} text={t('campaign.through-text')}>
      <FieldRow>
        <Field label={t('campaign.trunk')}>
          <Select
            value={form.trunkId || null}
            placeholder={trunks.length === 0 ? t('campaign.no-trunks') : t('campaign.choose')}
            disabled={trunks.length === 0}
            onChange={(trunkId) => {
              const next = trunks.find((one) => one.trunkId === trunkId);
              if (next) onChange(withTrunk(form, next));
            }}
            options={trunks.map((one) => ({
              value: one.trunkId as string,
              label: one.settings.name,
            }))}
          />
        </Field>
        <Field label={t('campaign.caller-id')} hint={t('campaign.caller-id-hint')}>
          <Select
            value={form.callerIdId || null}
            placeholder={
              trunk && numbers.length === 0 ? t('campaign.no-numbers') : t('campaign.choose')
            }
            disabled={numbers.length === 0}
            onChange={(callerIdId) => onChange({ ...form, callerIdId })}
            options={numbers.map((one) => ({
              value: one.callerIdId as string,
              label: one.label ? `${formatPhone(one.e164)} · ${one.label}` : formatPhone(one.e164),
            }))}
          />
        </Field>
      </FieldRow>
    </FormSection>
  );
}

interface Part {
  settings: CampaignSettings;
  set: (part: Partial<CampaignSettings>) => void;
}

function Pace({ settings, set }: Part) {
  const { t } = useTranslation();
  return (
    <>
      <FieldRow>
        <Field label={t('campaign.mode')} hint={t('campaign.mode-progressive-text')}>
          <Select
            value={settings.mode}
            onChange={(mode) => set({ mode })}
            options={[{ value: 'progressive', label: t('campaign.mode-progressive') }]}
          />
        </Field>
        <Field label={t('campaign.max-lines')} hint={t('campaign.max-lines-hint')}>
          <NumberField
            value={settings.maxConcurrentCalls}
            min={1}
            max={500}
            onChange={(value) => value !== null && set({ maxConcurrentCalls: value })}
          />
        </Field>
      </FieldRow>
      <FieldRow>
        <Field label={t('campaign.ring-timeout')} hint={t('campaign.ring-timeout-hint')}>
          <NumberField
            value={settings.ringTimeoutMs / 1000}
            min={5}
            max={120}
            unit={t('campaign.seconds-short')}
            onChange={(value) => value !== null && set({ ringTimeoutMs: value * 1000 })}
          />
        </Field>
        <Field label={t('campaign.agent-limit')} hint={t('campaign.agent-limit-hint')}>
          <NumberField
            value={settings.answerToAgentMaxMs / 1000}
            min={0}
            max={10}
            step={0.5}
            unit={t('campaign.seconds-short')}
            onChange={(value) =>
              value !== null && set({ answerToAgentMaxMs: Math.round(value * 1000) })
            }
          />
        </Field>
      </FieldRow>
      <WrapUp settings={settings} set={set} />
      <Switch
        label={t('campaign.record')}
        hint={t('campaign.record-hint')}
        checked={settings.recordCalls}
        onChange={(recordCalls) => set({ recordCalls })}
      />
    </>
  );
}

function WrapUp({ settings, set }: Part) {
  const { t } = useTranslation();
  return (
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
  );
}

const retryKeys: Record<RetryName, string> = {
  noAnswerMs: 'campaign.retry-no-answer',
  busyMs: 'campaign.retry-busy',
  rejectedMs: 'campaign.retry-rejected',
  machineMs: 'campaign.retry-machine',
  networkFailureMs: 'campaign.retry-network',
  abandonedMs: 'campaign.retry-abandoned',
};

function Retries({ settings, set }: Part) {
  const { t } = useTranslation();
  const { retry } = settings;
  return (
    <>
      <div className={styles.retries}>
        {retryNames.map((name) => (
          <Labelled key={name} label={t(retryKeys[name])}>
            <DurationField
              label={t(retryKeys[name])}
              valueMs={retry[name]}
              fallbackMs={defaultCampaignSettings.retry[name] ?? 3_600_000}
              units={['minute', 'hour', 'day']}
              neverLabel={t('campaign.retry-never')}
              onChange={(ms) => set({ retry: { ...retry, [name]: ms } })}
            />
          </Labelled>
        ))}
      </div>
      <Field label={t('campaign.max-attempts')} hint={t('campaign.max-attempts-hint')}>
        <NumberField
          value={retry.maxAttemptsPerDebtor}
          min={1}
          max={100}
          onChange={(value) =>
            value !== null && set({ retry: { ...retry, maxAttemptsPerDebtor: value } })
          }
        />
      </Field>
    </>
  );
}

/** A label over a group of controls that name themselves. */
function Labelled({
  label,
  hint,
  children,
}: {
  label: string;
  hint?: string;
  children: React.ReactNode;
}) {
  return (
    <div className={styles.labelled}>
      <span className={styles.fixedLabel}>{label}</span>
      {children}
      {hint ? <span className={styles.hint}>{hint}</span> : null}
    </div>
  );
}
