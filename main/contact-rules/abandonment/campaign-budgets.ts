import type { AbandonmentBudget } from '#shared/contract/index.ts';
import {
  bitOf,
  bitsOf,
  type ContactMode,
  contactModes,
  type Rule,
  type RulePack,
} from '#shared/rule-packs/index.ts';
import type { ReadDb } from '../../store/types.ts';
import { lifeOf } from '../engine/index.ts';
import { type AbandonmentWindow, abandonmentWindow } from './abandonment-window.ts';
import { type AbandonmentCounts, type AbandonRateRule, measureAbandonment } from './budget.ts';
import { readAbandonment } from './read-counts.ts';

/** What a budget needs to know of a campaign. */
export interface BudgetCampaign {
  campaignId: string;
  mode: ContactMode;
  /** the first period of rules that count by period begins here; epoch ms */
  startedAt: number;
}

export interface BudgetOptions {
  packs: readonly RulePack[];
  /** epoch ms */
  now: number;
  /** persons taken for machines in a window; default: none, as nothing detects machines */
  amdFalsePositives?: (window: AbandonmentWindow) => number;
}

/**
 * Every budget of silent or abandoned calls that applies to a campaign, in the order of packs and rules. The dialer
 * steers by all of them at once. One indexed read for each different window.
 */
export function readAbandonmentBudgets(
  db: ReadDb,
  campaign: BudgetCampaign,
  options: BudgetOptions,
): AbandonmentBudget[] {
  const { now, amdFalsePositives = () => 0 } = options;
  const known = new Map<string, AbandonmentCounts>();
  const countsOf = (campaignId: string | null, window: AbandonmentWindow) => {
    const key = `${campaignId} ${window.from} ${window.to}`;
    const counts = known.get(key) ?? {
      ...readAbandonment(db, campaignId, window),
      amdFalsePositiveEstimate: amdFalsePositives(window),
    };
    known.set(key, counts);
    return counts;
  };
  return abandonRateRules(options.packs, campaign.mode, now).map(({ pack, rule }) => {
    const window = abandonmentWindow(rule, campaign.startedAt, now);
    const ofAll = !rule.scope.includes('campaign');
    return budgetOf(pack, rule, window, countsOf(ofAll ? null : campaign.campaignId, window));
  });
}

/** The rules in force about calls of this mode made to collect. */
function abandonRateRules(
  packs: readonly RulePack[],
  mode: ContactMode,
  now: number,
): { pack: RulePack; rule: AbandonRateRule }[] {
  const modeBit = bitOf<ContactMode>(contactModes, mode);
  const applies = (rule: Rule): rule is AbandonRateRule => {
    if (rule.kind !== 'abandonRate' || !rule.channels.includes('call')) return false;
    const { start, end } = lifeOf(rule);
    return (
      now >= start &&
      now < end &&
      (bitsOf(contactModes, rule.modes) & modeBit) !== 0 &&
      (rule.purposes ?? ['collection']).includes('collection')
    );
  };
  return packs.flatMap((pack) => pack.rules.filter(applies).map((rule) => ({ pack, rule })));
}

function budgetOf(
  pack: RulePack,
  rule: AbandonRateRule,
  { from, to }: AbandonmentWindow,
  counts: AbandonmentCounts,
): AbandonmentBudget {
  const { limitPercent, throttleAtPercent, onBreach } = rule;
  const { answerToAgentMaxMs, minRingMs, recordedMessageWithinMs } = rule;
  return {
    rule: rule.id,
    pack: pack.id,
    source: rule.source,
    basis: rule.basis,
    windowFrom: from,
    windowTo: to,
    ...measureAbandonment(rule, counts),
    limitPercent,
    throttleAtPercent,
    onBreach,
    answerToAgentMaxMs,
    minRingMs,
    recordedMessageWithinMs,
  };
}
