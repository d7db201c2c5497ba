import { z } from 'zod';

/**
 * The format in which a pacer is spoken to: by the live dialer, by the simulator, by `dialdesk pacer` on stdin and
 * stdout, one JSON object a line. `at` is in milliseconds and never decreases.
 */

const at = z.number().nonnegative();
const id = z.string().min(1);

/** Counts of one abandonment budget that stand when the pacer starts. */
export const restoredBudget = z.object({
  /** id of the rule, for `why` */
  rule: z.string(),
  limitPercent: z.number().positive().max(100),
  /** rolling windows: their length; calendar windows: null, and `until` says when the counts begin anew */
  windowMs: z.number().positive().nullable(),
  until: at.nullable(),
  /** what counts already, oldest first; `at` tells when it leaves a rolling window */
  counts: z.array(
    z.object({ at: z.number(), abandoned: z.number().nonnegative(), answered: z.number() }),
  ),
  /** added to every answer that follows: denominators that estimate machines weigh an answer with less than 1 */
  answerWeight: z.number().positive().max(1).default(1),
  /** what holds once the limit is reached */
  onBreach: z.enum(['progressiveOnly', 'stopCampaign']).default('progressiveOnly'),
});
export type RestoredBudget = z.infer<typeof restoredBudget>;

/**
 * What `--config` holds. Keys up to `minRingMs` are fixed; unknown ones are ignored. The rest is how the live dialer
 * hands over what the lines cannot carry.
 */
export const pacerConfig = z.object({
  mode: z.enum(['predictive', 'progressive', 'power']),
  /** power: lines for each free agent */
  linesPerAgent: z.number().min(1).max(20).default(2),
  abandonmentLimitPercent: z.number().min(0).max(100).default(3),
  abandonmentWindowMs: z.number().positive().default(86_400_000),
  answerToAgentMaxMs: z.number().nonnegative().default(2_000),
  maxConcurrentCalls: z.number().int().nonnegative().default(60),
  ringTimeoutMs: z.number().positive().default(25_000),
  /** absent: nothing may be taken back */
  minRingMs: z.number().nonnegative().optional(),

  /** what to aim at, below the limit; absent: as near to the limit as the window allows */
  goalPercent: z.number().min(0).max(100).optional(),
  /** further windows, and what stands in them */
  budgets: z.array(restoredBudget).optional(),
  /** what an earlier run of this campaign has learnt (`Pacer.learned`) */
  learned: z.unknown().optional(),
  /** seconds of talk that one dial must be worth; 0 or absent: dials cost nothing but their chance of silence */
  dialPriceS: z.number().nonnegative().optional(),
});
export type PacerConfig = z.infer<typeof pacerConfig>;
export type PacerConfigInput = z.input<typeof pacerConfig>;

export const agentLine = z.object({
  at,
  type: z.literal('agent'),
  id,
  state: z.enum(['ready', 'talking', 'wrapUp', 'away']),
  /** notice: the agent will be ready in so many ms; repeated, it updates the notice, not the clock */
  readyInMs: z.number().nonnegative().optional(),
});
export type AgentLine = z.infer<typeof agentLine>;

export const callState = z.enum([
  'dialing',
  'ringing',
  /** optional: 2xx, nobody knows yet who or what */
  'answered',
  /** a person was recognised: `answerToAgentMaxMs` runs */
  'humanAnswered',
  'connected',
  'abandoned',
  /** after `connected` it takes the call out of the ratio */
  'machine',
  'busy',
  'noAnswer',
  'failed',
  'cancelled',
  /** closes every call */
  'ended',
]);
export type CallState = z.infer<typeof callState>;

export const callLine = z.object({
  at,
  type: z.literal('call'),
  id,
  state: callState,
  /** with `connected` */
  agent: id.optional(),
});
export type CallLine = z.infer<typeof callLine>;

export const decideLine = z.object({ at, type: z.literal('decide') });

export const pacerLine = z.discriminatedUnion('type', [agentLine, callLine, decideLine]);
export type PacerLine = z.infer<typeof pacerLine>;

/** What a decision rested on: kept with it, shown to the lead, the same in a replay. Probabilities 0 to 1. */
export interface PacerWhy {
  rule:
    | 'progressive'
    | 'power'
    | 'predictive'
    /** predictive, but too little is known yet or a budget is spent: one call for each free agent */
    | 'learning'
    | 'budget-spent'
    | 'no-agent'
    | 'line-limit'
    | 'stopped';
  /** agents who are ready and not owed to somebody who waits */
  free: number;
  /** people who have answered and wait */
  waiting: number;
  /** dialed or ringing, as far as nobody has answered; dials that have not shown yet included */
  ringing: number;
  /** expected answers of those calls */
  expectedAnswers?: number;
  /** agents expected to become free in time for a call dialed now */
  expectedFree?: number;
  /** chance that a further call that is answered meets nobody, and what was allowed */
  risk?: number;
  riskAllowed?: number;
  /** chance that a call dialed now is answered by a person */
  answerChance?: number;
  /** the tightest budget */
  budget?: { rule: string; percent: number | null; left: number; limitPercent: number };
}

export interface PacerAnswer {
  at: number;
  /** calls to start now; those that have not shown as `dialing` within 1 s have lapsed */
  dial: number;
  /** ids of ringing calls to take back */
  cancel: string[];
  why: PacerWhy;
}

/** Decides from the lines that it was fed and from nothing else: the same lines give the same answers. */
export interface Pacer {
  /** @returns the answer to a `decide`, null for other lines */
  feed(line: PacerLine): PacerAnswer | null;
  /** what it has learnt, as plain data for `PacerConfig.learned` of a later run */
  learned(): unknown;
}
