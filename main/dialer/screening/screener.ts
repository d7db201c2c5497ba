import type { CampaignScreening } from '#shared/contract/index.ts';
import type { Clock } from '#shared/util/index.ts';
import type { ContactRules } from '../../contact-rules/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/types.ts';
import {
  type EntryRow,
  entriesAfter,
  entriesOf,
  entriesOfDebtors,
  isOpenEntry,
} from './entry-rows.ts';
import { FactFollower, newestChange } from './fact-follower.ts';
import {
  ClockDoubted,
  createLook,
  differing,
  type LookAtEntries,
  storedBlock,
} from './look-at-entries.ts';
import { type OpenList, readMarks, readOpenLists } from './open-lists.ts';
import { ScreenedList } from './screened-list.ts';
import type { FoundRow, ScreeningChunk, ScreeningMark } from './screening-writes.ts';

export type ScreeningView = Unbranded<CampaignScreening>;

export interface ScreenerParts {
  read: ReadDb;
  rules: ContactRules;
  clock: Pick<Clock, 'now' | 'monotonic'>;
  /**
   * Has a chunk written; chunks are written in their order. Resolves after the commit.
   * @param freed campaigns of whom somebody may be dialed again
   */
  write(chunk: ScreeningChunk, freed: string[]): Promise<void>;
  /** what `view` says of these campaigns differs */
  onChange(campaignId: string): void;
  /** the door doubts the clock: nothing is looked at until `trustClock` */
  onClockDoubted(): void;
}

/** `busy`: call again at once; `writing`: when a write has ended; `idle`: when the log may have grown. */
export type Progress = 'busy' | 'writing' | 'idle';

/** entries looked at in one go because something of them changed */
export const ENTRIES_AT_ONCE = 100;
/**
 * Of a whole list: what a question to the thread waits for. More than the above, since each commit of another connection
 * empties the cache of this one (SQLite in WAL mode), and the upper pages of a dozen indexes are then read again.
 */
const ENTRIES_OF_LIST_AT_ONCE = 300;
const LOADED_AT_ONCE = 2_000;
const MOST_WRITES_UNDER_WAY = 8;
/** the log of changes is looked at so often while there is other work */
const FOLLOW_EVERY_MS = 200;
/** further back than so many changes, looking at the whole list is quicker */
const MOST_CHANGES_BEHIND = 50_000;
const KEEP_MARKS_EVERY_MS = 5_000;
const AFTER_FAILURE_MS = 1_000;

/**
 * Keeps what is known of every entry of open lists in agreement with the rules: all of a list once, and whom a change
 * concerns at once. It decides nothing: the door is asked again when somebody is dialed.
 */
export class Screener {
  readonly #parts: ScreenerParts;
  readonly #lists = new Map<string, ScreenedList>();
  readonly #follower: FactFollower;
  readonly #look: LookAtEntries;
  readonly #dirtyDebtors = new Set<string>();
  readonly #dirtyEntries = new Set<string>();
  /** what is being written, newest last: the store does not say it yet */
  readonly #underWay = new Map<string, FoundRow>();
  #writes = 0;
  #followedMs = Number.NEGATIVE_INFINITY;
  #restUntilMs = Number.NEGATIVE_INFINITY;
  /** changes up to it are looked at, and what was found is handed to the writer */
  #settledSeq: number;
  #isClockDoubted = false;

  constructor(parts: ScreenerParts) {
    this.#parts = parts;
    const { read, rules } = parts;
    this.#look = createLook(read, rules);
    const newest = newestChange(read);
    const marks = readMarks(read);
    const usable = (open: OpenList): ScreeningMark | null => {
      const mark = marks.get(open.campaignId);
      if (mark?.revision !== open.revision || mark.changeSeq > newest) return null;
      return newest - mark.changeSeq > MOST_CHANGES_BEHIND ? null : mark;
    };
    let cursor = newest;
    for (const open of readOpenLists(read, rules)) {
      const mark = usable(open);
      if (mark !== null) cursor = Math.min(cursor, mark.changeSeq);
      this.#add(open, mark);
    }
    this.#follower = new FactFollower(read, cursor);
    this.#settledSeq = cursor;
  }

