import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DebtorCard, Disposition } from '#shared/contract/index.ts';
import { formatMoney, isoDateFrom } from '../../app/format/index.ts';
import { useDraft, useServices } from '../../app/services.ts';
import { Button, Field, Input, Select } from '../../components/index.ts';
import { leaveFieldOnEscape } from './leave-field.ts';
import { openDebts, outcomeNeed, promiseCurrency, proposePromise } from './outcome.ts';
import styles from './plan-forms.module.css';

const promised: Disposition = { code: '', key: null, effect: 'promise', active: true };
const daysAhead = [3, 7, 14, 30] as const;

/** Amount, date and debt of a promise. Enter saves; what is typed is kept at once. */
export function PromiseForm({
  card,
  draftKey,
  onSubmit,
}: {
  card: DebtorCard | null;
  draftKey: string;
  /** absent during the call: the promise then waits for the outcome */
  onSubmit?: () => void;
}) {
  const { t, i18n } = useTranslation();
  const { stores, clock } = useServices();
  const draft = useDraft(draftKey);
  const [tried, setTried] = useState(false);
  const now = clock.now();
  const today = isoDateFrom(now, 0);
  const promise = draft.promise ?? proposePromise(card, isoDateFrom(now, 7));
  const need = outcomeNeed(promised, { ...draft, promise }, card, now, today);
  const change = (part: Partial<typeof promise>): void =>
    stores.drafts.change(draftKey, { promise: { ...promise, ...part } });
  const debts = openDebts(card);
  const chosen = debts.find((debt) => debt.debtId === promise.debtId);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (need === null) onSubmit?.();
  };
  const error = (name: string): string | null =>
    need === name && (tried || promise.amount !== '') ? t(`outcome.need-${name}`) : null;

  return (
    <form
      className={styles.form}
      onSubmit={submit}
      onKeyDown={leaveFieldOnEscape}
      aria-label={t('outcome.promise')}
    >
      {debts.length > 1 ? (
        <Field label={t('promise.debt')}>
          <Select
            value={promise.debtId}
            onChange={(debtId) => change({ debtId })}
            options={debts.map((debt) => ({
              value: debt.debtId as string,
              label: `${debt.creditorName} · ${formatMoney({ amountMinor: debt.balanceMinor, currency: debt.currency }, i18n.language)}`,
            }))}
          />
        </Field>
      ) : null}
      <Field
        label={t('promise.amount', { currency: promiseCurrency(card, promise.debtId) ?? '' })}
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
      {chosen ? (
        <Button
          onClick={() =>
            change({
              amount: formatMoney(
                { amountMinor: chosen.balanceMinor, currency: chosen.currency },
                'en',
              ).replace(/[^\d.]/g, ''),
            })
          }
        >
          {t('promise.whole-debt', {
            amount: formatMoney(
              { amountMinor: chosen.balanceMinor, currency: chosen.currency },
              i18n.language,
            ),
          })}
        </Button>
      ) : null}
      <Field label={t('promise.due')} error={error('promise-date')}>
        <Input
          type="date"
          min={today}
          value={promise.dueOn}
          onChange={(event) => change({ dueOn: event.currentTarget.value })}
        />
      </Field>
      <div className={styles.quick}>
        {daysAhead.map((days) => (
          <Button
            key={days}
            pressed={promise.dueOn === isoDateFrom(now, days)}
            onClick={() => change({ dueOn: isoDateFrom(now, days) })}
          >
            {t('promise.in-days', { count: days })}
          </Button>
        ))}
      </div>
      {onSubmit ? (
        <Button type="submit" look="primary" wide shortcut="Enter">
          {t('promise.save')}
        </Button>
      ) : null}
    </form>
  );
}
