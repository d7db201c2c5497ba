import type { CommandInput } from '#shared/contract/index.ts';
import type { CampaignId, Channel, DebtorId, Direction, PersonId } from '#shared/domain/index.ts';

export const channelGroups = {
  all: [],
  calls: ['call', 'voiceMessage', 'ivr'],
  messages: ['sms', 'mms', 'email', 'chat', 'letter'],
  notes: ['note', 'visit'],
  payments: ['payment'],
  changes: ['status'],
} as const satisfies Record<string, readonly Channel[]>;
export type ChannelGroup = keyof typeof channelGroups;

/** What of the history is shown. Empty strings stand for "any": the values of choices. */
export interface HistoryFilter {
  group: ChannelGroup;
  direction: Direction | '';
  personId: string;
  campaignId: string;
  withRecording: boolean;
  from: string;
  to: string;
  search: string;
}

export const noFilter: HistoryFilter = {
  group: 'all',
  direction: '',
  personId: '',
  campaignId: '',
  withRecording: false,
  from: '',
  to: '',
  search: '',
};

/** How many choices beside group and search are made: said on the button that hides them. */
export function moreFilters(filter: HistoryFilter): number {
  const { direction, personId, campaignId, withRecording, from, to } = filter;
  return [direction, personId, campaignId, withRecording, from, to].filter(Boolean).length;
}

export function isFiltered(filter: HistoryFilter): boolean {
  return filter.group !== 'all' || filter.search.trim() !== '' || moreFilters(filter) > 0;
}

/** The question to the engine; without a filter it asks for everything. */
export function historyQuestion(
  debtorId: DebtorId,
  filter: HistoryFilter,
): CommandInput<'debtor.history'> {
  const channels = channelGroups[filter.group];
  const search = filter.search.trim();
  return {
    debtorId,
    ...(channels.length > 0 ? { channels: [...channels] } : {}),
    ...(search ? { search } : {}),
    ...(filter.direction ? { direction: filter.direction } : {}),
    ...(filter.personId ? { personId: filter.personId as PersonId } : {}),
    ...(filter.campaignId ? { campaignId: filter.campaignId as CampaignId } : {}),
    ...(filter.withRecording ? { withRecording: true } : {}),
    ...(filter.from ? { from: filter.from } : {}),
    ...(filter.to ? { to: filter.to } : {}),
  };
}
