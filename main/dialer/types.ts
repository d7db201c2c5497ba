import type { CallerIdChoice, NumberRules } from '#shared/contract/index.ts';
import type { AttemptResult, DialingMode } from '#shared/domain/index.ts';
import type { GrantedOverride, Refusal } from '../contact-rules/types.ts';

/** One outgoing call to be tried, by a campaign or by hand. */
export interface AttemptStart {
  mode: DialingMode;
  debtorId: string | null;
  /** the debt that it is about, when the asker knows it; absent: the only open one, if there is one */
  debtId?: string | null;
  contactPointId: string | null;
  /** E.164 */
  number: string;
  trunkId: string;
  /** E.164 */
  callerId: string;
  campaignId: string | null;
  /** row of contactListEntry; absent for calls by hand */
  entryId: string | null;
  /** manual and preview: the agent */
  personId: string | null;
  ringTimeoutMs: number;
  answerToAgentMaxMs: number;
  recordCalls: boolean;
}

export type AttemptStarted =
  | { ok: true; attemptId: string; callId: string }
  /** the door said no; nothing was dialed; the entry waits until `nextAllowedAt`, or until a fact changes */
  | {
      ok: false;
      blockedBy: Refusal[];
      nextAllowedAt: number | null;
      /** kind of rule, or why it was not asked: `on-a-line`, `entry-taken`, `number` */
      because?: string;
      /** every refusing rule admits an override by a supervisor */
      overridable?: boolean;
      /** granted, and not enough: another rule refuses that it does not lift */
      override?: GrantedOverride | null;
    };

/** One step of a call on its way, as it happens. `connected` is told by the agent's state. */
export interface AttemptStage {
  callId: string;
  campaignId: string | null;
  debtorId: string | null;
  /** number shown */
  callerId: string;
  /** an agent was on the line before the dial */
  withAgent: boolean;
  state: 'dialing' | 'ringing' | 'humanAnswered' | 'abandoned' | 'ended';
  /** with `ended` */
  result: AttemptResult | null;
  /** the pacer took it back */
  takenBack: boolean;
}

export interface AttemptOutcome {
  attemptId: string;
  callId: string;
  campaignId: string | null;
  entryId: string | null;
  debtorId: string | null;
  attemptResult: AttemptResult;
}

/** One entry of a list, as screening and dialing ask about it. */
export interface NumberQuestion {
  debtorId: string;
  mode: DialingMode;
  /** E.164; null: not known */
  callerId: string | null;
  recordCalls: boolean;
  /** the only open one; null: several, or none */
  debtId: string | null;
  numbers: readonly { contactPointId: string; number: string }[];
}

/** Which number of a debtor may be called, or what keeps them from being called. */
export type EntryVerdict =
  | { allowed: true; contactPointId: string; number: string }
  | { allowed: false; until: number | null; rule: string; pack: string; because: string };

/** Supplied by `dialer/screening` to `dialer/campaigns`. @param at epoch ms */
export type ChooseNumber = (question: NumberQuestion, at: number) => EntryVerdict;

/** What would be asked about a debtor with these numbers; null: nothing now, as no number is worth trying. */
export type QuestionOf = (
  debtorId: string,
  callable: Pick<NumberQuestion, 'numbers' | 'debtId'>,
) => NumberQuestion | null;

/** Supplied by `dialer/screening` to `dialer/campaigns`: debtors are looked at before their turn, between other work. */
export type LookAhead = (debtorIds: readonly string[], questionOf: QuestionOf) => void;

