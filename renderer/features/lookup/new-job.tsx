import { Search } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandInput, CommandOutput, LookupJob } from '#shared/contract/index.ts';
import { announce } from '../../app/announcer.ts';
import { errorText } from '../../app/errors.ts';
import { useCommand } from '../../app/use-command.ts';
import { type QueryData, useQueryData } from '../../app/use-query-data.ts';
import { EstimateBox } from '../../components/estimate-box.tsx';
import { Figures } from '../../components/figures.tsx';
import {
  Button,
  ErrorState,
  Field,
  NumberField,
  Panel,
  Select,
  Skeleton,
} from '../../components/index.ts';
import { OptionalNumber } from '../campaigns/optional-number.tsx';
import { ScopeConditions, ScopeFields } from '../portfolio/scope-fields.tsx';
import { useScopeChoice } from '../portfolio/use-scope-choice.ts';
import { useLater } from '../rules/use-later.ts';
import styles from './lookup-tab.module.css';
import { microText, toMicro } from './micro-money.ts';

const ways = ['campaign', 'portfolio', 'filter'] as const;

/** A new job: whose numbers, what it will cost, and where it stops. Nothing is asked before the cost is on the page. */
export function NewJob({
  gateways,
  onStarted,
}: {
  gateways: QueryData<CommandOutput<'lookup.list-gateways'>>;
  onStarted: (job: LookupJob) => void;
}) {
  const { t } = useTranslation();
  const usable = gateways.value?.gateways.filter((one) => one.enabled) ?? [];
  const [gatewayId, setGatewayId] = useState('');
  const chosen = useScopeChoice('campaign');
  const [maxAgeDays, setMaxAgeDays] = useState(30);
  const [budget, setBudget] = useState<number | null>(null);
  const { run, busy } = useCommand('lookup.start');
  const gateway = usable.find((one) => one.lookupGatewayId === gatewayId) ?? usable[0];
  const scope: CommandInput<'lookup.estimate'>['scope'] | null =
    chosen.scope === null ? null : { ...chosen.scope, maxAgeDays };
  const asked = useLater(
    gateway && scope ? JSON.stringify({ lookupGatewayId: gateway.lookupGatewayId, scope }) : '',
    300,
  );
  const estimate = useQueryData(
    'lookup.estimate',
    asked === '' ? null : (JSON.parse(asked) as CommandInput<'lookup.estimate'>),
  );
  if (gateways.value !== null && usable.length === 0) return null;

  const settled =
    gateway !== undefined &&
    scope !== null &&
    asked === JSON.stringify({ lookupGatewayId: gateway.lookupGatewayId, scope });
  const known = settled && estimate.state === 'ready' ? estimate.value : null;
  const start = async (): Promise<void> => {
    if (gateway === undefined || scope === null || known === null) return;
    const job = await run({
      lookupGatewayId: gateway.lookupGatewayId,
      scope,
      budgetMicro: budget === null ? null : toMicro(budget),
    });
    if (job === null) return;
    announce(t('lookup.started'));
    onStarted(job);
  };
  return (
    <Panel title={t('lookup.new-job')}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void start();
        }}
      >
        <div className={styles.row}>
          <Field label={t('lookup.gateway')}>
            <Select
              value={gateway?.lookupGatewayId ?? null}
              options={usable.map((one) => ({
                value: one.lookupGatewayId as string,
                label: one.name,
              }))}
              onChange={setGatewayId}
            />
          </Field>
          <ScopeFields
            of={chosen}
            label={t('lookup.whose')}
            ways={ways.map((value) => ({ value, label: t(`lookup.whose-${value}`) }))}
          />
          <Field label={t('lookup.max-age')} hint={t('lookup.max-age-hint')}>
            <NumberField
              value={maxAgeDays}
              min={0}
              max={365}
              unit={t('campaign.days-short')}
              onChange={(value) => value !== null && setMaxAgeDays(value)}
            />
          </Field>
        </div>
        <ScopeConditions of={chosen} />
        {scope === null ? (
          <p className={styles.faint}>{t('lookup.choose-scope')}</p>
        ) : estimate.state === 'failed' && settled ? (
          <ErrorState text={errorText(estimate.error, t)} onRetry={estimate.reload} />
        ) : estimate.value === null ? (
          <Skeleton lines={3} />
        ) : (
          <Estimate estimate={estimate.value} busy={known === null} />
        )}
        <OptionalNumber
          label={t('lookup.budget', { currency: gateway?.currency ?? '' })}
          hint={t('lookup.budget-hint')}
          value={budget}
          fallback={10}
          min={0}
          max={1_000_000}
          onChange={setBudget}
        />
        <div className={styles.actions}>
          <Button
            type="submit"
            look="primary"
            icon={<Search size={14} aria-hidden="true" />}
            disabled={busy || known === null || known.toAsk === 0}
          >
            {t('lookup.start')}
          </Button>
          {known !== null && known.toAsk === 0 ? (
            <span className={styles.faint}>{t('lookup.nothing-to-ask')}</span>
          ) : null}
        </div>
      </form>
    </Panel>
  );
}

function Estimate({
  estimate,
  busy,
}: {
  estimate: CommandOutput<'lookup.estimate'>;
  busy: boolean;
}) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <EstimateBox busy={busy}>
      <Figures
        items={[
          { id: 'numbers', label: t('lookup.numbers'), value: number.format(estimate.numbers) },
          {
            id: 'cache',
            label: t('lookup.from-cache'),
            value: number.format(estimate.fromCache),
            note: t('lookup.free'),
          },
          { id: 'ask', label: t('lookup.to-ask'), value: number.format(estimate.toAsk) },
          {
            id: 'cost',
            label: t('lookup.cost'),
            value: microText(estimate.costMicro, estimate.currency, i18n.language),
          },
        ]}
      />
    </EstimateBox>
  );
}
