import type { AbandonmentBudget, CampaignSettings } from '#shared/contract/index.ts';
import type { ReadDb } from '../../store/types.ts';
import type { PacerConfigInput, RestoredBudget } from '../pacing/index.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** the firm's own limit where no rule sets one: what every code of practice has in common */
const OWN_LIMIT_PERCENT = 3;
/** below so many answers one silent call is the most, whatever its share */
const FEW_ANSWERS = 100;
/** from the reservation of a call to its answer: the longest ring is two minutes */
const LONGEST_RING_MS = HOUR_MS;

export interface PacerConfigParts {
  read: ReadDb;
  campaignId: string;
  settings: CampaignSettings;
  budgets: readonly AbandonmentBudget[];
  /** epoch ms */
  now: number;
}

type CountedParts = Pick<PacerConfigParts, 'read' | 'campaignId' | 'now'>;

/** What the pacer of a campaign starts with: its settings, and every budget with what stands in it. */
export function pacerConfigOf(parts: PacerConfigParts): PacerConfigInput {
  const { read, campaignId, settings, budgets } = parts;
  const { pacing, mode } = settings;
  const windowMs = pacing.goalWindow === 'day' ? DAY_MS : 30 * DAY_MS;
  return {
    mode: mode === 'preview' ? 'progressive' : mode,
    linesPerAgent: pacing.linesPerAgent,
    abandonmentLimitPercent: OWN_LIMIT_PERCENT,
    abandonmentWindowMs: windowMs,
    goalPercent: pacing.silentGoalPercent,
    answerToAgentMaxMs: answerToAgentMaxMs(settings, budgets),
    maxConcurrentCalls: settings.maxConcurrentCalls,
    ringTimeoutMs: settings.ringTimeoutMs,
    ...(pacing.takeBack ? { minRingMs: minRingMs(settings, budgets) } : {}),
    ...(pacing.dialPriceS > 0 ? { dialPriceS: pacing.dialPriceS } : {}),
    budgets: [...ownBudget(parts, windowMs), ...budgets.map((budget) => restored(parts, budget))],
    learned: learnedOf(read, campaignId),
  };
}

/** The shortest that a rule allows a person to wait. */
export function answerToAgentMaxMs(
  settings: CampaignSettings,
  budgets: readonly AbandonmentBudget[],
): number {
  return Math.min(settings.answerToAgentMaxMs, ...budgets.map((one) => one.answerToAgentMaxMs));
}

/** The shortest that a call rings before it may be given up. */
export function minRingMs(
  settings: CampaignSettings,
  budgets: readonly AbandonmentBudget[],
): number {
  return Math.max(settings.pacing.minRingMs, ...budgets.map((one) => one.minRingMs));
}

/** Whole calls that may still meet silence under the firm's own limit, counted as pacing counts them. */
export function leftOfOwnLimit(parts: Omit<PacerConfigParts, 'budgets'>): number {
  const windowMs = parts.settings.pacing.goalWindow === 'day' ? DAY_MS : 30 * DAY_MS;
  const counts = ownBudget(parts, windowMs).flatMap((budget) => budget.counts);
  const sum = (key: 'abandoned' | 'answered') =>
    counts.reduce((total, hour) => total + hour[key], 0);
  const [abandoned, answered] = [sum('abandoned'), sum('answered')];
  if (answered < FEW_ANSWERS) return Math.max(0, 1 - abandoned);
  const limit = OWN_LIMIT_PERCENT / 100;
  return Math.max(0, Math.floor((limit * answered - abandoned) / (1 - limit)));
}

/**
 * What the firm's own limit has used already. A day that goes on after a restart is the same day: it ends with its date,
 * where a window of 24 hours would begin anew with the pacer.
 */
function ownBudget(parts: CountedParts, windowMs: number): RestoredBudget[] {
  const own = { rule: 'own', limitPercent: OWN_LIMIT_PERCENT };
  if (windowMs > DAY_MS) return [{ ...own, ...rolling(parts, windowMs), until: null }];
  const today = new Date(parts.now).setHours(0, 0, 0, 0);
  const until = new Date(today).setDate(new Date(today).getDate() + 1);
  const { counts, ...rest } = rolling(parts, parts.now - today);
  return counts.length === 0 ? [] : [{ ...own, ...rest, counts, windowMs: null, until }];
}

/** Rolling windows end now; those that end later begin anew on their date. */
function restored(parts: PacerConfigParts, budget: AbandonmentBudget): RestoredBudget {
  const { windowFrom, windowTo, limitPercent, onBreach } = budget;
  const rule = `${budget.pack}/${budget.rule}`;
  const common = { rule, limitPercent, onBreach, answerWeight: 1 };
  if (windowTo <= parts.now + 1)
    return { ...common, ...rolling(parts, windowTo - 1 - windowFrom), until: null, onBreach };
  const { numerator: abandoned, denominator: answered } = budget;
  const counts = answered === 0 ? [] : [{ at: windowFrom, abandoned, answered }];
  return { ...common, windowMs: null, until: windowTo, counts };
}

function rolling({ read, campaignId, now }: CountedParts, windowMs: number) {
  const counts = countsByHour(read, campaignId, now - windowMs, now);
  return { windowMs, counts, answerWeight: 1, onBreach: 'progressiveOnly' as const };
}

/** As the budgets count them (contact-rules), by the hour, so that they leave a rolling window when they should. */
function countsByHour(
  read: ReadDb,
  campaignId: string,
  from: number,
  now: number,
): RestoredBudget['counts'] {
  return read.all<RestoredBudget['counts'][number]>(
    `SELECT max(answeredAt) AS at,
       SUM(joinedAt IS NULL AND (state = 'abandoning' OR endedAt IS NOT NULL)) AS abandoned,
       SUM(joinedAt IS NOT NULL OR state = 'abandoning' OR endedAt IS NOT NULL) AS answered
     FROM attempt
     WHERE campaignId = ? AND reservedAt >= ? AND reservedAt <= ? AND answeredAt > ?
       AND attemptResult IS NOT 'machine'
     GROUP BY answeredAt / ${HOUR_MS} ORDER BY 1`,
    campaignId,
    from - LONGEST_RING_MS,
    now,
    from,
  );
}

/** What an earlier run of this campaign has learnt; null: it is new. */
export function learnedOf(read: ReadDb, campaignId: string): unknown {
  const row = read.get<{ learnedJson: string }>(
    'SELECT learnedJson FROM pacerLearned WHERE campaignId = ?',
    campaignId,
  );
  return row === undefined ? null : JSON.parse(row.learnedJson);
}
