import { useCallback, useRef, useState } from 'react';
import type { CommandInput, DecisionRow } from '#shared/contract/index.ts';
import { useServices } from '../../app/services.ts';
import { type QueryData, useQueryData } from '../../app/use-query-data.ts';

export type DecisionFilter = Pick<
  CommandInput<'rules.list-decisions'>,
  'debtorId' | 'callId' | 'allowed' | 'overridden'
>;

/** Kept decisions, newest first; the older ones come as the end of the list comes into sight. */
export function useDecisions(filter: DecisionFilter): {
  data: QueryData<{ decisions: DecisionRow[]; more: boolean }>;
  rows: readonly DecisionRow[];
  more: boolean;
  loadMore: () => void;
} {
  const { client } = useServices();
  const key = JSON.stringify(filter);
  const data = useQueryData('rules.list-decisions', { ...filter, limit: 100 });
  const [older, setOlder] = useState<{ key: string; rows: DecisionRow[]; more: boolean } | null>(
    null,
  );
  const busy = useRef(false);
  const kept = older?.key === key ? older : null;
  const first = data.value?.decisions ?? [];
  const rows = kept ? [...first, ...kept.rows] : first;
  const more = kept?.more ?? data.value?.more ?? false;
  const last = rows.at(-1)?.decisionId;
  const loadMore = useCallback(() => {
    if (!more || last === undefined || busy.current) return;
    busy.current = true;
    client
      .send('rules.list-decisions', { ...JSON.parse(key), limit: 100, before: last })
      .then(
        (answer) =>
          setOlder((now) => ({
            key,
            rows: [...(now?.key === key ? now.rows : []), ...answer.decisions],
            more: answer.more,
          })),
        () => undefined, // the next look at the end asks again
      )
      .finally(() => {
        busy.current = false;
      });
  }, [client, key, last, more]);
  return { data, rows, more, loadMore };
}
