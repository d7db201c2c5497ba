import type { PacerAnswer, PacerLine } from '../../../main/dialer/pacing/index.ts';
import type { LinePacer } from '../simulate.ts';
import { ObservedFloor } from './observed-floor.ts';
import { dials } from './progressive.ts';

const DAY_MS = 86_400_000;
const DIAL_EVERY_MS = 2_500;
const SAMPLE_EVERY_MS = 1_000;
const LEVEL_EVERY_MS = 15_000;
const DROPS_EVERY_MS = 60_000;
const SAMPLES = 15;
/** clock hours as HHMM numbers: nine to five, so that the taper ends with the day */
const DAY_STARTS_HOUR = 9;
const ENDS_HHMM = 1700;

export interface VicidialSettings {
  method: 'HARD_LIMIT' | 'TAPERED' | 'RATIO';
  availableOnly: boolean;
  /** the fixed level of RATIO; where the others start */
  level: number;
  maxLevel: number;
  dropLimitPercent: number;
}

export const hardLimit: VicidialSettings = {
  method: 'HARD_LIMIT',
  availableOnly: false,
  level: 1,
  maxLevel: 3,
  dropLimitPercent: 3,
};
export const tapered: VicidialSettings = { ...hardLimit, method: 'TAPERED', availableOnly: true };
export const ratioAvailableOnly = (level: number): VicidialSettings => ({
  ...tapered,
  method: 'RATIO',
  level,
});

/**
 * VICIdial's pacing: a loop of 2.5 s that places lines, and one of 15 s that moves the level by how many agents were
 * idle in the last 15 s, with a switch on the day's drops. Written from a description of its loops and formulas, on
 * one server, difference target 0, intensity 0.
 */
export function createVicidial(settings: VicidialSettings): LinePacer {
  return new Vicidial(settings);
}

class Vicidial implements LinePacer {
  readonly #settings: VicidialSettings;
  readonly #floor = new ObservedFloor();
  readonly #samples: { ready: number; waiting: number }[] = [];
  #level: number;
  #day = -1;
  #nextDialAt = 0;
  #nextSampleAt = 0;
  #nextLevelAt = 0;
  #nextDropsAt = 0;
  /** floor's counts at midnight, and a minute ago */
  #midnight = { dials: 0, drops: 0, humans: 0 };
  #minuteAgo = { dials: 0, drops: 0 };
  /** read once a minute */
  #today = { calls: 0, dropPercent: 0 };
  #lastMinute = { calls: 0, drops: 0 };

  constructor(settings: VicidialSettings) {
    this.#settings = settings;
    this.#level = settings.level;
  }

  feed(line: PacerLine): PacerAnswer | null {
    this.#floor.see(line);
    if (line.type !== 'decide') return null;
    this.#startDay(line.at);
    if (this.#settings.method !== 'RATIO') this.#adapt(line.at);
    if (line.at < this.#nextDialAt) return dials(line, this.#floor, 0);
    this.#nextDialAt = line.at + DIAL_EVERY_MS;
    return dials(line, this.#floor, this.#toPlace());
  }

  #toPlace(): number {
    const { ready, talking, ringing, waiting, connected } = this.#floor;
    const busyLines = ringing + waiting + connected;
    const { availableOnly } = this.#settings;
    const counted = availableOnly ? ready : ready + talking;
    const goal = Math.round(this.#level * counted) + (availableOnly ? connected : 0);
    return goal - busyLines;
  }

  #startDay(at: number): void {
    const day = Math.floor(at / DAY_MS);
    if (day === this.#day) return;
    const { dials, drops, humans } = this.#floor;
    this.#day = day;
    this.#midnight = { dials, drops, humans };
    this.#minuteAgo = { dials, drops };
    this.#today = { calls: 0, dropPercent: 0 };
    this.#lastMinute = { calls: 0, drops: 0 };
    this.#nextSampleAt = at;
    this.#nextLevelAt = at + LEVEL_EVERY_MS;
    this.#nextDropsAt = at + DROPS_EVERY_MS;
    this.#nextDialAt = at;
  }

  #adapt(at: number): void {
    if (at >= this.#nextSampleAt) this.#sample();
    if (at >= this.#nextDropsAt) this.#readDrops();
    if (at >= this.#nextLevelAt) this.#moveLevel(at);
  }

  #sample(): void {
    this.#nextSampleAt += SAMPLE_EVERY_MS;
    const { ready, waiting } = this.#floor;
    this.#samples.push({ ready, waiting });
    if (this.#samples.length > SAMPLES) this.#samples.shift();
  }

  #readDrops(): void {
    this.#nextDropsAt += DROPS_EVERY_MS;
    const { dials, drops, humans } = this.#floor;
    this.#lastMinute = {
      calls: dials - this.#minuteAgo.dials,
      drops: drops - this.#minuteAgo.drops,
    };
    this.#minuteAgo = { dials, drops };
    const answered = Math.max(1, humans - this.#midnight.humans);
    this.#today = {
      calls: dials - this.#midnight.dials,
      dropPercent: (100 * (drops - this.#midnight.drops)) / answered,
    };
  }

  #moveLevel(at: number): void {
    this.#nextLevelAt += LEVEL_EVERY_MS;
    const { present } = this.#floor;
    if (present === 0 || this.#samples.length === 0) return;
    const idle = this.#samples.reduce((sum, { ready, waiting }) => sum + ready - waiting, 0);
    const difference = idle / this.#samples.length / present;
    const { maxLevel, dropLimitPercent } = this.#settings;
    let level = limited(this.#level * (1 + difference), maxLevel);
    const { calls, drops } = this.#lastMinute;
    if (calls > 20 && drops > 0.5 * calls) level /= 2;
    if (this.#today.calls > 50 && this.#today.dropPercent > dropLimitPercent) {
      level = this.#settings.method === 'HARD_LIMIT' ? 1 : level * taper(at);
    }
    this.#level = Math.max(1, level);
  }
}

function limited(level: number, maxLevel: number): number {
  return Math.min(maxLevel, Math.max(1, level));
}

/** The difference of two clock times written as HHMM numbers, over 1000: it falls by 0.1 at each full hour, and by 0.04 less. */
function taper(at: number): number {
  const minutes = Math.floor((at % DAY_MS) / 60_000);
  const nowHhmm = 100 * (DAY_STARTS_HOUR + Math.floor(minutes / 60)) + (minutes % 60);
  if (nowHhmm >= ENDS_HHMM) return 0;
  return Math.min(1, (ENDS_HHMM - nowHhmm) / 1000);
}
