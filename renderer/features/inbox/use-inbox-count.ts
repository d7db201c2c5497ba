import { useConnection } from '../../app/services.ts';
import { useWaitingThreads } from './use-inbox-counts.ts';

/** What waits for an answer: for an agent their own threads and those that nobody has taken, for leads all that are open. */
export function useInboxCount(): number {
  const isAgent = useConnection((view) => view.principal?.role === 'agent');
  const counts = useWaitingThreads('open', 1).value?.counts;
  if (!counts) return 0;
  return isAgent ? (counts.mine ?? 0) + (counts.unassigned ?? 0) : (counts.open ?? 0);
}
