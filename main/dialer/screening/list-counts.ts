import type { CampaignScreening } from '#shared/contract/index.ts';
import { NO_DATE } from '../lists/index.ts';

/** Which rule refuses, without the date. */
export interface RefusedBy {
  rule: string;
  pack: string;
  because: string;
}

export type RefusedGroup = CampaignScreening['refused'][number];

export interface ListSummary {
  entries: number;
  screened: number;
  allowedNow: number;
  refused: RefusedGroup[];
}

const FIRST_CAPACITY = 1_024;

/**
 * What is known of the entries of one list, eleven bytes each, by their positions: a million are counted in some
 * milliseconds, where the file would take a second.
 */
export class ListCounts {
  #open = new Uint8Array(FIRST_CAPACITY);
  #refusal = new Uint16Array(FIRST_CAPACITY);
  #until = new Float64Array(FIRST_CAPACITY);
  #length = 0;
  /** the first stands for no refusal */
  readonly #refusals: RefusedBy[] = [{ rule: '', pack: '', because: '' }];
  readonly #indexes = new Map<string, number>();

  get bytes(): number {
    return this.#open.byteLength + this.#refusal.byteLength + this.#until.byteLength;
  }

  /** Positions are counted from 0, without large gaps. */
  set(position: number, isOpen: boolean, blockedUntil: number, by: RefusedBy | null): void {
    if (position >= this.#open.length) this.#grow(position + 1);
    if (position >= this.#length) this.#length = position + 1;
    this.#open[position] = isOpen ? 1 : 0;
    this.#until[position] = blockedUntil;
    this.#refusal[position] = by === null ? 0 : this.#indexOf(by);
  }

  isOpen(position: number): boolean {
    return this.#open[position] === 1;
  }

  /**
   * @param now epoch ms: a refusal whose date has come is none
   * @param screenedTo of a list that is being looked at for the first time: the last position that was; null: all were
   */
  summary(now: number, screenedTo: number | null): ListSummary {
    const limit = screenedTo === null ? this.#length : Math.min(this.#length, screenedTo + 1);
    const tallies = this.#refusals.map(() => ({ entries: 0, first: NO_DATE, last: -1 }));
    let entries = 0;
    let screened = 0;
    let allowedNow = 0;
    for (let position = 0; position < this.#length; position += 1) {
      if (this.#open[position] === 0) continue;
      entries += 1;
      if (position < limit) screened += 1;
      const until = this.#until[position] ?? 0;
      const tally = until > now ? tallies[this.#refusal[position] ?? 0] : undefined;
      if (tally === undefined) {
        if (position < limit) allowedNow += 1;
        continue;
      }
      tally.entries += 1;
      if (until < tally.first) tally.first = until;
      if (until > tally.last) tally.last = until;
    }
    const refused = this.#refusals.flatMap((by, index): RefusedGroup[] => {
      const tally = tallies[index];
      if (tally === undefined || tally.entries === 0) return [];
      const dated = (at: number) => (at === NO_DATE ? null : at);
      const dates = { firstAt: dated(tally.first), lastAt: dated(tally.last) };
      return [{ ...by, entries: tally.entries, ...dates }];
    });
    refused.sort((one, other) => other.entries - one.entries);
    return { entries, screened, allowedNow, refused };
  }

  #indexOf(by: RefusedBy): number {
    const key = JSON.stringify([by.rule, by.pack, by.because]);
    let index = this.#indexes.get(key);
    if (index === undefined) {
      index = this.#refusals.push(by) - 1;
      this.#indexes.set(key, index);
    }
    return index;
  }

  #grow(length: number): void {
    const capacity = Math.max(length, Math.ceil(this.#open.length * 1.5));
    const longer = <Values extends { set(values: Values): void }>(
      empty: Values,
      values: Values,
    ): Values => {
      empty.set(values);
      return empty;
    };
    this.#open = longer(new Uint8Array(capacity), this.#open);
    this.#refusal = longer(new Uint16Array(capacity), this.#refusal);
    this.#until = longer(new Float64Array(capacity), this.#until);
  }
}
