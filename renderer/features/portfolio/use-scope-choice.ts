import { useState } from 'react';
import { useCampaigns } from '../../app/services.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { sortedCampaigns } from '../../stores/index.ts';
import { type DebtorScope, type ScopeChoice, scopeOf, type Whose } from './debtor-scope.ts';

export interface ChosenScope {
  choice: ScopeChoice;
  change: (part: Partial<ScopeChoice>) => void;
  campaigns: readonly NamedScope[];
  portfolios: readonly NamedScope[];
  /** null while nothing is chosen */
  scope: DebtorScope | null;
  /** of the chosen campaign or portfolio; null while none is, and of a filter */
  name: string | null;
}

export interface NamedScope {
  value: string;
  label: string;
}

/** Whose debtors something is for, while it is being planned, with the campaigns and portfolios to choose from. */
export function useScopeChoice(first: Whose): ChosenScope {
  const view = useCampaigns((campaigns) => campaigns);
  const known = useQueryData('debtor.list-portfolios', {}).value?.portfolios ?? [];
  const [choice, setChoice] = useState<ScopeChoice>({
    whose: first,
    campaignId: '',
    portfolioId: '',
    filter: {},
  });
  const campaigns = sortedCampaigns(view).map((one) => ({
    value: one.campaignId as string,
    label: one.name,
  }));
  const portfolios = known.map((one) => ({ value: one.portfolioId as string, label: one.name }));
  const named = { campaign: campaigns, portfolio: portfolios, filter: [] }[choice.whose];
  const id = choice.whose === 'campaign' ? choice.campaignId : choice.portfolioId;
  return {
    choice,
    change: (part) => setChoice((now) => ({ ...now, ...part })),
    campaigns,
    portfolios,
    scope: scopeOf(choice),
    name: named.find(({ value }) => value === id)?.label ?? null,
  };
}
