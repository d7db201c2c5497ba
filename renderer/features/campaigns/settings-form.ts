import {
  type Campaign,
  type CampaignSettings,
  defaultCampaignSettings,
  type RetryRules,
  type Trunk,
} from '#shared/contract/index.ts';

/** Delays after a result; what follows silence has a part of its own in the editor. */
export type RetryName = Exclude<keyof RetryRules, 'maxAttemptsPerDebtor' | 'abandonedMs'>;
export const retryNames: readonly RetryName[] = [
  'noAnswerMs',
  'busyMs',
  'rejectedMs',
  'machineMs',
  'networkFailureMs',
];

/** What the form holds while it is edited. */
export interface CampaignForm {
  name: string;
  portfolioId: string;
  trunkId: string;
  callerIdId: string;
  settings: CampaignSettings;
  /** empty: every agent, now and later */
  personIds: readonly string[];
}

export function formOf(campaign: Campaign): CampaignForm {
  return {
    name: campaign.name,
    portfolioId: campaign.portfolioId,
    trunkId: campaign.trunkId ?? '',
    callerIdId: campaign.callerIdId ?? '',
    settings: campaign.settings,
    personIds: campaign.personIds,
  };
}

/** With one trunk, or one portfolio, there is nothing to choose. */
export function newForm(
  portfolio: { portfolioId: string; name: string } | null,
  trunks: readonly Trunk[],
): CampaignForm {
  const enabled = trunks.filter((trunk) => trunk.enabled);
  const trunk = enabled.length === 1 ? enabled[0] : undefined;
  return {
    name: portfolio?.name ?? '',
    portfolioId: portfolio?.portfolioId ?? '',
    trunkId: trunk?.trunkId ?? '',
    callerIdId: trunk?.callerIds[0]?.callerIdId ?? '',
    settings: defaultCampaignSettings,
    personIds: [],
  };
}

/** Another trunk has other numbers: the first of them is proposed. */
export function withTrunk(form: CampaignForm, trunk: Trunk): CampaignForm {
  const kept = trunk.callerIds.some((one) => one.callerIdId === form.callerIdId);
  return {
    ...form,
    trunkId: trunk.trunkId,
    callerIdId: kept ? form.callerIdId : (trunk.callerIds[0]?.callerIdId ?? ''),
  };
}

export type CampaignFormGap = 'name' | 'portfolio' | 'strategyName';

/** What the engine would not take. Without trunk or number a campaign can be kept, but not started. */
export function formGaps(form: CampaignForm): CampaignFormGap[] {
  const gaps: CampaignFormGap[] = [];
  if (form.name.trim() === '') gaps.push('name');
  if (form.portfolioId === '') gaps.push('portfolio');
  const { priorities, periods } = form.settings.strategy;
  if ([...priorities, ...periods].some((one) => one.name.trim() === '')) gaps.push('strategyName');
  return gaps;
}
