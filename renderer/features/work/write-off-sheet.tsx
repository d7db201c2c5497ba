import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DebtId } from '#shared/domain/index.ts';
import { formatAmount, formatMoney, parseAmount } from '../../app/format/index.ts';
import { useCommand } from '../../app/use-command.ts';
import { Button, Field, Input, TextArea, toast } from '../../components/index.ts';
import form from './form.module.css';
import { openDebts, proposePromise } from './promise-draft.ts';
import { DebtChoice } from './promise-form.tsx';
import { useFormDraft } from './use-form-draft.ts';
import type { Work } from './work-context.ts';

interface WriteOffDraft {
  debtId: string;
  amount: string;
  reason: string;
}

/** Proposes to let go of a debt or a part of it; a lead decides. */
export function WriteOffSheet({ work, debtId }: { work: Work; debtId?: string | undefined }) {
  const { t, i18n } = useTranslation();
  const { card, draftKey, close } = work;
  const draft = useFormDraft<WriteOffDraft>(
    draftKey,
    'writeOff',
    { debtId: debtId ?? proposePromise(card, '').debtId, amount: '', reason: '' },
    card.displayName,
  );
  const [tried, setTried] = useState(false);
  const { run, busy } = useCommand('write-off.propose');
  const { value, change } = draft;
  const debt = openDebts(card).find((one) => one.debtId === value.debtId) ?? openDebts(card)[0];
  if (!debt) return <p className={form.hint}>{t('plan.nothing-open')}</p>;
  const { currency, balanceMinor } = debt;
  const amountMinor = parseAmount(value.amount, currency);
  const tooMuch = amountMinor !== null && amountMinor > balanceMinor;
  const reason = value.reason.trim();

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (amountMinor === null || tooMuch || reason === '' || busy) return;
    const proposed = await run({ debtId: debt.debtId as DebtId, amountMinor, reason });
    if (proposed === null) return;
    draft.clear();
    toast('done', t('work.saved-write-off'));
    close();
  };
  return (
    <form
      className={form.form}
      onSubmit={(event) => void submit(event)}
      aria-label={t('work.write-off')}
      noValidate
    >
      <p className={form.hint}>{t('write-off.explained')}</p>
      <DebtChoice
        card={card}
        debtId={debt.debtId}
        onChange={(next) => change({ debtId: next, amount: '' })}
      />
      <Field
        label={t('promise.amount', { currency })}
        error={
          tooMuch
            ? t('outcome.need-promise-too-much')
            : tried && amountMinor === null
              ? t('outcome.need-promise-amount')
              : null
        }
      >
        <Input
          data-first
          inputMode="decimal"
          autoComplete="off"
          value={value.amount}
          onChange={(event) => change({ amount: event.currentTarget.value })}
        />
      </Field>
      <div className={form.quick}>
        <Button
          pressed={amountMinor === balanceMinor}
          onClick={() =>
            change({ amount: formatAmount({ amountMinor: balanceMinor, currency }, i18n.language) })
          }
        >
          {t('promise.whole-debt', {
            amount: formatMoney({ amountMinor: balanceMinor, currency }, i18n.language),
          })}
        </Button>
      </div>
      <Field
        label={t('write-off.reason')}
        error={tried && reason === '' ? t('write-off.need-reason') : null}
      >
        <TextArea
          rows={4}
          maxLength={2_000}
          value={value.reason}
          onChange={(event) => change({ reason: event.currentTarget.value })}
        />
      </Field>
      <Button type="submit" look="primary" wide disabled={busy}>
        {t('write-off.propose')}
      </Button>
    </form>
  );
}
