import { Download, SearchX } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BulkJob, ListFilter, ListSort, SavedFilter } from '#shared/contract/index.ts';
import type { DebtorId } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { errorText } from '../../app/errors.ts';
import { navigate } from '../../app/router.ts';
import {
  Button,
  DataTable,
  EmptyState,
  ErrorState,
  Field,
  Input,
  Money,
  Panel,
  Skeleton,
  type TableSelection,
  toast,
} from '../../components/index.ts';
import type { BulkKind } from './bulk-action.ts';
import { BulkJobs } from './bulk-jobs.tsx';
import { BulkSheet } from './bulk-sheet.tsx';
import { isPlain, withCondition } from './conditions.ts';
import { useDebtorColumns } from './debtor-columns.tsx';
import styles from './debtor-table.module.css';
import { ExportSheet } from './export-sheet.tsx';
import { FilterBar } from './filter-bar.tsx';
import { ListsAreBuilt } from './list-state-notice.tsx';
import { countOf, isMarked, type Marks, markState, noMarks, withMarks } from './marks.ts';
import { MarksBar } from './marks-bar.tsx';
import { PortfolioActions } from './portfolio-actions.tsx';
import type { Portfolio } from './portfolio-list.tsx';
import { SaveFilter } from './save-filter.tsx';
import { loadedRows, rowAt } from './sparse-pages.ts';
import { useListPages } from './use-list-pages.ts';
import type { ListState } from './use-list-state.ts';

const sortable: readonly ListSort['by'][] = ['name', 'balance', 'age', 'lastContact', 'nextAction'];

