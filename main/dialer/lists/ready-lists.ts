import type { ReadDb } from '../../store/types.ts';
import { readCampaignSettings } from '../settings/index.ts';
import type { DueEntry, NextDebtors } from '../types.ts';
import { type DueRow, type LookLimits, usualLimits } from './due-entries.ts';
import { nextDueOf } from './next-due.ts';
import { type Callable, callableOf } from './next-entry.ts';
import { ReadyList } from './ready-list.ts';

export interface ReadyListsParts {
  read: ReadDb;
  /** epoch ms */
  now(): number;
  /** somebody may be due who was not found at once */
  onReady(campaignId: string): void;
  /** runs something after what waits now; absent: as soon as the thread is free */
  later?: (run: () => void) => void;
  limits?: LookLimits;
  /** numbers and debt of debtors, in their order; absent: read from the store */
  callableOf?: (debtorIds: readonly string[]) => readonly Callable[];
}

/** parts of a walk that a question itself may wait for, a millisecond each */
const WALKS_AT_ONCE = 2;
const NOBODY: ReadonlySet<string> = new Set();
/** entries looked up in the store together */
const STATES_AT_ONCE = 100;

/**
 * Whose turn it is on each list, kept some hundred entries ahead. Every entry is looked up in the store again before it is
 * given: it is still due, nobody talks to its debtor, and no other list has taken them. When nobody of the first some
 * thousand places is due, the walk goes on in small parts between other work, and `onReady` says that it found somebody.
 */
export class ReadyLists implements NextDebtors {
  readonly #parts: ReadyListsParts;
  readonly #lists = new Map<string, ReadyList>();
  readonly #walking = new Set<string>();
  #isClosed = false;

  constructor(parts: ReadyListsParts) {
    this.#parts = parts;
  }

  next(campaignId: string, now: number, taken: ReadonlySet<string>): DueEntry | null {
    return this.nextMany(campaignId, now, taken, 1)[0] ?? null;
  }

  /** The next so many, read together; fewer when no more are found at once. */
  nextMany(campaignId: string, now: number, taken: ReadonlySet<string>, count: number): DueEntry[] {
    const rows = this.#free(campaignId, now, taken, count);
    const debtorIds = rows.map(({ debtorId }) => debtorId);
    const callable = this.#parts.callableOf?.(debtorIds) ?? callableOf(this.#parts.read, debtorIds);
    return rows.map(({ entryId, debtorId }, index) => {
      const { numbers = [], debtId = null } = callable[index] ?? {};
      return { entryId, debtorId, numbers, debtId };
    });
  }

  /** Debtors whose turn comes likely next; none of them may be left when it comes. */
  ahead(campaignId: string, count: number): string[] {
    return this.#free(campaignId, this.#parts.now(), NOBODY, count).map(({ debtorId }) => debtorId);
  }

