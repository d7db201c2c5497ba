import type { ReadDb } from '../../store/types.ts';
import {
  byPlace,
  byTime,
  type DueRow,
  dueByTime,
  fewDue,
  type LookLimits,
  type Walk,
  walkFrom,
  walkOn,
} from './due-entries.ts';

/** what a long walk has found is used up before the walk begins anew, unless it is so old */
const DEEP_MS = 30_000;
/** parts of a walk that begins anew beside what is known, with each refresh */
const PARTS_ANEW = 2;
const BY_TIME_AT_ONCE = 300;

/**
 * Due entries of one status of a list, in their order, as far as they were looked for. When few are due they are all
 * here; else the list is walked through by place, a millisecond at a time.
 */
export class PlaceQueue {
  rows: DueRow[] = [];
  readonly #read: ReadDb;
  readonly #campaignId: string;
  readonly #status: Walk['status'];
  readonly #limits: LookLimits;
  /** null: all that are due are here, or were */
  #next: Walk | null = null;
  #isDeep = false;
  /** a walk that began anew and has found nobody so far; what was found before serves meanwhile */
  #anew: Walk | null = null;
  #startedAt = Number.NEGATIVE_INFINITY;

  constructor(read: ReadDb, campaignId: string, status: Walk['status'], limits: LookLimits) {
    this.#read = read;
    this.#campaignId = campaignId;
    this.#status = status;
    this.#limits = limits;
  }

  get hasMore(): boolean {
    return this.#next !== null;
  }

  /** Entries up to this place are known. */
  get frontier(): { rank: number; position: number } | null {
    return this.#next;
  }

  /** Looks again at what is due. @param isPlain the strategy says nothing of order: retries come by their time */
  refresh(now: number, isPlain: boolean): void {
    const ofTime = isPlain && this.#status === 'waiting';
    const few = fewDue(this.#read, this.#campaignId, this.#status, now, this.#limits.few);
    if (few !== null) return this.#keep(few.sort(ofTime ? byTime : byPlace), now);
    if (ofTime) {
      const rows = dueByTime(this.#read, this.#campaignId, 'waiting', now, BY_TIME_AT_ONCE);
      if (rows.length > 0) return this.#keep(rows, now);
    }
    const age = now - this.#startedAt;
    const isOfUse = this.#isDeep && (this.rows.length > 0 || this.hasMore);
    if (isOfUse && age >= 0 && age < DEEP_MS) return;
    if (isOfUse && age >= 0 && this.rows.length > 0) return this.#beginAnew(now);
    this.#keep([], now);
    this.#next = walkFrom(this.#status);
    this.#step(now);
  }

  /** A further part of the walk. */
  walk(now: number): void {
    if (this.#next === null) return;
    this.#isDeep = true;
    this.#step(now);
  }

  drop(row: DueRow): void {
    const at = this.rows.indexOf(row);
    if (at >= 0) this.rows.splice(at, 1);
  }

  /** Thousands of refused entries may come first: nobody waits for the walk past them while others are known. */
  #beginAnew(now: number): void {
    let from: Walk | null = this.#anew ?? walkFrom(this.#status);
    for (let part = 0; part < PARTS_ANEW && from !== null; part += 1) {
      const { rows, next } = walkOn(this.#read, this.#campaignId, now, from, this.#limits);
      if (rows.length > 0) {
        this.#keep(rows, now);
        this.#next = next;
        this.#isDeep = true;
        return;
      }
      from = next;
    }
    this.#anew = from;
    // to the end, and nobody is due
    if (from === null) this.#keep([], now);
  }

  #step(now: number): void {
    if (this.#next === null) return;
    const { rows, next } = walkOn(this.#read, this.#campaignId, now, this.#next, this.#limits);
    this.rows.push(...rows);
    this.#next = next;
  }

  #keep(rows: DueRow[], now: number): void {
    this.rows = rows;
    this.#next = null;
    this.#anew = null;
    this.#isDeep = false;
    this.#startedAt = now;
  }
}
