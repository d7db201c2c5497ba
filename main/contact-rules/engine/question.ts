import {
  bitOf,
  bitsOf,
  type ContactChannel,
  type ContactMode,
  contactChannels,
  contactModes,
  type NumberClass,
  numberClasses,
  type Purpose,
  purposes,
  type Target,
  targets,
} from '#shared/rule-packs/index.ts';
import type { EventLog } from './events.ts';
import type { PreparedFacts } from './facts.ts';

/** The question to the engine (reference §8.4); `at` in epoch ms. */
export interface EngineRequest {
  at: number;
  channel: ContactChannel;
  mode: ContactMode;
  /** a contact may serve several: a rule applies when one of them is its own */
  purposes: readonly Purpose[];
  person: string;
  debt?: string;
  number?: string;
  target: Target;
  /** the number that will be shown, E.164; absent means nothing */
  callerId?: string;
  /** false: there will be no recording, whatever the law; absent: as the law asks */
  recording?: boolean;
  /** keys that scopes may name; absent fits every event */
  creditor?: string;
  campaign?: string;
}

/** One question with all it is answered from. */
export interface Question {
  readonly request: EngineRequest;
  readonly facts: PreparedFacts;
  readonly log: EventLog;
  /** last instant that is looked at */
  readonly limit: number;
  readonly channelBit: number;
  readonly modeBit: number;
  readonly purposeBits: number;
  readonly targetBit: number;
  /** every class when no number is named */
  readonly classBits: number;
}

export function prepareQuestion(
  request: EngineRequest,
  facts: PreparedFacts,
  log: EventLog,
  horizonDays: number,
): Question {
  return {
    request,
    facts,
    log,
    limit: request.at + horizonDays * 86_400_000,
    channelBit: bitOf<ContactChannel>(contactChannels, request.channel),
    modeBit: bitOf<ContactMode>(contactModes, request.mode),
    purposeBits: bitsOf<Purpose>(purposes, request.purposes),
    targetBit: bitOf<Target>(targets, request.target),
    classBits:
      request.number === undefined
        ? bitsOf<NumberClass>(numberClasses, undefined)
        : facts.classBit(request.number),
  };
}
