import { useCallback, useMemo } from 'react';
import type { ListFilter, ListSort } from '#shared/contract/index.ts';
import { navigate, useRoute } from '../../app/router.ts';
import { usePreference } from '../../app/services.ts';
import { filterFromQuery, filterToQuery, sortFromQuery, sortToQuery } from './filter-address.ts';

const firstSort: ListSort = { by: 'name', descending: false };

export interface ListState {
  filter: ListFilter;
  sort: ListSort;
  /** the saved filter that one started from; '' for none */
  savedFilterId: string;
  setFilter: (filter: ListFilter) => void;
  setSort: (sort: ListSort) => void;
  /** shows a saved filter, or with null everything */
  show: (
    saved: { savedFilterId: string; filter: ListFilter; sort: ListSort | null } | null,
  ) => void;
}

/** What the list shows: the filter and the order of the address; the order one chose last where it names none. */
export function useListState(): ListState {
  const { query } = useRoute();
  const [kept, keep] = usePreference('table.debtors-sort', sortToQuery(firstSort));
  const filter = useMemo(() => filterFromQuery(query), [query]);
  const written = query.sort ?? (kept as string);
  const sort = useMemo(() => sortFromQuery(written) ?? firstSort, [written]);
  const savedFilterId = query.list ?? '';

  const setFilter = useCallback(
    (next: ListFilter) =>
      navigate(
        '/portfolio',
        { ...filterToQuery(next), list: savedFilterId, sort: query.sort ?? '' },
        { replace: true },
      ),
    [savedFilterId, query.sort],
  );
  const setSort = useCallback(
    (next: ListSort) => {
      keep(sortToQuery(next));
      navigate(
        '/portfolio',
        { ...filterToQuery(filter), list: savedFilterId, sort: sortToQuery(next) },
        { replace: true },
      );
    },
    [filter, savedFilterId, keep],
  );
  const show = useCallback<ListState['show']>(
    (saved) =>
      navigate(
        '/portfolio',
        saved === null
          ? {}
          : {
              ...filterToQuery(saved.filter),
              list: saved.savedFilterId,
              sort: saved.sort ? sortToQuery(saved.sort) : '',
            },
      ),
    [],
  );
  return { filter, sort, savedFilterId, setFilter, setSort, show };
}
