import type { CommandInput, DebtorCard, paymentMethods } from '#shared/contract/index.ts';
import type { DebtId } from '#shared/domain/index.ts';
import { isoDateFrom, parseAmount } from '../../app/format/index.ts';
import { openDebts } from './promise-draft.ts';

/** A payment as it is typed. */
export interface PaymentDraft {
  amount: string;
  currency: string;
  paidOn: string;
  method: (typeof paymentMethods)[number];
  /** '': by the order in force */
  debtId: string;
  reference: string;
  payer: string;
}

export type PaymentNeed = 'amount' | 'date' | 'date-ahead';

/** Currencies in which something is open; all of the debts when nothing is. */
export function paymentCurrencies(card: DebtorCard): string[] {
  const open = openDebts(card).map((debt) => debt.currency);
  return [...new Set(open.length > 0 ? open : card.debts.map((debt) => debt.currency))];
}

export function proposePayment(card: DebtorCard, now: number): PaymentDraft {
  return {
    amount: '',
    currency: paymentCurrencies(card)[0] ?? '',
    paidOn: isoDateFrom(now, 0),
    method: 'cash',
    debtId: '',
    reference: '',
    payer: '',
  };
}

export function paymentNeed(draft: PaymentDraft, today: string): PaymentNeed | null {
  if (parseAmount(draft.amount, draft.currency || 'EUR') === null) return 'amount';
  if (!/^\d{4}-\d{2}-\d{2}$/.test(draft.paidOn)) return 'date';
  return draft.paidOn > today ? 'date-ahead' : null;
}

/** What the engine is asked to do; call it when nothing is missing. */
export function paymentInput(
  draft: PaymentDraft,
  card: DebtorCard,
): CommandInput<'payment.record'> {
  const reference = draft.reference.trim();
  const payer = draft.payer.trim();
  return {
    debtorId: card.debtorId,
    amountMinor: parseAmount(draft.amount, draft.currency) ?? 0,
    currency: draft.currency,
    paidOn: draft.paidOn,
    method: draft.method,
    ...(draft.debtId ? { debtIds: [draft.debtId as DebtId] } : {}),
    ...(reference ? { reference } : {}),
    ...(payer ? { payer } : {}),
  };
}
