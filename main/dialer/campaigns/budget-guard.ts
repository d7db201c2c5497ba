import type { AbandonmentBudget } from '#shared/contract/index.ts';
import type { Clock } from '#shared/util/index.ts';

export interface BudgetGuardOptions {
  clock: Clock;
  budgetsOf(campaignId: string): AbandonmentBudget[];
  /** whole calls that may still meet silence under the firm's own limit */
  leftOfOwn(): number;
}

/** What the budgets of silent calls leave to a campaign that dials by a fixed ratio. */
export type BudgetLeave = 'free' | 'progressiveOnly' | 'stopCampaign';

/** Budgets are read so seldom: each reading counts the calls of its windows. */
const READ_EVERY_MS = 20_000;

/**
 * Holds a campaign to the budgets of its rules and to the firm's own limit, counted from the rows of its calls: a fixed ratio knows no risk, and what a
 * pacer steers by may have begun later than a rule's window.
 */
export class BudgetGuard {
  readonly #options: BudgetGuardOptions;
  readonly #campaignId: string;
  #readAt = Number.NEGATIVE_INFINITY;
  #leave: BudgetLeave = 'free';

  constructor(options: BudgetGuardOptions, campaignId: string) {
    this.#options = options;
    this.#campaignId = campaignId;
  }

  /** Somebody met silence: the budgets are read at the next question. */
  forget(): void {
    this.#readAt = Number.NEGATIVE_INFINITY;
  }

  /** @param steers the pacer steers by the budgets: it is stopped only once a limit is passed */
  leave(steers: boolean): BudgetLeave {
    const now = this.#options.clock.monotonic();
    if (now - this.#readAt < READ_EVERY_MS) return this.#leave;
    this.#readAt = now;
    this.#leave = leaveOf(this.#options.budgetsOf(this.#campaignId), steers);
    if (this.#leave === 'free' && !steers && this.#options.leftOfOwn() <= 0)
      this.#leave = 'progressiveOnly';
    return this.#leave;
  }
}

function leaveOf(budgets: readonly AbandonmentBudget[], steers: boolean): BudgetLeave {
  if (budgets.some(({ state, onBreach }) => state === 'breach' && onBreach === 'stopCampaign'))
    return 'stopCampaign';
  const spent = budgets.some(
    ({ state, left }) => state === 'breach' || (!steers && (state === 'throttle' || left <= 0)),
  );
  return spent ? 'progressiveOnly' : 'free';
}
