import type { DebtorStatus, PlanState, PromiseState } from '#shared/contract/index.ts';
import type { Money } from '#shared/domain/index.ts';

/** What lists and search know of one debtor, as it was read from the store. */
export interface DebtorFacts {
  id: string;
  portfolioId: string | null;
  kind: 'person' | 'company';
  language: string;
  jurisdiction: string;
  /** where the debtor lives: its date decides how old a debt is */
  timeZone: string;
  city: string | null;
  importJobId: string | null;
  /** as search and the order by name see it */
  searchName: string;
  displayName: string;
  companyName: string | null;
  /** of open debts, for each currency that has any */
  balances: Money[];
  debtCount: number;
  status: Exclude<DebtorStatus, 'disputed'>;
  /** `YYYY-MM-DD`, of open debts */
  oldestDueOn: string | null;
  /** E.164, in any state: a wrong number is still searched for */
  numbers: string[];
  emails: string[];
  /** a number that is in use */
  hasPhone: boolean;
  lastContactAt: number | null;
  lastContactChannel: string | null;
  promise: PromiseState;
  plan: PlanState;
  /** kinds of holds in force, in order */
  flags: string[];
  /** when the flags change by the passing of time; null: never */
  flagsChangeAt: number | null;
  writeOffProposed: boolean;
  nextActionAt: number | null;
}