  get campaignIds(): string[] {
    return [...this.#lists.keys()];
  }

  /** bytes of what is kept of the entries */
  get bytes(): number {
    let bytes = 0;
    for (const { counts } of this.#lists.values()) bytes += counts.bytes;
    return bytes;
  }

  /** One step of work. */
  work(): Progress {
    if (this.#isClockDoubted) return 'idle';
    const { clock } = this.#parts;
    if (clock.monotonic() < this.#restUntilMs) return 'idle';
    if (this.#writes >= MOST_WRITES_UNDER_WAY) return 'writing';
    try {
      if (this.#load() || this.#follow() || this.#lookAtDirty() || this.#goOn()) return 'busy';
      this.#keepMarks();
    } catch (error) {
      if (!(error instanceof ClockDoubted)) throw error;
      this.#isClockDoubted = true;
      this.#parts.onClockDoubted();
      this.#tellAll();
    }
    return this.#writes > 0 ? 'writing' : 'idle';
  }

  /** The log of changes is read at the next step, however short ago it was. */
  hurry(): void {
    this.#followedMs = Number.NEGATIVE_INFINITY;
  }

  doubtClock(): void {
    if (this.#isClockDoubted) return;
    this.#isClockDoubted = true;
    this.#tellAll();
  }

  /** A person said that the time is right: it may be another than the one that was looked at. */
  trustClock(): void {
    if (!this.#isClockDoubted) return;
    this.#isClockDoubted = false;
    this.#parts.rules.confirmClock(this.#parts.read);
    for (const list of this.#lists.values()) this.#startPass(list, false);
    this.#tellAll();
  }

  /** Looks at the whole list as if it never had been. */
  screen(campaignId: string): void {
    this.#refreshLists();
    const list = this.#lists.get(campaignId);
    if (list) this.#startPass(list, true);
  }

  /** Somebody wants to see it: then it is of today, also when the campaign does not run. */
  askedView(campaignId: string): ScreeningView {
    if (!this.#lists.has(campaignId)) this.#refreshLists();
    const list = this.#lists.get(campaignId);
    const isOld = list?.pass === null && list.isOld(this.#parts.clock.monotonic());
    if (list && isOld) this.#startPass(list, false);
    return this.view(campaignId);
  }

  view(campaignId: string): ScreeningView {
    const list = this.#lists.get(campaignId);
    if (!list) return this.#viewOfClosed(campaignId);
    const { clock } = this.#parts;
    const { pass, since } = list;
    const screenedTo = since === null ? (pass?.position ?? -1) : null;
    const summary = list.counts.summary(clock.now(), screenedTo);
    return { campaignId, state: this.#stateOf(list), screenedAt: since, ...summary };
  }

  #stateOf(list: ScreenedList): ScreeningView['state'] {
    if (this.#isClockDoubted) return 'unavailable';
    if (list.loadedTo !== null) return 'waiting';
    if (list.pass === null) return 'idle';
    return this.#nextPass() === list ? 'running' : 'waiting';
  }

  /** Nobody of a list that is over is looked at. */
  #viewOfClosed(campaignId: string): ScreeningView {
    const row = this.#parts.read.get<{ entries: number }>(
      `SELECT count(*) AS entries FROM contactListEntry WHERE campaignId = ? AND status IN ('pending','waiting')`,
      campaignId,
    );
    const state = this.#isClockDoubted ? 'unavailable' : 'idle';
    const counts = { entries: row?.entries ?? 0, screened: 0, allowedNow: 0, refused: [] };
    return { campaignId, state, screenedAt: null, ...counts };
  }

  #add(open: OpenList, mark: ScreeningMark | null): void {
    const list = new ScreenedList(open, mark, this.#parts.clock.monotonic());
    this.#lists.set(open.campaignId, list);
    if (list.since === null && list.pass === null) this.#startPass(list, true);
  }

  #startPass(list: ScreenedList, forget: boolean): void {
    const { clock } = this.#parts;
    list.startPass(clock.now(), clock.monotonic(), forget);
    this.#tell(list);
  }

  /** Entries as they are, before anybody is looked at: they are counted, and known when they change. */
  #load(): boolean {
    const list = [...this.#lists.values()].find(({ loadedTo }) => loadedTo !== null);
    if (list === undefined || list.loadedTo === null) return false;
    const { campaignId } = list.open;
    const rows = entriesAfter(this.#parts.read, campaignId, list.loadedTo, LOADED_AT_ONCE);
    for (const row of rows) list.note(row, this.#underWay.get(row.id));
    list.loadedTo = rows.length < LOADED_AT_ONCE ? null : (rows.at(-1)?.position ?? null);
    if (list.loadedTo === null) this.#tell(list);
    return true;
  }

  /** @returns whether there is more in the log */
  #follow(): boolean {
    const nowMs = this.#parts.clock.monotonic();
    if (nowMs - this.#followedMs < FOLLOW_EVERY_MS) return false;
    const changes = this.#follower.take();
    if (!changes.more) this.#followedMs = nowMs;
    if (changes.questions) this.#refreshLists();
    if (changes.everything) for (const list of this.#lists.values()) this.#startPass(list, true);
    for (const debtorId of changes.debtorIds) this.#dirtyDebtors.add(debtorId);
    this.#noteEntries([...changes.entryIds], changes.refusedAtDial);
    if (!changes.more) {
      for (const list of this.#lists.values())
        if (list.wantsPass(nowMs)) this.#startPass(list, false);
      this.#noteSettled();
    }
    return changes.more;
  }

  /** Campaigns may have come, gone or changed, and the rules with them. */
  #refreshLists(): void {
    const { read, rules } = this.#parts;
    const open = new Map(readOpenLists(read, rules).map((list) => [list.campaignId, list]));
    for (const [campaignId, list] of this.#lists) {
      const now = open.get(campaignId);
      if (now === undefined) {
        this.#lists.delete(campaignId);
        this.#parts.onChange(campaignId);
        continue;
      }
      const isOther = now.revision !== list.open.revision;
      list.open = now;
      if (isOther) this.#startPass(list, true);
    }
    // what changed while a list was closed was not followed for it: it begins anew
    for (const [campaignId, list] of open) if (!this.#lists.has(campaignId)) this.#add(list, null);
  }

  #noteEntries(ids: readonly string[], refusedAtDial: ReadonlySet<string>): void {
    if (ids.length === 0 || this.#lists.size === 0) return;
    for (const row of entriesOf(this.#parts.read, ids)) {
      const list = this.#lists.get(row.campaignId);
      if (!list) continue;
      const wasOpen = list.counts.isOpen(row.position);
      list.note(row, this.#underWay.get(row.id));
      this.#tell(list);
      if (refusedAtDial.has(row.id)) list.noteRefusalAtDial();
      else if (isOpenEntry(row) && !wasOpen) this.#dirtyEntries.add(row.id);
    }
  }

  #lookAtDirty(): boolean {
    if (this.#lists.size === 0) {
      this.#dirtyDebtors.clear();
      this.#dirtyEntries.clear();
      return false;
    }
    const { read } = this.#parts;
    const debtorIds = takeSome(this.#dirtyDebtors);
    const ids = debtorIds.length > 0 ? [] : takeSome(this.#dirtyEntries);
    if (debtorIds.length === 0 && ids.length === 0) return false;
    const found = read.snapshot(() => {
      const rows = ids.length > 0 ? entriesOf(read, ids) : entriesOfDebtors(read, debtorIds);
      return this.#lookAt(rows.filter(isOpenEntry));
    });
    if (found.length > 0) this.#write(found, []);
    this.#noteSettled();
    return true;
  }

  #noteSettled(): void {
    if (this.#dirtyDebtors.size === 0 && this.#dirtyEntries.size === 0)
      this.#settledSeq = this.#follower.cursor;
  }

  #nextPass(): ScreenedList | undefined {
    let first: ScreenedList | undefined;
    for (const list of this.#lists.values()) {
      if (list.pass === null) continue;
      if (list.open.status === 'running') return list;
      first ??= list;
    }
    return first;
  }

  /** The next entries of a look at a whole list. */
  #goOn(): boolean {
    const list = this.#nextPass();
    if (!list?.pass) return false;
    const { pass } = list;
    const { read, clock } = this.#parts;
    const found = read.snapshot(() => {
      const rows = entriesAfter(read, list.open.campaignId, pass.position, ENTRIES_OF_LIST_AT_ONCE);
      const last = rows.at(-1);
      const found = this.#lookAt(rows.filter(isOpenEntry));
      if (last !== undefined) pass.position = last.position;
      if (rows.length < ENTRIES_OF_LIST_AT_ONCE) list.endPass(clock.monotonic());
      return found;
    });
    this.#tell(list);
    const mark = list.mark(this.#settledSeq);
    const everyMs = list.pass === null ? 0 : KEEP_MARKS_EVERY_MS;
    const keeps = list.shouldKeep(mark, clock.monotonic(), everyMs);
    if (found.length > 0 || keeps) this.#write(found, keeps ? [list] : []);
    return true;
  }

  /** @returns what the store should say otherwise */
  #lookAt(rows: readonly EntryRow[]): FoundRow[] {
    const known = rows.filter(({ campaignId }) => this.#lists.has(campaignId));
    if (known.length === 0) return [];
    const listOf = (row: EntryRow) => this.#lists.get(row.campaignId) as ScreenedList;
    const at = this.#parts.clock.now();
    const verdicts = this.#look(known, (row) => listOf(row).open, at);
    return known.flatMap((row, index): FoundRow[] => {
      const verdict = verdicts[index];
      if (verdict === undefined) return [];
      const stored = this.#underWay.get(row.id) ?? storedBlock(row);
      const found = differing(row, stored, verdict, at);
      const list = listOf(row);
      list.noteFound(row.position, true, found ?? stored);
      if (found === null) return [];
      this.#tell(list);
      return [found];
    });
  }

  #write(found: FoundRow[], keep: readonly ScreenedList[]): void {
    const { clock } = this.#parts;
    const marks = keep.map((list) => {
      const mark = list.mark(this.#settledSeq);
      list.kept(mark, clock.monotonic());
      return mark;
    });
    const now = clock.now();
    const freed = found.some(([, until]) => until <= now) ? this.#runningIds() : [];
    for (const row of found) this.#underWay.set(row[0], row);
    this.#writes += 1;
    this.#parts
      .write({ found, marks }, freed)
      .catch(() => this.#beginAnew())
      .finally(() => {
        this.#writes -= 1;
        for (const row of found)
          if (this.#underWay.get(row[0]) === row) this.#underWay.delete(row[0]);
      });
  }

  #runningIds(): string[] {
    return [...this.#lists.values()]
      .filter(({ open }) => open.status === 'running')
      .map(({ open }) => open.campaignId);
  }

  /** Something could not be written: nobody knows whose answers the store lacks. */
  #beginAnew(): void {
    this.#restUntilMs = this.#parts.clock.monotonic() + AFTER_FAILURE_MS;
    for (const list of this.#lists.values()) this.#startPass(list, true);
  }

  #keepMarks(): void {
    const nowMs = this.#parts.clock.monotonic();
    const due = [...this.#lists.values()].filter((list) =>
      list.shouldKeep(list.mark(this.#settledSeq), nowMs, KEEP_MARKS_EVERY_MS),
    );
    if (due.length > 0) this.#write([], due);
  }

  #tell({ open }: ScreenedList): void {
    this.#parts.onChange(open.campaignId);
  }

  #tellAll(): void {
    for (const list of this.#lists.values()) this.#tell(list);
  }
}

function takeSome(ids: Set<string>): string[] {
  const some: string[] = [];
  for (const id of ids) {
    if (some.length === ENTRIES_AT_ONCE) break;
    some.push(id);
    ids.delete(id);
  }
  return some;
}
