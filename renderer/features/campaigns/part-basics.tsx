import { useTranslation } from 'react-i18next';
import { formatPhone } from '../../app/format/index.ts';
import { toHash } from '../../app/router.ts';
import { FieldRow, FormSection } from '../../components/form-section.tsx';
import { Field, Input, NumberField, Select, Switch } from '../../components/index.ts';
import { AgentChoice } from './agent-choice.tsx';
import styles from './campaign-fields.module.css';
import type { PartProps } from './part-props.ts';
import { formGaps, withTrunk } from './settings-form.ts';

/** Whom a campaign calls, over which line, and who takes the calls. */
export function BasicsPart(props: PartProps) {
  const { t } = useTranslation();
  const { form, onChange, set } = props;
  return (
    <>
      <WhoToCall {...props} />
      <ThroughWhat {...props} />
      <FormSection title={t('campaign.agents')} text={t('campaign.agents-text')}>
        <AgentChoice
          personIds={form.personIds}
          onChange={(personIds) => onChange({ ...form, personIds })}
        />
        <Field label={t('campaign.weight')} hint={t('campaign.weight-hint')}>
          <NumberField
            value={form.settings.weight}
            min={1}
            max={100}
            onChange={(weight) => weight !== null && set({ weight })}
          />
        </Field>
      </FormSection>
      <FormSection title={t('campaign.recording')}>
        <Switch
          label={t('campaign.record')}
          hint={t('campaign.record-hint')}
          checked={form.settings.recordCalls}
          onChange={(recordCalls) => set({ recordCalls })}
        />
      </FormSection>
    </>
  );
}

function WhoToCall({ form, onChange, portfolios, portfolioName, tried }: PartProps) {
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

function ThroughWhat({ form, onChange, trunks }: PartProps) {
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
