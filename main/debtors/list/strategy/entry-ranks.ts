import type { DebtorIndex } from '../debtor-index.ts';
import type { Scaling } from './property-levels.ts';
import {
  type AskedOrder,
  orderOf,
  rankOf,
  rowsOfPortfolio,
  type StrategyOrder,
  scalingOf,
} from './strategy-order.ts';

export type RankQuery = AskedOrder & {
  campaignId: string;
  /** differs whenever the same facts may give another order */
  revision: string;
};

/** An entry whose place in the store is another than the strategy's. */
export type RankedRow = readonly [entryId: string, rank: number, excluded: 0 | 1];

export interface RankedEntries {
  ranked: RankedRow[];
  /** entries that wait, of debtors with an open promise */
  promised: string[];
  /** entries that left for a promise, of debtors who have none that is open and still owe */
  returned: string[];
}

export type RankPage = RankedEntries & {
  /** of the last entry looked at */
  position: number;
  done: boolean;
};

export type RankChanges =
  | ({ known: true } & RankedEntries)
  /** what this thread knows is not enough: all have to be looked at */
  | { known: false };

interface EntryRow {
  id: string;
  debtorId: string;
  position: number;
  status: string;
  rank: number;
  excluded: 0 | 1;
  doneReason: string | null;
}

/** What is kept of a list: how it was measured, and while all of it is looked at, the place of each row. */
interface Ranked {
  revision: string;
  scaling: Scaling;
  order: { rank: Int32Array; fits: Uint8Array } | null;
  /** rows of the index that changed after this version were not looked at */
  version: number;
}

const ENTRIES_AT_ONCE = 1_000;
/** beyond so many, looking at all of the list is as quick */
const MOST_CHANGED = 5_000;
/** of `fits`: not of this portfolio */
const ABSENT = 2;
const CATCH_UP_MS = 100;
const COLUMNS = 'e.id, e.debtorId, e.position, e.status, e.rank, e.excluded, e.doneReason';

/** Which entries of lists have another place now than the store says. It reads the lists and never writes. */
export class EntryRanks {
  readonly #index: DebtorIndex;
  readonly #lists = new Map<string, Ranked>();

  constructor(index: DebtorIndex) {
    this.#index = index;
  }

  /** The next entries of a list after a position; -1 begins, and measures anew. */
  page(asked: RankQuery & { position: number }): RankPage {
    const { campaignId, position } = asked;
    const list = this.#listOf(asked, position < 0);
    const entries = this.#index.read.all<EntryRow>(
      `SELECT ${COLUMNS} FROM contactListEntry e WHERE e.campaignId = ? AND e.position > ?
        ORDER BY e.position LIMIT ?`,
      campaignId,
      position,
      ENTRIES_AT_ONCE,
    );
    const done = entries.length < ENTRIES_AT_ONCE;
    const found = this.#differing(entries, (row) => ({
      rank: list.order?.rank[row] ?? 0,
      fits: list.order?.fits[row] ?? ABSENT,
    }));
    if (done) list.order = null;
    return { ...found, position: entries.at(-1)?.position ?? position, done };
  }

  /** Entries of debtors who changed since the list was last looked at. */
  changes(asked: RankQuery): RankChanges {
    const list = this.#lists.get(asked.campaignId);
    if (list?.revision !== asked.revision || list.order !== null) return { known: false };
    if (!this.#index.catchUp(CATCH_UP_MS)) return { known: true, ...nothing() };
    const { version } = this.#index;
    const rows = this.#changedRows(asked.portfolioId, list.version);
    if (rows.length > MOST_CHANGED) return { known: false };
    list.version = version;
    if (rows.length === 0) return { known: true, ...nothing() };
    const order = orderOf(this.#index, asked, list.scaling, rows);
    const places = new Map(Array.from(rows, (row, at) => [row, at]));
    const entries = this.#entriesOf(asked.campaignId, rows);
    const found = this.#differing(entries, (row) => placeIn(order, places.get(row)));
    return { known: true, ...found };
  }

  #listOf(asked: RankQuery, begins: boolean): Ranked {
    const { campaignId, revision } = asked;
    const known = this.#lists.get(campaignId);
    if (!begins && known?.revision === revision && known.order !== null) return known;
    this.#index.catchUp(CATCH_UP_MS);
    const { version, columns } = this.#index;
    const rows = rowsOfPortfolio(this.#index, asked.portfolioId);
    const scaling = scalingOf(this.#index, asked, rows);
    const order = orderOf(this.#index, asked, scaling, rows);
    const rank = new Int32Array(columns.size);
    const fits = new Uint8Array(columns.size).fill(ABSENT);
    rows.forEach((row, at) => {
      rank[row] = rankOf(order.tiers[at] ?? 0, order.scores[at] ?? 0);
      fits[row] = order.fits[at] ?? 0;
    });
    const list: Ranked = { revision, scaling, order: { rank, fits }, version };
    this.#lists.set(campaignId, list);
    return list;
  }

  #changedRows(portfolioId: string, version: number): Uint32Array {
    const { columns, versions } = this.#index;
    const code = columns.portfolio.codeOf(portfolioId);
    const rows: number[] = [];
    for (let row = 0; row < columns.size && rows.length <= MOST_CHANGED; row += 1) {
      if ((versions[row] ?? 0) > version && columns.portfolio.codes[row] === code) rows.push(row);
    }
    return Uint32Array.from(rows);
  }

  #entriesOf(campaignId: string, rows: Uint32Array): EntryRow[] {
    const ids = Array.from(rows, (row) => this.#index.columns.ids.idAt(row));
    return this.#index.read.all<EntryRow>(
      `SELECT ${COLUMNS} FROM json_each(?) AS asked
        CROSS JOIN contactListEntry e ON e.debtorId = asked.value WHERE e.campaignId = ?`,
      JSON.stringify(ids),
      campaignId,
    );
  }

  #differing(
    entries: readonly EntryRow[],
    placeOf: (row: number) => { rank: number; fits: number },
  ): RankedEntries {
    const found = nothing();
    for (const entry of entries) {
      const row = this.#index.columns.ids.rowOf(entry.debtorId);
      if (row === undefined || !this.#index.columns.isAlive(row)) continue;
      const { rank, fits } = placeOf(row);
      if (fits === ABSENT) continue;
      const excluded = fits === 1 ? 0 : 1;
      // the place of one who is left out is of no use to anybody
      if (entry.excluded !== excluded || (excluded === 0 && entry.rank !== rank))
        found.ranked.push([entry.id, excluded === 1 ? entry.rank : rank, excluded]);
      this.#addPromises(entry, row, found);
    }
    return found;
  }

  #addPromises({ id, status, doneReason }: EntryRow, row: number, found: RankedEntries): void {
    const { columns } = this.#index;
    const isPromised = columns.promiseAt(row) === 'open';
    const isOpen = status === 'pending' || status === 'waiting';
    if (isPromised && isOpen) found.promised.push(id);
    const hasLeft = status === 'done' && doneReason === 'promise';
    if (!isPromised && hasLeft && columns.statusAt(row) === 'open') found.returned.push(id);
  }
}

function placeIn(order: StrategyOrder, at: number | undefined): { rank: number; fits: number } {
  if (at === undefined) return { rank: 0, fits: ABSENT };
  return {
    rank: rankOf(order.tiers[at] ?? 0, order.scores[at] ?? 0),
    fits: order.fits[at] ?? ABSENT,
  };
}

function nothing(): RankedEntries {
  return { ranked: [], promised: [], returned: [] };
}
