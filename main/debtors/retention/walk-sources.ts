import { setImmediate as breathe } from 'node:timers/promises';
import type { ReadDb } from '../../store/index.ts';
import { type CaseFacts, isDue, loadCaseFacts, nobody } from './is-due.ts';
import { keptSince, parsePeriod } from './period.ts';
import type { KeepingTerms } from './periods.ts';
import type { Artefact, RetentionResult } from './retention-types.ts';
import { type Candidate, type Place, type RetentionSource, retentionSources } from './sources.ts';

const PAGE = 200;

export interface WalkParts {
  read: ReadDb;
  /** epoch ms, one for the whole walk */
  now: number;
  /** of one place */
  termsOf(artefact: Artefact, place: string): KeepingTerms;
  /** the shortest period in force anywhere for the artefact, ISO 8601; null: nothing of it goes */
  shortest(artefact: Artefact): string | null;
  /** records before it were looked at under the same periods, and none is left to do there */
  doneUpTo(source: string): number;
  /** takes what is due of one page; absent: only counted */
  remove?(source: RetentionSource, due: readonly Candidate[]): Promise<void>;
  /** true: stop now (the engine ends, or time is up) */
  stopped(): boolean;
}

export interface Walked {
  results: RetentionResult[];
  /** false: it was stopped before the end */
  complete: boolean;
  /** by source: everything before it is done */
  marks: Record<string, number>;
}

/** Goes through everything that may be old enough, the oldest first, a page at a time with room for others between. */
export async function walkSources(parts: WalkParts): Promise<Walked> {
  const counted = new Map<string, RetentionResult>();
  const marks: Record<string, number> = {};
  let complete = true;
  for (const source of retentionSources) {
    const shortest = parts.shortest(source.artefact);
    if (shortest === null) continue;
    const before = keptSince(parts.now, parsePeriod(shortest)) + 1;
    const left = await walkSource(parts, source, before, counted);
    if (left === 'stopped') {
      complete = false;
      break;
    }
    marks[source.name] = left ?? before;
  }
  return { results: [...counted.values()], complete, marks };
}

/** @returns the instant of the oldest record that stays and must be looked at again; null: none */
async function walkSource(
  parts: WalkParts,
  source: RetentionSource,
  before: number,
  counted: Map<string, RetentionResult>,
): Promise<number | null | 'stopped'> {
  let oldestLeft: number | null = null;
  let after: Place = { at: parts.doneUpTo(source.name), id: '' };
  for (;;) {
    if (parts.stopped()) return 'stopped';
    const page = source.page(parts.read, after, before, PAGE);
    const due = page.filter((candidate) => {
      const verdict = judgeCandidate(parts, source, candidate);
      if (verdict !== 'due') oldestLeft = Math.min(oldestLeft ?? candidate.at, candidate.at);
      if (verdict !== 'young') count(counted, source, candidate, verdict);
      return verdict === 'due';
    });
    if (due.length > 0 && parts.remove) await parts.remove(source, due);
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return oldestLeft;
    after = { at: last.at, id: last.id };
    await breathe();
  }
}

function judgeCandidate(parts: WalkParts, source: RetentionSource, candidate: Candidate) {
  const terms = parts.termsOf(source.artefact, candidate.jurisdiction ?? '*');
  if (terms.removal === null) return 'young' as const;
  return isDue(candidate, terms, factsOf(parts, candidate), parts.now);
}

function factsOf({ read, now }: WalkParts, { debtorId, jurisdiction }: Candidate): CaseFacts {
  return debtorId === null || jurisdiction === null ? nobody : loadCaseFacts(read, debtorId, now);
}

function count(
  counted: Map<string, RetentionResult>,
  { artefact }: RetentionSource,
  candidate: Candidate,
  verdict: 'due' | 'kept',
): void {
  const country = (candidate.jurisdiction ?? '*').slice(0, 2);
  const key = `${artefact}/${country}`;
  const result = counted.get(key) ?? {
    artefact,
    jurisdiction: country,
    removed: 0,
    keptByHold: 0,
    bytes: 0,
    oldest: null,
  };
  if (verdict === 'due') {
    result.removed += 1;
    result.bytes += candidate.bytes ?? 0;
    result.oldest = Math.min(result.oldest ?? candidate.at, candidate.at);
  } else result.keptByHold += 1;
  counted.set(key, result);
}
