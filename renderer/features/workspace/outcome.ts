import type { CommandInput, DebtorCard, Disposition } from '#shared/contract/index.ts';
import type { CallId, DebtId } from '#shared/domain/index.ts';
import { parseAmount } from '../../app/format/index.ts';
import type { Draft } from '../../stores/index.ts';
import {
  type CallbackNeed,
  callbackInstant,
  callbackNeed,
  type PromiseNeed,
  promiseCurrency,
  promiseNeed,
} from '../work/index.ts';

/** What an outcome still needs before it can be saved. */
export type OutcomeNeed = PromiseNeed | CallbackNeed | 'note';

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
  const need =
    disposition.effect === 'promise'
      ? promiseNeed(draft.promise, card, today)
      : disposition.effect === 'callback'
        ? callbackNeed(draft.callbackAt, card, now)
        : null;
  if (need !== null) return need;
  return disposition.next.noteRequired && draft.note.trim() === '' ? 'note' : null;
}

/** outcomes that only the debtor can bring about, and whose words would tell */
const ofTheDebtor: ReadonlySet<string> = new Set(['paid', 'promise', 'refuses', 'dispute']);

/**
 * The outcomes that a call can have; with a third person none that speaks of paying. Keys stay with their outcomes.
 * @param offered codes that the campaign offers; empty: all
 */
export function outcomesFor(
  all: readonly Disposition[],
  thirdPerson: boolean,
  offered: readonly string[] = [],
): readonly Disposition[] {
  const ofCampaign = all.filter(({ code }) => offered.includes(code));
  // a campaign whose outcomes were all switched off since leaves its agents not without any
  const dispositions = ofCampaign.length === 0 ? all : ofCampaign;
  if (!thirdPerson) return dispositions;
  return dispositions.filter(({ code, effect }) => effect !== 'promise' && !ofTheDebtor.has(code));
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
  const callbackAt = callbackInstant(draft.callbackAt, card);
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
