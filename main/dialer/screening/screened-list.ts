import type { EntryRow } from './entry-rows.ts';
import { isOpenEntry, refusedBy } from './entry-rows.ts';
import { ListCounts } from './list-counts.ts';
import type { OpenList } from './open-lists.ts';
import type { FoundRow, ScreeningMark } from './screening-writes.ts';

/** A look at a whole list, in the order of its positions. */
export interface Pass {
  /** epoch ms; stays when the look goes on after a restart */
  startedAt: number;
  /** monotonic ms since when this run works at it */
  begunMs: number;
  /** all entries up to it are looked at */
  position: number;
}

/** A running list is looked at again after this: windows close, and some rules read more than is followed. */
const LOOK_AGAIN_MS = 15 * 60_000;
/** a long list less often, so that looking takes at most this part of a core */
const SHARE_OF_CORE = 10;
/** the dialer met so many whom the rules refuse: a window has closed, and screening goes ahead of it */
const REFUSALS_AT_DIAL = 5;
const SHORTEST_PAUSE_MS = 10_000;

/** What the thread knows of one open list. */
export class ScreenedList {
  readonly counts = new ListCounts();
  open: OpenList;
  /** the last position whose entry was read at the start; null: all were */
  loadedTo: number | null = -1;
  /** epoch ms: start of the last look at the whole list that still counts */
  since: number | null;
  pass: Pass | null = null;
  #tookMs = 0;
  #endedMs: number;
  #refusedAtDial = 0;
  #kept = '';
  #keptMs = Number.NEGATIVE_INFINITY;

  /** @param mark what an earlier run has put down and what still counts; null: nothing */
  constructor(open: OpenList, mark: ScreeningMark | null, nowMs: number) {
    this.open = open;
    this.since = mark?.since ?? null;
    this.#endedMs = nowMs;
    if (mark?.startedAt != null)
      this.pass = { startedAt: mark.startedAt, begunMs: nowMs, position: mark.position };
  }

  /** Begins a look at the whole list. @param forget nothing that was found before counts any more */
  startPass(now: number, nowMs: number, forget: boolean): void {
    if (forget) this.since = null;
    this.pass = { startedAt: now, begunMs: nowMs, position: -1 };
    this.#refusedAtDial = 0;
  }

  endPass(nowMs: number): void {
    if (this.pass === null) return;
    this.since = this.pass.startedAt;
    this.#tookMs = nowMs - this.pass.begunMs;
    this.#endedMs = nowMs;
    this.pass = null;
  }

  noteRefusalAtDial(): void {
    this.#refusedAtDial += 1;
  }

  /** Whether the list should be looked at again, although no fact says so. */
  wantsPass(nowMs: number): boolean {
    if (this.pass !== null) return false;
    if (this.since === null) return true;
    const ageMs = nowMs - this.#endedMs;
    if (this.#refusedAtDial >= REFUSALS_AT_DIAL && ageMs >= SHORTEST_PAUSE_MS) return true;
    return this.open.status === 'running' && this.isOld(nowMs);
  }

  isOld(nowMs: number): boolean {
    return nowMs - this.#endedMs >= Math.max(LOOK_AGAIN_MS, this.#tookMs * SHARE_OF_CORE);
  }

  /** Takes in a row as it is, or as a write under way will make it. */
  note(row: EntryRow, found: FoundRow | undefined): void {
    if (found === undefined)
      this.counts.set(row.position, isOpenEntry(row), row.blockedUntil, refusedBy(row));
    else this.noteFound(row.position, isOpenEntry(row), found);
  }

  noteFound(position: number, isOpen: boolean, found: FoundRow): void {
    const [, until, rule, pack, because] = found;
    const by = rule === null ? null : { rule, pack: pack ?? '', because: because ?? '' };
    this.counts.set(position, isOpen, until, by);
  }

  mark(changeSeq: number): ScreeningMark {
    const { campaignId, revision } = this.open;
    const startedAt = this.pass?.startedAt ?? null;
    const position = this.pass?.position ?? -1;
    return { campaignId, since: this.since, startedAt, position, changeSeq, revision };
  }

  /** Whether what was put down last is so old that it should be put down again. */
  shouldKeep(mark: ScreeningMark, nowMs: number, everyMs: number): boolean {
    return nowMs - this.#keptMs >= everyMs && JSON.stringify(mark) !== this.#kept;
  }

  kept(mark: ScreeningMark, nowMs: number): void {
    this.#kept = JSON.stringify(mark);
    this.#keptMs = nowMs;
  }
}
