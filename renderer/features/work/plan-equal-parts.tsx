import { useTranslation } from 'react-i18next';
import { isoDateFrom } from '../../app/format/index.ts';
import { useServices } from '../../app/services.ts';
import { Button, Field, Input, Select } from '../../components/index.ts';
import form from './form.module.css';
import styles from './plan.module.css';
import { nextDayOfMonth, type PlanDraft, type PlanNeed } from './plan-draft.ts';

const counts = ['2', '3', '6', '12', '24'] as const;
const daysOfMonth = [1, 10, 15, 28] as const;

/** So many, or of such an amount; how often, from which day, and perhaps a first one of its own. */
export function EqualParts({
  draft,
  currency,
  need,
  onChange,
}: {
  draft: PlanDraft;
  currency: string;
  need: PlanNeed | null;
  onChange: (part: Partial<PlanDraft>) => void;
}) {
  const { t } = useTranslation();
  const { clock } = useServices();
  const now = clock.now();
  const error = (name: PlanNeed): string | null => (need === name ? t(`plan.need-${name}`) : null);
  return (
    <>
      <div className={form.row}>
        <Field label={t('plan.by')}>
          <Select<PlanDraft['by']>
            value={draft.by}
            onChange={(by) => onChange({ by })}
            options={[
              { value: 'count', label: t('plan.by-count') },
              { value: 'amount', label: t('plan.by-amount') },
            ]}
          />
        </Field>
        {draft.by === 'count' ? (
          <Field label={t('plan.count')} error={error('count')}>
            <Input
              data-first
              inputMode="numeric"
              autoComplete="off"
              value={draft.count}
              onChange={(event) => onChange({ count: event.currentTarget.value })}
            />
          </Field>
        ) : (
          <Field label={t('promise.amount', { currency })} error={error('amount')}>
            <Input
              data-first
              inputMode="decimal"
              autoComplete="off"
              value={draft.amount}
              onChange={(event) => onChange({ amount: event.currentTarget.value })}
            />
          </Field>
        )}
      </div>
      {draft.by === 'count' ? (
        <div className={form.quick}>
          {counts.map((count) => (
            <Button key={count} pressed={draft.count === count} onClick={() => onChange({ count })}>
              {t('plan.times', { count: Number(count) })}
            </Button>
          ))}
        </div>
      ) : null}
      <div className={form.row}>
        <Field label={t('plan.every')}>
          <Select<PlanDraft['every']>
            value={draft.every}
            onChange={(every) => onChange({ every })}
            options={(['week', 'twoWeeks', 'month'] as const).map((value) => ({
              value,
              label: t(`plan.every-${value}`),
            }))}
          />
        </Field>
        <Field label={t('plan.first-on')} error={error('first-on')}>
          <Input
            type="date"
            min={isoDateFrom(now, 0)}
            value={draft.firstOn}
            onChange={(event) => onChange({ firstOn: event.currentTarget.value })}
          />
        </Field>
      </div>
      {draft.every === 'month' ? (
        <div className={form.quick}>
          <span className={styles.quickLabel}>{t('plan.day-of-month')}</span>
          {daysOfMonth.map((day) => {
            const firstOn = nextDayOfMonth(day, now);
            return (
              <Button
                key={day}
                pressed={draft.firstOn === firstOn}
                onClick={() => onChange({ firstOn })}
              >
                {t('plan.day', { day })}
              </Button>
            );
          })}
        </div>
      ) : null}
      <Field label={t('plan.down-payment', { currency })} error={error('down-payment')}>
        <Input
          inputMode="decimal"
          autoComplete="off"
          value={draft.downPayment}
          placeholder={t('plan.none')}
          onChange={(event) => onChange({ downPayment: event.currentTarget.value })}
        />
      </Field>
    </>
  );
}
