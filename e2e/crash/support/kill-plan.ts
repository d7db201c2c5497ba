import type { Random } from '#shared/util/index.ts';
import type { Moment } from './working-agent.ts';

/** When one life of the engine ends. */
export type KillPlan =
  /** at an exact point inside the engine: see kill-point.ts */
  | { kind: 'point'; point: string }
  /** so long after an agent has come to a moment */
  | { kind: 'moment'; moment: Moment; afterMs: number }
  /** so long after the process was started, ready or not */
  | { kind: 'age'; afterMs: number };

/** At least two for each state of an attempt, in an order and at places that the seed decides. */
export function makeKillPlans(random: Random): KillPlan[] {
  const nth = (most: number) => 1 + Math.floor(random.next() * most);
  const within = (fromMs: number, toMs: number) => fromMs + random.next() * (toMs - fromMs);
  const point = (what: string, most: number): KillPlan => ({
    kind: 'point',
    point: `${what}:${nth(most)}`,
  });
  const moment = (name: Moment, fromMs: number, toMs: number): KillPlan => ({
    kind: 'moment',
    moment: name,
    afterMs: within(fromMs, toMs),
  });
  const plans: KillPlan[] = [
    point('out:INVITE', 4),
    point('in:100', 4),
    point('in:180', 4),
    point('in:200', 3),
    point('in:200', 5),
    point('out:ACK', 3),
    point('out:BYE', 2),
    point('in:BYE', 1),
    point('reserved', 4),
    point('commit', 40),
    point('commit', 40),
    point('write', 40),
    point('write', 60),
    moment('dialing', 0, 50),
    moment('ringing', 0, 5),
    moment('ringing', 10, 60),
    moment('connected', 0, 20),
    moment('connected', 100, 1_500),
    moment('recording', 0, 100),
    moment('recording', 300, 1_500),
    moment('recording', 300, 1_500),
    moment('wrapUp', 0, 10),
    moment('disposing', 0, 2),
    moment('disposing', 0, 4),
    moment('disposing', 2, 8),
    moment('disposed', 0, 8),
    { kind: 'age', afterMs: within(150, 500) },
    { kind: 'age', afterMs: within(500, 900) },
    { kind: 'age', afterMs: within(1_500, 4_000) },
  ];
  // An exact point is armed when a life begins, and the first one has begun already.
  return [moment('connected', 200, 1_000), ...shuffled(plans, random)];
}

function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  return items
    .map((item) => ({ item, order: random.next() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}

/** The same sequence for the same seed (mulberry32). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return {
    next() {
      state = (state + 0x6d2b_79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    },
  };
}
