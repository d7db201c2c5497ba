import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListStrategy } from '#shared/contract/index.ts';
import { Button, Field, IconButton, Input, NumberField, Select } from '../../components/index.ts';
import { moved } from './moved.ts';
import styles from './strategy-list.module.css';
import { newDays, parseMonthDays } from './strategy-words.ts';
import { WeightSliders } from './weight-sliders.tsx';

type Period = ListStrategy['periods'][number];
const kinds = ['fromTo', 'lastDays', 'payDays'] as const;

/** Days of the month on which something else counts: the first that fits the day holds. */
export function StrategyPeriods({
  periods,
  tried,
  onChange,
}: {
  periods: readonly Period[];
  tried: boolean;
  onChange: (periods: Period[]) => void;
}) {
  const { t } = useTranslation();
  const replace = (index: number, part: Partial<Period>): void =>
    onChange(periods.map((one, at) => (at === index ? { ...one, ...part } : one)));
  return (
    <>
      {periods.length === 0 ? <p className={styles.none}>{t('strategy.no-periods')}</p> : null}
      <ol className={styles.list}>
        {periods.map((period, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a period is its place
          <li key={index} className={styles.item}>
            <span className={styles.place} aria-hidden="true">
              {index + 1}
            </span>
            <div className={styles.body}>
              <Field
                label={t('strategy.period-name', { place: index + 1 })}
                hideLabel
                error={tried && period.name.trim() === '' ? t('strategy.name-needed') : null}
              >
                <Input
                  maxLength={80}
                  value={period.name}
                  onChange={(event) => replace(index, { name: event.currentTarget.value })}
                />
              </Field>
              <Days days={period.days} onChange={(days) => replace(index, { days })} />
              <WeightSliders
                label={t('strategy.weights-of', { name: period.name })}
                weights={period.weights}
                onChange={(weights) => replace(index, { weights })}
              />
            </div>
            <div className={styles.tools}>
              <IconButton
                label={t('strategy.up', { name: period.name })}
                icon={<ArrowUp size={14} aria-hidden="true" />}
                disabled={index === 0}
                onClick={() => onChange(moved(periods, index, -1))}
              />
              <IconButton
                label={t('strategy.down', { name: period.name })}
                icon={<ArrowDown size={14} aria-hidden="true" />}
                disabled={index === periods.length - 1}
                onClick={() => onChange(moved(periods, index, 1))}
              />
              <IconButton
                label={t('strategy.remove', { name: period.name })}
                icon={<Trash2 size={14} aria-hidden="true" />}
                onClick={() => onChange(periods.filter((_, at) => at !== index))}
              />
            </div>
          </li>
        ))}
      </ol>
      <div>
        <Button
          icon={<Plus size={14} aria-hidden="true" />}
          disabled={periods.length >= 10}
          onClick={() =>
            onChange([
              ...periods,
              { name: t('strategy.period-first'), days: newDays('fromTo'), weights: {} },
            ])
          }
        >
          {t('strategy.add-period')}
        </Button>
      </div>
    </>
  );
}

function Days({
  days,
  onChange,
}: {
  days: Period['days'];
  onChange: (days: Period['days']) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className={styles.days}>
      <Field label={t('strategy.days')}>
        <Select
          value={days.kind}
          options={kinds.map((kind) => ({ value: kind, label: t(`strategy.days-${kind}`) }))}
          onChange={(kind) => onChange(newDays(kind))}
        />
      </Field>
      {days.kind === 'fromTo'
        ? (['from', 'to'] as const).map((edge) => (
            <Field key={edge} label={t(`strategy.day-${edge}`)}>
              <NumberField
                value={days[edge]}
                min={1}
                max={31}
                onChange={(value) => value !== null && onChange({ ...days, [edge]: value })}
              />
            </Field>
          ))
        : null}
      {days.kind === 'lastDays' ? (
        <Field label={t('strategy.day-count')}>
          <NumberField
            value={days.days}
            min={1}
            max={31}
            onChange={(value) => value !== null && onChange({ ...days, days: value })}
          />
        </Field>
      ) : null}
      {days.kind === 'payDays' ? <PayDays days={days} onChange={onChange} /> : null}
    </div>
  );
}

function PayDays({
  days,
  onChange,
}: {
  days: Extract<Period['days'], { kind: 'payDays' }>;
  onChange: (days: Period['days']) => void;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState(() => days.days.join(', '));
  return (
    <>
      <Field label={t('strategy.pay-days')} hint={t('strategy.pay-days-hint')}>
        <Input
          inputMode="numeric"
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            const read = parseMonthDays(event.currentTarget.value);
            if (read.length > 0) onChange({ ...days, days: read });
          }}
          onBlur={() => setText(days.days.join(', '))}
        />
      </Field>
      <Field label={t('strategy.days-after')}>
        <NumberField
          value={days.after}
          min={0}
          max={7}
          onChange={(after) => after !== null && onChange({ ...days, after })}
        />
      </Field>
    </>
  );
}
