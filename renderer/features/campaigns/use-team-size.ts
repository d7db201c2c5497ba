import { useQueryData } from '../../app/use-query-data.ts';

/** How many agents a campaign has: those chosen, or everyone who is an agent now. At least one, so that there is a price. */
export function useTeamSize(personIds: readonly string[]): number {
  const people = useQueryData('access.list-people', {}).value?.people ?? [];
  const agents = people.filter((one) => one.role === 'agent' && one.active);
  return Math.min(500, Math.max(1, personIds.length === 0 ? agents.length : personIds.length));
}
