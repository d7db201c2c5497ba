import { CircleAlert } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { paymentMethods } from '#shared/contract/index.ts';
import { errorText } from '../../app/errors.ts';
import { formatMoney, isoDateFrom } from '../../app/format/index.ts';
import { useServices } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Button, Field, Input, Select, toast } from '../../components/index.ts';
import form from './form.module.css';
import styles from './payment.module.css';
import {
  type PaymentDraft,
  paymentCurrencies,
  paymentInput,
  paymentNeed,
  proposePayment,
} from './payment-draft.ts';
import { openDebts } from './promise-draft.ts';
import { useFormDraft } from './use-form-draft.ts';
import { useSettled } from './use-settled.ts';
import type { Work } from './work-context.ts';

/** Books a payment by hand, whole or in part, and shows first what it would cover. */
export function PaymentSheet({ work }: { work: Work }) {
  const { t, i18n } = useTranslation();
  const { clock } = useServices();
  const { card, draftKey, close } = work;
  const today = isoDateFrom(clock.now(), 0);
  const draft = useFormDraft<PaymentDraft>(
    draftKey,
    'payment',
    proposePayment(card, clock.now()),
    card.displayName,
  );
  const [tried, setTried] = useState(false);
  const { run, busy } = useCommand('payment.record');
  const need = paymentNeed(draft.value, today);
  const currencies = paymentCurrencies(card);
  const { value, change } = draft;
  const error = (...names: string[]): string | null =>
    need !== null && tried && names.includes(need) ? t(`payment.need-${need}`) : null;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (need !== null || busy) return;
    const booked = await run(paymentInput(value, card));
    if (booked === null) return;
    draft.clear();
    toast('done', t('work.saved-payment'), formatMoney(booked, i18n.language));
    close();
  };
  return (
    <form
      className={form.form}
      onSubmit={(event) => void submit(event)}
      aria-label={t('work.payment')}
      noValidate
    >
      <div className={form.row}>
        <Field label={t('promise.amount', { currency: value.currency })} error={error('amount')}>
          <Input
            data-first
            inputMode="decimal"
            autoComplete="off"
            value={value.amount}
            onChange={(event) => change({ amount: event.currentTarget.value })}
          />
        </Field>
        <Field label={t('payment.paid-on')} error={error('date', 'date-ahead')}>
          <Input
            type="date"
            max={today}
            value={value.paidOn}
            onChange={(event) => change({ paidOn: event.currentTarget.value })}
          />
        </Field>
      </div>
      {currencies.length > 1 ? (
        <Field label={t('payment.currency')}>
          <Select<string>
            value={value.currency}
            onChange={(currency) => change({ currency, debtId: '' })}
            options={currencies.map((code) => ({ value: code, label: code }))}
          />
        </Field>
      ) : null}
      <Field label={t('payment.method')}>
        <Select<PaymentDraft['method']>
          value={value.method}
          onChange={(method) => change({ method })}
          options={paymentMethods.map((method) => ({
            value: method,
            label: t(`payment-method.${method}`),
          }))}
        />
      </Field>
      <Field label={t('payment.first-to')}>
        <Select<string>
          value={value.debtId}
          onChange={(debtId) => change({ debtId })}
          options={[
            { value: '', label: t('payment.by-order') },
            ...openDebts(card)
              .filter((debt) => debt.currency === value.currency)
              .map((debt) => ({
                value: debt.debtId as string,
                label: `${debt.externalRef} · ${formatMoney({ amountMinor: debt.balanceMinor, currency: debt.currency }, i18n.language)}`,
              })),
          ]}
        />
      </Field>
      <div className={form.row}>
        <Field label={t('payment.payer')}>
          <Input
            maxLength={200}
            value={value.payer}
            placeholder={card.displayName}
            onChange={(event) => change({ payer: event.currentTarget.value })}
          />
        </Field>
        <Field label={t('payment.reference')}>
          <Input
            maxLength={200}
            value={value.reference}
            onChange={(event) => change({ reference: event.currentTarget.value })}
          />
        </Field>
      </div>
      {need === null ? <Allocation work={work} draft={value} /> : null}
      <div className={form.submit}>
        <Button type="submit" look="primary" wide shortcut="Enter" disabled={busy}>
          {t('payment.record')}
        </Button>
      </div>
    </form>
  );
}

/** What the amount would cover. */
function Allocation({ work, draft }: { work: Work; draft: PaymentDraft }) {
  const { t, i18n } = useTranslation();
  const {
    method: _,
    reference: _reference,
    payer: _payer,
    ...input
  } = paymentInput(draft, work.card);
  const preview = useQueryData('payment.preview', useSettled(input));
  const money = (amountMinor: number): string =>
    formatMoney({ amountMinor, currency: draft.currency }, i18n.language);
  if (preview.state === 'failed') {
    return (
      <p className={form.error} role="alert">
        <CircleAlert size={14} aria-hidden="true" />
        {errorText(preview.error, t)}
      </p>
    );
  }
  if (preview.value === null) return null;
  const { allocation, unallocatedMinor, chargedInterestMinor } = preview.value;
  return (
    <section className={styles.preview} aria-label={t('payment.covers')} aria-live="polite">
      <h3>{t('payment.covers')}</h3>
      <dl>
        {allocation.map((part) => (
          <div key={`${part.debtId} ${part.component}`}>
            <dt>
              {part.externalRef} · {t(`debt.${part.component}`)}
            </dt>
            <dd>{money(part.amountMinor)}</dd>
          </div>
        ))}
        {unallocatedMinor > 0 ? (
          <div data-over="true">
            <dt>{t('payment.more-than-owed')}</dt>
            <dd>{money(unallocatedMinor)}</dd>
          </div>
        ) : null}
      </dl>
      {chargedInterestMinor > 0 ? (
        <p className={form.hint}>
          {t('payment.interest-charged', { amount: money(chargedInterestMinor) })}
        </p>
      ) : null}
    </section>
  );
}
