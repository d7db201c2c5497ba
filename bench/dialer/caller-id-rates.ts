import { seededRandom } from '../../main/debtors/writes.ts';

/** How unlike the numbers of a world are. Spreads: standard deviation of the logarithm of the answer rate. */
export interface RateScenario {
  name: string;
  /** of whole numbers, of a number in a region, of a number at an hour in a region */
  numberSpread: number;
  regionSpread: number;
  hourSpread: number;
  /** how far a number drifts in a day */
  driftSpread: number;
  /** share of numbers that get onto a list at some moment of the day, and are then answered a fifth as often */
  listedShare: number;
  /** more answers than each in its turn, percent; absent: even the best number each time would not bring so many */
  aim?: number;
}

const NO_SPREAD = {
  numberSpread: 0,
  regionSpread: 0,
  hourSpread: 0,
  driftSpread: 0,
  listedShare: 0,
};

/** What chance alone does to a hundred thousand calls is less than 2 % either way. */
const NOISE = -2;

export const scenarios: readonly RateScenario[] = [
  { ...NO_SPREAD, name: 'all alike', aim: NOISE },
  { ...NO_SPREAD, name: 'alike, a quarter listed', listedShare: 0.25 },
  { ...NO_SPREAD, name: 'a little unlike', numberSpread: 0.2, regionSpread: 0.1, aim: 15 },
  {
    name: 'unlike',
    numberSpread: 0.4,
    regionSpread: 0.25,
    hourSpread: 0.15,
    driftSpread: 0.2,
    listedShare: 0,
    aim: 15,
  },
  {
    name: 'unlike, a fifth listed',
    numberSpread: 0.4,
    regionSpread: 0.25,
    hourSpread: 0.15,
    driftSpread: 0.2,
    listedShare: 0.2,
    aim: 15,
  },
  {
    name: 'unlike by region alone',
    ...NO_SPREAD,
    regionSpread: 0.5,
    aim: 15,
  },
];

/** @param share of the day that is over; @returns how likely the call is answered */
export type HiddenRates = (number: number, region: number, hour: number, share: number) => number;

const BASE = 0.1;
const LISTED = 0.2;

export function hiddenRates(
  scenario: RateScenario,
  world: { seed: number; numbers: number; regions: number },
): HiddenRates {
  const random = seededRandom(world.seed);
  const spread = (sigma: number) => Math.exp(sigma * random.gauss() - (sigma * sigma) / 2);
  const table = (length: number, sigma: number) => Array.from({ length }, () => spread(sigma));
  const numbers = table(world.numbers, scenario.numberSpread);
  const local = table(world.numbers * world.regions, scenario.regionSpread);
  const hourly = table(world.numbers * world.regions * 24, scenario.hourSpread);
  const drift = Array.from({ length: world.numbers }, () => scenario.driftSpread * random.gauss());
  const regions = table(world.regions, 0.3);
  const hours = table(24, 0.3);
  const listedAt = Array.from({ length: world.numbers }, () =>
    random.chance(scenario.listedShare) ? random.next() : Number.POSITIVE_INFINITY,
  );
  return (number, region, hour, share) => {
    const cell = number * world.regions + region;
    const rate =
      BASE *
      (regions[region] ?? 1) *
      (hours[hour] ?? 1) *
      (numbers[number] ?? 1) *
      (local[cell] ?? 1) *
      (hourly[cell * 24 + hour] ?? 1) *
      Math.exp((drift[number] ?? 0) * share) *
      (share >= (listedAt[number] ?? 1) ? LISTED : 1);
    return Math.min(0.9, rate);
  };
}