/** The debtors that the filter finds: any number of them, with sums, and with what can be done with many. */
export function DebtorTable({
  state,
  portfolios,
  saved,
  leads,
  onListsChanged,
}: {
  state: ListState;
  portfolios: readonly Portfolio[];
  /** the saved filter that one started from */
  saved: SavedFilter | null;
  leads: boolean;
  /** saved filters or portfolios are others than before */
  onListsChanged: () => void;
}) {
  const { t } = useTranslation();
  const { filter, sort, setFilter, setSort } = state;
  const [typed, setTyped] = useState(filter.text ?? '');
  const settled = useSettled(typed);
  const [marks, setMarks] = useState<Marks>(noMarks);
  const [bulk, setBulk] = useState<BulkKind | null>(null);
  const [started, setStarted] = useState<BulkJob | null>(null);
  const [exporting, setExporting] = useState(false);
  const pages = useListPages(filter, sort);
  const { loaded, reload } = pages;
  const total = loaded.totals?.total ?? 0;
  const columns = useDebtorColumns(portfolios);
  const portfolio =
    filter.portfolioIds?.length === 1
      ? (portfolios.find((one) => one.portfolioId === filter.portfolioIds?.[0]) ?? null)
      : null;

  // the field follows the address when a link changes it, and the address follows the field once one pauses
  const text = filter.text ?? '';
  useEffect(() => setTyped(text), [text]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed changes the filter here
  useEffect(() => {
    if (settled === typed && settled.trim() !== text) {
      setFilter(withCondition(filter, 'text', settled.trim() || undefined));
    }
  }, [settled]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other debtors, other marks
  useEffect(() => setMarks(noMarks), [JSON.stringify(filter)]);

  const ids = useMemo(() => loadedRows(loaded).map((row) => row.debtorId as string), [loaded]);
  const selection: TableSelection = {
    isSelected: (id) => isMarked(marks, id),
    state: markState(marks, total),
    set: (changed, marked) => setMarks((now) => withMarks(now, changed, marked, ids)),
    setAll: (marked) => setMarks(marked ? { kind: 'all' } : noMarks),
    labels: { row: t('bulk.mark'), all: t('bulk.mark-every') },
  };
  const sparse = {
    count: total,
    rowAt: useCallback((index: number) => rowAt(loaded, index), [loaded]),
    onRange: pages.onRange,
    listKey: loaded.key,
  };
  const count = countOf(marks, total);
  const notReady = pages.error instanceof AppError && pages.error.code === 'list.not-ready';

  return (
    <Panel
      title={saved?.name ?? portfolio?.name ?? t('portfolio.all')}
      flush
      actions={
        <>
          <Totals loaded={loaded} />
          {leads ? (
            <Button
              look="quiet"
              icon={<Download size={14} aria-hidden="true" />}
              disabled={total === 0}
              onClick={() => setExporting(true)}
            >
              {t('export.title')}
            </Button>
          ) : null}
          {leads && portfolio && isPlain(filter) ? (
            <PortfolioActions portfolio={portfolio} onChanged={onListsChanged} />
          ) : null}
        </>
      }
    >
      {count > 0 ? (
        <MarksBar
          count={count}
          total={total}
          all={marks.kind === 'all'}
          onAll={() => setMarks({ kind: 'all' })}
          onNone={() => setMarks(noMarks)}
          onAction={setBulk}
        />
      ) : (
        <div className={styles.tools}>
          <Field label={t('portfolio.search')} hideLabel className={styles.search}>
            <Input
              type="search"
              placeholder={t('portfolio.search')}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
          </Field>
          <FilterBar filter={filter} leads={leads} onChange={setFilter} />
          {isPlain(filter) && saved === null ? null : (
            <SaveFilter
              key={saved?.savedFilterId ?? ''}
              filter={filter}
              sort={sort}
              from={saved}
              leads={leads}
              onSaved={(next) => {
                onListsChanged();
                state.show(next);
              }}
              onDeleted={() => {
                onListsChanged();
                state.show(null);
              }}
            />
          )}
        </div>
      )}
      {notReady ? (
        <ListsAreBuilt />
      ) : pages.error !== null && total === 0 ? (
        <ErrorState text={errorText(pages.error, t)} onRetry={reload} />
      ) : loaded.key === '' ? (
        <Skeleton lines={9} />
      ) : (
        <DataTable
          id="debtors"
          label={t('portfolio.table')}
          columns={columns}
          rows={[]}
          sparse={sparse}
          {...(leads ? { selection } : {})}
          rowId={(row) => row.debtorId}
          total={total}
          onOpen={(row) => navigate(`/debtor/${row.debtorId}`)}
          sort={{ id: sort.by, descending: sort.descending }}
          onSortChange={({ id, descending }) => {
            const by = sortable.find((one) => one === id);
            if (by) setSort({ by, descending });
          }}
          empty={<NothingFound filter={filter} onClear={() => state.show(null)} />}
        />
      )}
      {leads ? <BulkJobs started={started} onOver={reload} /> : null}
      {bulk ? (
        <BulkSheet
          kind={bulk}
          marked={count}
          debtors={marks.kind === 'all' ? { filter } : { debtorIds: [...marks.ids] as DebtorId[] }}
          onClose={() => setBulk(null)}
          onStarted={(job) => {
            setBulk(null);
            setMarks(noMarks);
            setStarted(job);
            toast('info', t('bulk.started'));
          }}
        />
      ) : null}
      <ExportSheet
        open={exporting}
        onClose={() => setExporting(false)}
        filter={filter}
        sort={sort}
        total={total}
      />
    </Panel>
  );
}

/** How many there are and what they owe, by currency. */
function Totals({ loaded }: { loaded: ReturnType<typeof useListPages>['loaded'] }) {
  const { t } = useTranslation();
  const { totals } = loaded;
  return (
    <span className={styles.count} role="status">
      {totals === null ? '' : t('portfolio.debtors', { count: totals.total })}
      {totals && totals.sums.length > 0 ? (
        <>
          {' · '}
          <Money amounts={totals.sums} />
        </>
      ) : null}
      {totals && !totals.complete ? ` · ${t('portfolio.incomplete')}` : null}
      {totals && !totals.upToDate ? ` · ${t('portfolio.catching-up')}` : null}
    </span>
  );
}

function NothingFound({ filter, onClear }: { filter: ListFilter; onClear: () => void }) {
  const { t } = useTranslation();
  const plain = isPlain(filter);
  return (
    <EmptyState
      icon={<SearchX size={24} aria-hidden="true" />}
      title={plain ? t('portfolio.no-debtors') : t('common.nothing-found')}
      text={plain ? '' : t('portfolio.nothing-found-text')}
      action={plain ? null : <Button onClick={onClear}>{t('filter.clear')}</Button>}
    />
  );
}

/** The search is asked once the person pauses, not for every letter. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), 150);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