/** Supplied by `dialer/attempts` to `dialer/campaigns`. */
export interface AttemptRunner {
  /**
   * Asks the door, reserves and dials; resolves when the attempt is durable or refused.
   * @param callId of a call that an agent is reserved for already
   */
  start(request: AttemptStart, callId?: string): Promise<AttemptStarted>;
  /** calls dialed and not yet joined, abandoned or ended */
  inFlight(campaignId: string): number;
  /** calls from dialing to ended */
  callsUp(campaignId: string): number;
  /** calls of this trunk that the door has let through and that the trunk has not seen yet */
  beforeInvite(trunkId: string): number;
  /** takes back calls that nobody has answered yet */
  cancelUnanswered(campaignId: string): Promise<void>;
  /** takes back calls that nobody has answered, because no agent will be free; one that is answered goes on */
  giveUpRinging(callIds: readonly string[]): void;
  /** each step of each call, at once, before its row is durable */
  onStage(listener: (stage: AttemptStage) => void): () => void;
  /** after the commit of each change of an attempt: counters of the campaign may differ */
  onChange(
    listener: (change: { campaignId: string | null; ended: AttemptOutcome | null }) => void,
  ): () => void;
}

/** Supplied by `telephony` to `dialer/campaigns`. */
export interface TrunkPool {
  /** the trunk takes calls now, or why not */
  usable(trunkId: string): { ok: true } | { ok: false; reason: 'noTrunk' | 'trunkDown' };
  callsUp(trunkId: string): number;
  maxConcurrentCalls(trunkId: string): number;
  onChange(listener: () => void): () => void;
}

/** A number of a debtor, as lists give it. */
export interface DebtorNumber {
  contactPointId: string;
  /** E.164 */
  number: string;
}

/** An entry whose turn it is. `numbers`: the active ones, in no order that matters. */
export interface DueEntry {
  entryId: string;
  debtorId: string;
  /** the only open debt; null: several, or none */
  debtId: string | null;
  numbers: readonly DebtorNumber[];
}

/** Supplied by `dialer/lists`: whose turn it is, in the order of the strategy. Answers from memory or a few rows. */
export interface NextDebtors {
  /**
   * Never an entry that is excluded, that met silence (`silentAt`) or that has a promised time (`callbackAt`): those come
   * through `PromisedCalls`.
   * @param taken entries that are being started or offered
   */
  next(campaignId: string, now: number, taken: ReadonlySet<string>): DueEntry | null;
  /** when the first who waits is due; null: nobody by themselves. Entries of `PromisedCalls` included */
  nextDue(campaignId: string, now: number): { at: number; byRules: boolean } | null;
  /** debtors whose turn comes likely next; absent: nobody is looked at before their turn */
  ahead?(campaignId: string, count: number): readonly string[];
}

/** An entry that wants an agent before the call. */
export interface PromisedCall extends DueEntry {
  kind: 'callback' | 'silent';
  /** callback: the minute promised; silent: from when on */
  dueAt: number;
  /** callback: with this agent; null: with any */
  personId: string | null;
  /** callback: the number that was agreed; null: any */
  contactPointId: string | null;
}

export type OrderedNumbers =
  | { numbers: readonly DebtorNumber[] }
  /** none is to be tried now: the entry waits */
  | { numbers: readonly []; until: number | null; because: string };

/** Supplied by `dialer/numbers`: which of a debtor's numbers are worth trying now, best first. */
export interface NumberOrder {
  order(
    question: {
      debtorId: string;
      rules: NumberRules;
      /** a phone that the network called absent is left alone so long */
      absentWaitMs: number;
      numbers: readonly DebtorNumber[];
    },
    at: number,
  ): OrderedNumbers;
}

export interface CallerIdQuestion {
  campaignId: string;
  trunkId: string;
  /** the campaign's own number, used when the pool is empty */
  callerIdId: string | null;
  choice: CallerIdChoice;
  debtorId: string;
  contactPointId: string;
  /** E.164, who is called */
  number: string;
}

export type ChosenCallerId =
  | { ok: true; e164: string; callerIdId: string }
  /** none of the pool may be shown now; `until`: when one may be, null: not by itself */
  | { ok: false; reason: string; until: number | null };

/** Supplied by `dialer/caller-id`: the number to show. What came of it is learnt from the rows of attempts. */
export interface CallerIdChooser {
  choose(question: CallerIdQuestion, at: number): ChosenCallerId;
  /** the attempt was reserved with this number: it counts against the hour's cap at once */
  onStarted(e164: string, question: CallerIdQuestion, at: number): void;
  onResult(outcome: AttemptOutcome, e164: string, at: number): void;
}
