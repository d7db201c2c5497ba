import type { PacerConfig, RestoredBudget } from './protocol.ts';
import { WindowCounts } from './window-counts.ts';
import type { Outlook } from './working-day.ts';

/** A window of up to a day is held each day; a longer one pools its days. */
const LONGEST_DAY_MS = 26 * 3_600_000;
/** answers within which a surplus or a shortage is made up for */
const POOLED_HORIZON = 800;
/** abandoned calls that are held back, so that chance does not carry the count over the limit */
const POOLED_RESERVE = 7;
/** a shortage is made up for gently too: time at little risk is dearer than the same silent calls saved evenly */
const POOLED_GIVES = 25;
const LEAST_OF_GOAL = 0.4;
const DAY_RESERVE = 2;
/** a long window that is overdrawn by less is paid back with a little risk, which costs least */
const DEBT_THAT_CLOSES = 4;
/** silent calls that the rest of the day may be trusted to make good */
const MOST_CREDIT = 3;
/** below so many answers events count, not rates: one, and one more for each hundred answers */
const FEW_ANSWERS = 100;

/** What a budget allows at this moment. */
export interface Allowance {
  /** share of answers that may meet silence from now on; 0: spent */
  rate: number;
  /** whole calls that may still be abandoned, one after another */
  left: number;
}

/**
 * One limit on silent calls over one window, and how much of it may be used now. It is never in debt: what it allows
 * is what the count admits today, and near the limit it closes before the limit is reached.
 */
export class Budget {
  readonly rule: string;
  readonly limit: number;
  readonly onBreach: RestoredBudget['onBreach'];
  readonly #counts: WindowCounts;
  readonly #daily: boolean;
  readonly #endsAtNight: boolean;
  readonly #answerWeight: number;
  #until: number | null;
  /** what it aims at, below the limit */
  readonly #aim: number;

  /** @param endsAtNight its window of up to a day is the working day; a rule's window rolls on, whoever goes home */
  constructor(budget: RestoredBudget, goal: number, endsAtNight = false) {
    this.rule = budget.rule;
    this.limit = budget.limitPercent / 100;
    this.onBreach = budget.onBreach;
    this.#daily = budget.windowMs !== null && budget.windowMs <= LONGEST_DAY_MS;
    this.#endsAtNight = endsAtNight && this.#daily;
    this.#counts = new WindowCounts(budget.windowMs);
    this.#answerWeight = budget.answerWeight;
    this.#until = budget.until;
    this.#aim = Math.min(goal, this.limit);
    for (const { at, abandoned, answered } of budget.counts)
      this.#counts.add(at, abandoned, answered);
  }

  get percent(): number | null {
    const { abandoned, answered } = this.#counts;
    return answered <= 0 ? null : (100 * abandoned) / answered;
  }

  /** More silent calls stand in the window than the limit admits; few answers are judged by their number. */
  get broken(): boolean {
    const { abandoned, answered } = this.#counts;
    return abandoned > (answered < FEW_ANSWERS ? 1 : this.limit * answered + 1e-9);
  }

  newDay(): void {
    if (this.#endsAtNight) this.#counts.clear();
  }

  count(at: number, abandoned: number): void {
    this.#counts.add(at, abandoned, abandoned > 0 ? 1 : this.#answerWeight);
  }

  /** An answer that was counted has turned out to be a machine. */
  takeBack(at: number): void {
    this.#counts.add(at, 0, -this.#answerWeight);
  }

  moveTo(now: number): void {
    this.#counts.leave(now);
    if (this.#until !== null && now >= this.#until) {
      this.#counts.clear();
      this.#until = null;
    }
  }

  /**
   * @param expected abandonments that calls in flight may still bring
   * @param outlook what today is still expected to bring
   */
  allowance(expected: number, outlook: Outlook): Allowance {
    const { answered } = this.#counts;
    const abandoned = this.#counts.abandoned + expected;
    const balance = this.limit * answered - abandoned;
    const rate = this.#daily
      ? this.#dayRate(balance, answered, outlook)
      : this.#pooledRate(balance, answered);
    const few = 1 + Math.floor(answered / FEW_ANSWERS);
    const left = answered < FEW_ANSWERS ? few - abandoned : balance / (1 - this.limit);
    return { rate: Math.max(0, rate), left: Math.max(0, Math.floor(left)) };
  }

  #pooledRate(balance: number, answered: number): number {
    const reserve = Math.min(POOLED_RESERVE, 0.1 + 0.007 * answered);
    const surplus = balance - reserve;
    const early = Math.max(0, 1 - answered / 150);
    if (balance + early < -DEBT_THAT_CLOSES) return 0;
    const goal = this.#aim;
    if (goal < this.limit)
      return Math.min(goal, Math.max(0.1 * goal, this.limit + surplus / POOLED_HORIZON));
    return surplus >= 0
      ? Math.min(2 * goal, goal + surplus / POOLED_HORIZON)
      : goal * Math.max(LEAST_OF_GOAL, 1 + surplus / (POOLED_GIVES + early * 10));
  }

  #dayRate(balance: number, answered: number, { answers: ahead, sure }: Outlook): number {
    // what stops a campaign once it is broken is not drawn on ahead of the answers
    const stops = this.onBreach === 'stopCampaign' && answered >= FEW_ANSWERS;
    const credit = stops ? 0 : Math.min(MOST_CREDIT, this.limit * sure);
    const room = balance + credit - 1;
    if (room < 0) return 0;
    const reserve = Math.min(DAY_RESERVE, 0.02 * (answered + ahead));
    const even = this.limit + (balance - reserve) / ahead;
    const careful = even * Math.min(1, 0.4 + room / 2);
    return Math.min(this.#aim < this.limit ? this.#aim : 2 * this.limit, careful);
  }
}

/** The basic limit of the configuration and every further one. */
export function budgetsOf(config: PacerConfig): Budget[] {
  const goal = (config.goalPercent ?? config.abandonmentLimitPercent) / 100;
  const basic: RestoredBudget = {
    rule: 'limit',
    limitPercent: config.abandonmentLimitPercent,
    windowMs: config.abandonmentWindowMs,
    until: null,
    counts: [],
    answerWeight: 1,
    onBreach: 'progressiveOnly',
  };
  const further = (config.budgets ?? []).map((budget) => new Budget(budget, goal));
  return [new Budget(basic, goal, true), ...further];
}
