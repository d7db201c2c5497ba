import type { StoreKind } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { contactChannels } from '#shared/rule-packs/index.ts';
import type { ReadDb } from '../../store/types.ts';
import type { Calendars } from '../calendars/calendars.ts';
import {
  type Evaluation,
  evaluate,
  prepareEvents,
  prepareFacts,
  prepareQuestion,
} from '../engine/index.ts';
import { isPracticeNumber } from '../numbers/practice-numbers.ts';
import type { ContactRequest } from '../types.ts';
import { choosePacks, type PackInForce } from './choose-packs.ts';
import type { ClockGuard } from './clock-guard.ts';
import { isOnDoNotCallList } from './do-not-call.ts';
import { type LoadedFacts, loadFacts } from './load-facts.ts';
import { newestContactRowAt, siteJurisdictions } from './read-site.ts';

/** What the door is made of. */
export interface DoorParts {
  packs: readonly PackInForce[];
  calendars: Calendars;
  storeKind: StoreKind;
  clockGuard: ClockGuard;
  horizonDays: number;
}

/** An answer with what it rests on, for the audit. */
export interface Verdict {
  evaluation: Evaluation;
  /** null when the door refused before it looked at facts */
  loaded: LoadedFacts | null;
  packs: readonly PackInForce[];
}

/**
 * Asks every pack that applies. Fails closed: whatever is missing or broken refuses with a reason.
 * @param at epoch ms
 */
export function judge(
  parts: DoorParts,
  db: ReadDb,
  request: ContactRequest,
  at: number,
  clockSuspect = false,
): Verdict {
  const trusted = parts.clockGuard.check(newestContactRowAt(db));
  if (clockSuspect || !trusted) return refused('clock');
  if (parts.packs.length === 0) return refused('no-pack');
  const loaded = loadFacts(db, request, at);
  if (!loaded.ok) return refused(loaded.because);
  const mixed = mixesPracticeAndReal(parts.storeKind, loaded);
  if (mixed !== null) return refused(mixed, loaded);
  if (loaded.number !== null && isOnDoNotCallList(db, loaded.number)) {
    return refused('doNotCallList', loaded);
  }
  const packs = choosePacks(
    parts.packs,
    { places: [...loaded.places, ...siteJurisdictions(db)] },
    at,
  );
  if (packs.length === 0) return refused('no-pack', loaded);
  return askPacks(parts, request, loaded, packs, at);
}

function askPacks(
  parts: DoorParts,
  request: ContactRequest,
  loaded: LoadedFacts,
  packs: readonly PackInForce[],
  at: number,
): Verdict {
  const channel = contactChannels.find((known) => known === request.channel);
  if (!channel) return refused('channel-unknown', loaded);
  try {
    const facts = prepareFacts(loaded.facts, parts.calendars);
    if (facts.allKnownZones.length === 0) return refused('zone-unknown', loaded);
    const question = prepareQuestion(
      {
        at,
        channel,
        mode: request.mode,
        purposes: [request.purpose],
        person: loaded.personKey,
        target: request.target,
        ...(request.debtId === undefined ? {} : { debt: request.debtId }),
        ...(loaded.number === null ? {} : { number: loaded.number }),
      },
      facts,
      prepareEvents(loaded.events, facts),
      parts.horizonDays,
    );
    const evaluation = evaluate(
      question,
      packs.flatMap(({ rules }) => rules),
    );
    return { evaluation, loaded, packs };
  } catch (error) {
    if (error instanceof AppError && error.code === 'contact-rules.zone-unknown') {
      return refused('zone-unknown', loaded);
    }
    throw error;
  }
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
  const refusal = { rule: because, pack: 'door', version: '1', because, until: null };
  return {
    evaluation: {
      allowed: false,
      blockedBy: [{ ...refusal, overridable: false }],
      warnings: [],
      nextAllowedAt: null,
      obligations: [],
    },
    loaded,
    packs: [],
  };
}
