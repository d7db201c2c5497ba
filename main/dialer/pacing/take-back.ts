import type { Floor } from './floor.ts';
import type { Knowledge } from './knowledge.ts';
import type { PacerConfig } from './protocol.ts';

/** an answer of a call that rings comes, on the whole, within this time */
const SOON_MS = 3_000;
/** agents expected to be free that soon, below which a late ring is given up */
const HELP_NEEDED = 0.3;

/**
 * Calls that have rung their shortest time while nobody is free, nor soon will be: an answer would meet silence. They
 * are no silent calls, and still attempts where the law counts dials.
 */
export function callsToTakeBack(
  floor: Floor,
  knowledge: Knowledge,
  config: PacerConfig,
  at: number,
): string[] {
  const { minRingMs } = config;
  if (minRingMs === undefined) return [];
  let base = 0;
  for (const call of floor.book.calls.values()) if (call.phase === 'waiting') base--;
  let soon = 0;
  for (const agent of floor.crew.agents.values()) {
    if (agent.state === 'ready') base++;
    else if (agent.state === 'wrapUp') soon += knowledge.freeWithin(agent, at, SOON_MS);
  }
  if (base > 0 || soon >= HELP_NEEDED) return [];
  const late: string[] = [];
  for (const call of floor.book.calls.values())
    if (call.phase === 'open' && floor.book.rungMs(call, at) >= Math.max(minRingMs, 1))
      late.push(call.id);
  return late;
}
