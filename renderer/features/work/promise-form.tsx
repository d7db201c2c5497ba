import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DebtorCard } from '#shared/contract/index.ts';
import {
  formatAmount,
  formatIsoDate,
  formatMoney,
  isoDateFrom,
  minorDigits,
  parseAmount,
} from '../../app/format/index.ts';
import { useDraft, useServices } from '../../app/services.ts';
import { Button, classNames, Field, Input, Select } from '../../components/index.ts';
import styles from './form.module.css';
import { leaveFieldOnEscape } from './leave-field.ts';
import {
  openDebts,
  type PromiseDraft,
  promiseCurrency,
  promiseNeed,
  proposePromise,
  suggestAmounts,
  suggestDates,
} from './promise-draft.ts';

/**
 * Amount, date and debt of a promise, with what people usually agree on one press away. Enter saves; what is typed is
 * kept at once.
 */
export function PromiseForm({
  card,
  draftKey,
  submitLabel,
  busy = false,
  inSheet = false,
  onSubmit,
}: {
  card: DebtorCard | null;
  draftKey: string;
  submitLabel: string;
  busy?: boolean;
  /** Esc closes the sheet; elsewhere it leaves the field */
  inSheet?: boolean;
  onSubmit: () => void;
}) {
  const { t } = useTranslation();
  const { stores, clock } = useServices();
  const draft = useDraft(draftKey);
  const [tried, setTried] = useState(false);
  const now = clock.now();
  const today = isoDateFrom(now, 0);
  const promise = draft.promise ?? proposePromise(card, isoDateFrom(now, 7));
  const need = promiseNeed(promise, card, today);
  const change = (part: Partial<PromiseDraft>): void =>
    stores.drafts.change(draftKey, {
      promise: { ...promise, ...part },
      title: card?.displayName ?? '',
    });
  const currency = promiseCurrency(card, promise.debtId) ?? '';

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (need === null) {
      if (draft.promise === null) change({});
      onSubmit();
    }
  };
  const error = (name: string): string | null =>
    need === name && (tried || promise.amount !== '') ? t(`outcome.need-${name}`) : null;

  return (
    <form
      className={classNames(styles.form, !inSheet && styles.tight)}
      onSubmit={submit}
      onKeyDown={inSheet ? undefined : leaveFieldOnEscape}
      aria-label={t('outcome.promise')}
      noValidate
    >
      <DebtChoice card={card} debtId={promise.debtId} onChange={(debtId) => change({ debtId })} />
      <Field
        label={t('promise.amount', { currency })}
        error={error('promise-amount') ?? error('promise-too-much')}
      >
        <Input
          data-first
          inputMode="decimal"
          autoComplete="off"
          value={promise.amount}
          onChange={(event) => change({ amount: event.currentTarget.value })}
        />
      </Field>
      <AmountChoice card={card} promise={promise} onChange={(amount) => change({ amount })} />
      <Field label={t('promise.due')} error={error('promise-date')}>
        <Input
          type="date"
          min={today}
          value={promise.dueOn}
          onChange={(event) => change({ dueOn: event.currentTarget.value })}
        />
      </Field>
      <DateChoice now={now} dueOn={promise.dueOn} onChange={(dueOn) => change({ dueOn })} />
      <Button type="submit" look="primary" wide shortcut="Enter" disabled={busy}>
        {submitLabel}
      </Button>
    </form>
  );
}

/** Which debt it is about; nothing to choose where there is one. */
export function DebtChoice({
  card,
  debtId,
  onChange,
}: {
  card: DebtorCard | null;
  debtId: string;
  onChange: (debtId: string) => void;
}) {
  const { t, i18n } = useTranslation();
  const debts = openDebts(card);
  if (debts.length < 2) return null;
  return (
    <Field label={t('promise.debt')}>
      <Select
        value={debtId}
        onChange={onChange}
        options={debts.map((debt) => ({
          value: debt.debtId as string,
          label: `${debt.creditorName} · ${debt.externalRef} · ${formatMoney({ amountMinor: debt.balanceMinor, currency: debt.currency }, i18n.language)}`,
        }))}
      />
    </Field>
  );
}

function AmountChoice({
  card,
  promise,
  onChange,
}: {
  card: DebtorCard | null;
  promise: PromiseDraft;
  onChange: (amount: string) => void;
}) {
  const { t, i18n } = useTranslation();
  const debt = openDebts(card).find((one) => one.debtId === promise.debtId);
  if (!debt) return null;
  const { currency, balanceMinor } = debt;
  const typed = parseAmount(promise.amount, currency);
  return (
    <div className={styles.quick}>
      {suggestAmounts(balanceMinor, minorDigits(currency)).map((amountMinor, index) => (
        <Button
          key={amountMinor}
          pressed={typed === amountMinor}
          onClick={() => onChange(formatAmount({ amountMinor, currency }, i18n.language))}
        >
          {index === 0
            ? t('promise.whole-debt', {
                amount: formatMoney({ amountMinor, currency }, i18n.language),
              })
            : formatMoney({ amountMinor, currency }, i18n.language)}
        </Button>
      ))}
    </div>
  );
}

/** Days that people agree on, named and with their date. */
export function DateChoice({
  now,
  dueOn,
  onChange,
}: {
  now: number;
  dueOn: string;
  onChange: (dueOn: string) => void;
}) {
  const { t, i18n } = useTranslation();
  return (
    <div className={styles.quick}>
      {suggestDates(now).map((one) => (
        <Button
          key={one.dueOn}
          pressed={dueOn === one.dueOn}
          title={formatIsoDate(one.dueOn, i18n.language)}
          onClick={() => onChange(one.dueOn)}
        >
          {one.kind === 'in-days'
            ? t('promise.in-days', { count: one.days })
            : t(`promise.${one.kind}`)}
        </Button>
      ))}
    </div>
  );
}