  nextDue(campaignId: string, now: number): { at: number; byRules: boolean } | null {
    return nextDueOf(this.#parts.read, campaignId, now);
  }

  /** Places, facts or the settings of a list have changed: the next question looks at the store. */
  forget(campaignId: string): void {
    this.#lists.get(campaignId)?.forget();
  }

  close(): void {
    this.#isClosed = true;
    this.#lists.clear();
  }

  #listOf(campaignId: string): ReadyList {
    const known = this.#lists.get(campaignId);
    if (known) return known;
    const list = new ReadyList(this.#parts.read, campaignId, this.#parts.limits ?? usualLimits);
    this.#lists.set(campaignId, list);
    return list;
  }

  /** @returns false when the campaign is gone */
  #refresh(campaignId: string, list: ReadyList, now: number): boolean {
    const row = this.#parts.read.get<{ settingsJson: string }>(
      'SELECT settingsJson FROM campaign WHERE id = ? AND deletedAt IS NULL',
      campaignId,
    );
    if (row === undefined) {
      this.#lists.delete(campaignId);
      return false;
    }
    list.refresh(now, readCampaignSettings(row.settingsJson).strategy);
    return true;
  }

  #free(campaignId: string, now: number, taken: ReadonlySet<string>, count: number): FreeRow[] {
    const list = this.#listOf(campaignId);
    // also when what was found a moment ago is used up
    const isStale = list.isOld(now) || (list.size === 0 && !list.hasMore);
    if (isStale && !this.#refresh(campaignId, list, now)) return [];
    let rows = this.#first(list, now, taken, count);
    for (let walks = 0; rows.length < count && list.hasMore && walks < WALKS_AT_ONCE; walks += 1) {
      list.walk(now);
      rows = this.#first(list, now, taken, count);
    }
    if (rows.length === 0 && list.hasMore) this.#goOn(campaignId, list);
    return rows;
  }

  #first(list: ReadyList, now: number, taken: ReadonlySet<string>, count: number): FreeRow[] {
    const rows = new Map<string, FreeRow>();
    const rest = list.inOrder();
    while (rows.size < count) {
      const some = takeSome(
        rest,
        ({ entryId }) => !taken.has(entryId) && !rows.has(entryId),
        Math.min(count - rows.size, STATES_AT_ONCE),
      );
      if (some.length === 0) break;
      const states = statesOf(this.#parts.read, some, now);
      for (const row of some) {
        const { debtorId, state } = states.get(row.entryId) ?? GONE;
        if (state === 'gone') list.drop(row);
        if (state === 'free') rows.set(row.entryId, { entryId: row.entryId, debtorId });
      }
    }
    return [...rows.values()];
  }

  /** One part of the walk after another, between other work, until somebody is found or the end is reached. */
  #goOn(campaignId: string, list: ReadyList): void {
    if (this.#walking.has(campaignId)) return;
    this.#walking.add(campaignId);
    const later = this.#parts.later ?? ((run) => void setImmediate(run));
    const step = () => {
      if (this.#isClosed || this.#lists.get(campaignId) !== list) {
        this.#walking.delete(campaignId);
        return;
      }
      // of those who are here already, none was free
      const { size } = list;
      list.walk(this.#parts.now());
      const isLonger = list.size > size;
      if (!isLonger && list.hasMore) return later(step);
      this.#walking.delete(campaignId);
      if (isLonger) this.#parts.onReady(campaignId);
    };
    later(step);
  }
}

/** Some next rows, each once, that `isWanted` takes; fewer at the end. */
function takeSome(
  rows: Iterator<DueRow>,
  isWanted: (row: DueRow) => boolean,
  count: number,
): DueRow[] {
  const some = new Map<string, DueRow>();
  while (some.size < count) {
    const { value, done } = rows.next();
    if (done) break;
    if (isWanted(value) && !some.has(value.entryId)) some.set(value.entryId, value);
  }
  return [...some.values()];
}

// The list of ids stays outside, so that every row is found by an index, for one entry as for a hundred; calls that are up are
// few, and read once, while those of a debtor lie all over the file.
const STATES = `SELECT e.id AS entryId, e.debtorId,
    e.status IN ('pending','waiting') AND max(e.nextAt, e.blockedUntil) <= ? AND e.excluded = 0
      AND e.callbackAt IS NULL AND e.silentAt IS NULL AS isDue,
    EXISTS (SELECT 1 FROM promiseToPay p INDEXED BY promiseDebtor
      WHERE p.debtorId = e.debtorId AND p.status = 'open' AND p.deletedAt IS NULL) AS isPromised,
    EXISTS (SELECT 1 FROM contactListEntry o WHERE o.debtorId = e.debtorId AND o.status = 'inProgress')
      OR e.debtorId IN (SELECT a.debtorId FROM attempt a INDEXED BY attemptUnfinished
        WHERE a.endedAt IS NULL AND a.debtorId IS NOT NULL) AS isBusy
  FROM json_each(?) AS asked CROSS JOIN contactListEntry e ON e.id = asked.value`;

interface FreeRow {
  entryId: string;
  debtorId: string;
}

interface StateRow extends FreeRow {
  isDue: 0 | 1;
  isPromised: 0 | 1;
  isBusy: 0 | 1;
}

interface EntryState {
  debtorId: string;
  /** `busy`: another list or an agent has this debtor now */
  state: 'free' | 'busy' | 'gone';
}
const GONE: EntryState = { debtorId: '', state: 'gone' };

/** As the store says now; an entry that is no more is missing. */
function statesOf(read: ReadDb, rows: readonly DueRow[], now: number): Map<string, EntryState> {
  const ids = JSON.stringify(rows.map(({ entryId }) => entryId));
  const states = new Map<string, EntryState>();
  for (const row of read.all<StateRow>(STATES, now, ids)) {
    const isGone = row.isDue === 0 || row.isPromised === 1;
    const state = isGone ? 'gone' : row.isBusy === 1 ? 'busy' : 'free';
    states.set(row.entryId, { debtorId: row.debtorId, state });
  }
  return states;
}
