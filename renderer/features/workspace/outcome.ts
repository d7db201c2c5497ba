import type { CommandInput, Debt, DebtorCard, Disposition } from '#shared/contract/index.ts';
import type { CallId, DebtId } from '#shared/domain/index.ts';
import { parseAmount } from '../../app/format/index.ts';
import { fromLocalField } from '../../app/format/time.ts';
import type { Draft } from '../../stores/index.ts';

/** What an outcome still needs before it can be saved. */
export type OutcomeNeed =
  | 'promise-amount'
  | 'promise-date'
  | 'promise-too-much'
  | 'callback-time'
  | 'callback-past';

export interface PromiseDraft {
  amount: string;
  dueOn: string;
  debtId: string;
}

/** The currency a promise is made in: that of its debt, else of the first open debt. */
export function promiseCurrency(card: DebtorCard | null, debtId: string): string | null {
  const open = openDebts(card);
  return (open.find((debt) => debt.debtId === debtId) ?? open[0])?.currency ?? null;
}

export function openDebts(card: DebtorCard | null): Debt[] {
  return card?.debts.filter((debt) => debt.status === 'open') ?? [];
}

/** A promise to start from: the whole of the oldest debt, in a week. Only a proposal: the agent changes it. */
export function proposePromise(card: DebtorCard | null, dueOn: string): PromiseDraft {
  const [first] = [...openDebts(card)].sort((a, b) => (b.daysPastDue ?? 0) - (a.daysPastDue ?? 0));
  return { amount: '', dueOn, debtId: first?.debtId ?? '' };
}

function promiseNeed(
  promise: PromiseDraft | null,
  card: DebtorCard | null,
  today: string,
): OutcomeNeed | null {
  const currency = promiseCurrency(card, promise?.debtId ?? '') ?? 'EUR';
  const amountMinor = promise ? parseAmount(promise.amount, currency) : null;
  if (!promise || amountMinor === null) return 'promise-amount';
  const debt = card?.debts.find((one) => one.debtId === promise.debtId);
  if (debt && amountMinor > debt.balanceMinor) return 'promise-too-much';
  return promise.dueOn >= today && promise.dueOn !== '' ? null : 'promise-date';
}

function callbackNeed(callbackAt: string | null, now: number): OutcomeNeed | null {
  const at = callbackAt === null ? null : fromLocalField(callbackAt);
  if (at === null) return 'callback-time';
  return at > now ? null : 'callback-past';
}

/**
 * What is missing for this disposition.
 * @param today `YYYY-MM-DD`: a promise may be due today, not before
 */
export function outcomeNeed(
  disposition: Disposition,
  draft: Draft,
  card: DebtorCard | null,
  now: number,
  today: string,
): OutcomeNeed | null {
  if (disposition.effect === 'promise') return promiseNeed(draft.promise, card, today);
  if (disposition.effect === 'callback') return callbackNeed(draft.callbackAt, now);
  return null;
}

/** The command that records the outcome. Only what belongs to the disposition is sent; call after `outcomeNeed` is null. */
export function outcomeInput(
  callId: CallId,
  disposition: Disposition,
  draft: Draft,
  card: DebtorCard | null,
  next: 'ready' | 'notReady',
): CommandInput<'call.dispose'> {
  const note = draft.note.trim();
  const { promise } = draft;
  const currency = promiseCurrency(card, promise?.debtId ?? '');
  const amountMinor = promise && currency ? parseAmount(promise.amount, currency) : null;
  const callbackAt = draft.callbackAt === null ? null : fromLocalField(draft.callbackAt);
  return {
    callId,
    dispositionCode: disposition.code,
    next,
    ...(note ? { note } : {}),
    ...(disposition.effect === 'promise' && promise && amountMinor !== null && currency
      ? {
          promise: {
            amountMinor,
            currency,
            dueOn: promise.dueOn,
            ...(promise.debtId ? { debtId: promise.debtId as DebtId } : {}),
          },
        }
      : {}),
    ...(disposition.effect === 'callback' && callbackAt !== null ? { callbackAt } : {}),
  };
}
