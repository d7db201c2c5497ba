import { type CallBook, isWaiting, type PacedCall } from './call-book.ts';
import { addChance, chanceOfNobody, countDistribution } from './chance.ts';
import type { Floor } from './floor.ts';
import type { Knowledge } from './knowledge.ts';

/** an answer of a call that rings already comes, with the time a person waits, within this time */
const SOON_MS = 4_000;
/** share of the calls below the shortest ring whose answer would come that soon, if it comes */
const EARLY_SHARE = 0.5;
/** a call that rings is worth more than one that would have to be dialed: it may be riskier by this factor */
const PATIENCE = 3;

/**
 * Calls that have rung their shortest time and whose answer would meet nobody, with more than the risk that is
 * allowed: those that have rung longest stay first. They are no silent calls, and still attempts where the law
 * counts dials.
 * @param allowed risk allowed for a dial
 */
export function callsToTakeBack(
  { book, crew }: Floor,
  knowledge: Knowledge,
  minRingMs: number,
  allowed: number,
  at: number,
): string[] {
  const late = [...book.calls.values()].filter((call) => hasRung(book, call, minRingMs, at));
  if (late.length === 0) return [];
  const busy = [...crew.agents.values()].filter(({ state }) => state === 'wrapUp');
  const soon = Float64Array.from(busy, (agent) => knowledge.freeWithin(agent, at, SOON_MS));
  const frees = new Float64Array(busy.length + 1);
  countDistribution(soon, busy.length, frees);
  let base = crew.count('ready');
  for (const call of book.calls.values()) if (isWaiting(call, at)) base--;
  const isLate = new Set(late);
  const answers = new Float64Array(Math.max(2, base + busy.length + 2));
  answers[0] = 1;
  const chance = (call: PacedCall) => knowledge.answers.chance(call.stage, at - call.stageSince);
  for (const call of book.calls.values())
    if (call.phase === 'open' && !isLate.has(call)) addChance(answers, EARLY_SHARE * chance(call));
  const back: string[] = [];
  for (const call of late) {
    if (chanceOfNobody(answers, base, frees, busy.length) > PATIENCE * allowed) back.push(call.id);
    else addChance(answers, chance(call));
  }
  return back;
}

function hasRung(book: CallBook, call: PacedCall, minRingMs: number, at: number): boolean {
  if (call.phase !== 'open') return false;
  const rungMs = book.rungMs(call, at);
  return rungMs > 0 && rungMs >= minRingMs;
}
