import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListFilter } from '#shared/contract/index.ts';
import { formatAmount, parseAmount } from '../../app/format/index.ts';
import { Field, Input, Select } from '../../components/index.ts';
import styles from './condition-editor.module.css';
import type { Choices } from './condition-editor.tsx';
import { plainCurrency } from './condition-text.ts';
import { withCondition } from './conditions.ts';

const any = 'any';

/** From how much to how much is owed, in one currency or in any. */
export function AmountRange({
  filter,
  choices,
  onChange,
}: {
  filter: ListFilter;
  choices: Choices | null;
  onChange: (filter: ListFilter) => void;
}) {
  const { t, i18n } = useTranslation();
  const amount = filter.amount ?? {};
  const currency = amount.currency ?? plainCurrency;
  const write = (value: number | undefined): string =>
    value === undefined ? '' : formatAmount({ amountMinor: value, currency }, i18n.language);
  const [from, setFrom] = useState(() => write(amount.fromMinor));
  const [to, setTo] = useState(() => write(amount.toMinor));
  const set = (part: NonNullable<ListFilter['amount']>): void =>
    onChange(withCondition(filter, 'amount', { ...amount, ...part }));
  const read = (text: string): number | undefined => parseAmount(text, currency) ?? undefined;
  const wrong = (text: string): string | null =>
    text.trim() !== '' && read(text) === undefined ? t('filter.no-amount') : null;
  return (
    <>
      <div className={styles.pair}>
        <Field label={t('filter.from-amount')} error={wrong(from)}>
          <Input
            inputMode="decimal"
            value={from}
            onChange={(event) => {
              setFrom(event.currentTarget.value);
              set({ fromMinor: read(event.currentTarget.value) } as typeof amount);
            }}
          />
        </Field>
        <Field label={t('filter.to-amount')} error={wrong(to)}>
          <Input
            inputMode="decimal"
            value={to}
            onChange={(event) => {
              setTo(event.currentTarget.value);
              set({ toMinor: read(event.currentTarget.value) } as typeof amount);
            }}
          />
        </Field>
      </div>
      <Field label={t('import.currency')}>
        <Select
          value={amount.currency ?? any}
          onChange={(next) => set({ currency: next === any ? undefined : next } as typeof amount)}
          options={[
            { value: any as string, label: t('filter.any-currency') },
            ...(choices?.currencies ?? []).map((value) => ({ value, label: value })),
          ]}
        />
      </Field>
    </>
  );
}
