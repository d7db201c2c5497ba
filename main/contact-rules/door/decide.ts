import type { StoreKind } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { contactChannels } from '#shared/rule-packs/index.ts';
import type { ReadDb } from '../../store/types.ts';
import type { Calendars, CalendarTable } from '../calendars/calendars.ts';
import {
  type Evaluation,
  type EventLog,
  evaluate,
  type Facts,
  type PreparedFacts,
  prepareEvents,
  prepareFacts,
  prepareQuestion,
  type Question,
} from '../engine/index.ts';
import { isPracticeNumber } from '../numbers/practice-numbers.ts';
import type { ContactRequest } from '../types.ts';
import type { ClockGuard } from './clock-guard.ts';
import { onDoNotCallLists, pointsOnDoNotCallLists } from './do-not-call.ts';
import { type LoadedFacts, loadFacts, type NoFacts } from './load-facts.ts';
import { type GrantedRow, overrideFor } from './override-for.ts';
import type { ApplyingPacks, StorePacks } from './packs-in-force.ts';
import { newestContactRowAt } from './read-site.ts';

/** What the door is made of. */
export interface DoorParts {
  packsOf(db: ReadDb): StorePacks;
  calendars: Calendars;
  /** kept with decisions, so that they can be answered again; none: not known */
  calendarTables: readonly CalendarTable[];
  storeKind: StoreKind;
  clockGuard: ClockGuard;
  horizonDays: number;
}

/** An answer with what it rests on, for the audit. */
export interface Verdict {
  evaluation: Evaluation;
  /** null when the door refused before it looked at facts */
  loaded: LoadedFacts | null;
  /** the packs that were asked; none when the door refused by itself */
  applying: ApplyingPacks;
  /** what the engine was asked; null when the door refused by itself */
  question: Question | null;
  /** lifts every refusal of the evaluation */
  override: GrantedRow | null;
}

export interface JudgeOptions {
  /** what another guard says of the clock */
  clockSuspect?: boolean | undefined;
  /** of contactEvent: a reservation that is asked about again */
  exceptEventId?: string | undefined;
  /** an override that this contact has used up; others are not looked at */
  used?: GrantedRow | null;
}

/** Facts are read for so many requests at a time, so that a list of a million takes the memory of a few thousand. */
const requestsAtOnce = 1_000;
const noPacks: ApplyingPacks = { packs: [], rules: [] };

/** `judgeMany` of one request. */
export function judge(
  parts: DoorParts,
  db: ReadDb,
  request: ContactRequest,
  at: number,
  options: JudgeOptions = {},
): Verdict {
  const [verdict] = judgeMany(parts, db, [request], at, options);
  return verdict as Verdict;
}

/**
 * Asks every pack that applies, for each request. Fails closed: whatever is missing or broken refuses with a reason.
 * @param at epoch ms
 * @returns one verdict for each request, in their order
 */
export function judgeMany(
  parts: DoorParts,
  db: ReadDb,
  requests: readonly ContactRequest[],
  at: number,
  options: JudgeOptions = {},
): Verdict[] {
  const trusted = parts.clockGuard.check(newestContactRowAt(db));
  if (options.clockSuspect || !trusted) return requests.map(() => refused('clock'));
  const packs = readPacks(parts, db);
  if (packs === null || packs.packs.length === 0) return requests.map(() => refused('no-pack'));
  const verdicts: Verdict[] = new Array(requests.length);
  for (const indexes of inChunks(requests)) {
    const chunk = indexes.map((index) => requests[index] as ContactRequest);
    const made = judgeChunk(parts, db, packs, chunk, at, options);
    indexes.forEach((index, place) => {
      verdicts[index] = made[place] as Verdict;
    });
  }
  return verdicts;
}

/** Rules that cannot be read are no rules: nothing is allowed until they can. */
function readPacks(parts: DoorParts, db: ReadDb): StorePacks | null {
  try {
    return parts.packsOf(db);
  } catch (error) {
    if (error instanceof AppError && error.code === 'contact-rules.bad-pack') return null;
    throw error;
  }
}

/** How far back the log is read depends on the target, so these do not go together. */
function inChunks(requests: readonly ContactRequest[]): number[][] {
  const chunks: number[][] = [];
  const open = new Map<boolean, number[]>();
  requests.forEach(({ target }, index) => {
    const isDebtor = target === 'debtor';
    const chunk = open.get(isDebtor);
    if (chunk && chunk.length < requestsAtOnce) {
      chunk.push(index);
      return;
    }
    const started = [index];
    open.set(isDebtor, started);
    chunks.push(started);
  });
  return chunks;
}

function judgeChunk(
  parts: DoorParts,
  db: ReadDb,
  packs: StorePacks,
  requests: readonly ContactRequest[],
  at: number,
  options: JudgeOptions,
): Verdict[] {
  const { lookBackMs } = packs;
  const loaded = loadFacts(db, requests, at, {
    lookBackMs,
    exceptEventId: options.exceptEventId,
  });
  const numbers = loaded.flatMap((one) => (one.ok && one.number !== null ? [one.number] : []));
  // what has no number is written to an address
  const points = loaded.flatMap((one) =>
    one.ok && one.number === null && one.contactPointId !== null ? [one.contactPointId] : [],
  );
  const listed: Listed = {
    numbers: onDoNotCallLists(db, [...new Set(numbers)]),
    points: pointsOnDoNotCallLists(db, [...new Set(points)]),
  };
  const asker = createAsker(parts, at);
  return requests.map((request, index) => {
    const facts = loaded[index] as LoadedFacts | NoFacts;
    if (!facts.ok) return refused(facts.because);
    const because = refusalOfDoor(parts.storeKind, facts, listed);
    if (because !== null) return refused(because, facts);
    const applying = packs.applying(facts, at);
    if (applying.packs.length === 0) return refused('no-pack', facts);
    const verdict = asker(request, facts, applying);
    return { ...verdict, override: overrideFor(request, verdict, options.used) };
  });
}

/** What of a chunk stands on do-not-call lists of the firm. */
interface Listed {
  numbers: ReadonlySet<string>;
  points: ReadonlySet<string>;
}

function refusalOfDoor(
  storeKind: StoreKind,
  loaded: LoadedFacts,
  { numbers, points }: Listed,
): string | null {
  const mixed = mixesPracticeAndReal(storeKind, loaded);
  if (mixed !== null) return mixed;
  const { number, contactPointId } = loaded;
  const isListed =
    number === null ? contactPointId !== null && points.has(contactPointId) : numbers.has(number);
  return isListed ? 'doNotCallList' : null;
}

/** What an answer rests on, without the store: also what a replay has. */
export type AskedFacts = Pick<
  LoadedFacts,
  'personKey' | 'number' | 'creditors' | 'facts' | 'events'
>;

/** Asks packs, and prepares facts and log once for requests that share them. */
export function createAsker(parts: Pick<DoorParts, 'calendars' | 'horizonDays'>, at: number) {
  const prepared = new Map<Facts, { facts: PreparedFacts; logs: Map<object, EventLog> }>();
  const prepare = ({ facts, events }: AskedFacts) => {
    let known = prepared.get(facts);
    if (!known) {
      known = { facts: prepareFacts(facts, parts.calendars), logs: new Map() };
      prepared.set(facts, known);
    }
    let log = known.logs.get(events);
    if (!log) {
      log = prepareEvents(events, known.facts);
      known.logs.set(events, log);
    }
    return { facts: known.facts, log };
  };
  return <Loaded extends AskedFacts>(
    request: ContactRequest,
    loaded: Loaded,
    applying: ApplyingPacks,
  ) => {
    const refusedWith = (because: string) => ({
      ...refusedBecause(because),
      loaded,
      applying: noPacks,
      question: null,
      override: null,
    });
    const channel = contactChannels.find((known) => known === request.channel);
    if (!channel) return refusedWith('channel-unknown');
    try {
      const { facts, log } = prepare(loaded);
      const placeStays = facts.statedUntil === Number.POSITIVE_INFINITY;
      if (facts.allKnownZones.length === 0 && !(placeStays && facts.statedZones.length > 0)) {
        return refusedWith('zone-unknown');
      }
      const question = prepareQuestion(
        { ...engineRequest(request, loaded), at, channel },
        facts,
        log,
        parts.horizonDays,
      );
      const evaluation = evaluate(question, applying.rules);
      return { evaluation, loaded, applying, question, override: null };
    } catch (error) {
      if (error instanceof AppError && error.code === 'contact-rules.zone-unknown') {
        return refusedWith('zone-unknown');
      }
      throw error;
    }
  };
}

function engineRequest(request: ContactRequest, loaded: AskedFacts) {
  const { debtId, callerId, recording, mode, purpose, target } = request;
  const [creditor, ...others] = loaded.creditors;
  return {
    mode,
    purposes: [purpose],
    person: loaded.personKey,
    target,
    ...(debtId === undefined ? {} : { debt: debtId }),
    ...(loaded.number === null ? {} : { number: loaded.number }),
    ...(callerId === undefined ? {} : { callerId }),
    ...(recording === undefined ? {} : { recording }),
    ...(creditor === undefined || others.length > 0 ? {} : { creditor }),
  };
}

/** Practice and real work never meet (design §3): neither debtors nor numbers. */
function mixesPracticeAndReal(storeKind: StoreKind, loaded: LoadedFacts): string | null {
  const practiceNumber = loaded.number !== null && isPracticeNumber(loaded.number);
  if (storeKind === 'real') {
    return loaded.synthetic === true || practiceNumber ? 'practice-in-real' : null;
  }
  const realNumber = loaded.number !== null && !practiceNumber;
  return loaded.synthetic === false || realNumber ? 'real-in-practice' : null;
}

function refused(because: string, loaded: LoadedFacts | null = null): Verdict {
  return { ...refusedBecause(because), loaded, applying: noPacks, question: null, override: null };
}

function refusedBecause(because: string): { evaluation: Evaluation } {
  const refusal = { rule: because, pack: 'door', version: '1', because, until: null };
  return {
    evaluation: {
      allowed: false,
      blockedBy: [{ ...refusal, overridable: false }],
      warnings: [],
      nextAllowedAt: null,
      obligations: [],
    },
  };
}
