import { AppError } from '#shared/errors/index.ts';
import type { RulePack } from '#shared/rule-packs/index.ts';
import { createCalendars } from '../calendars/calendars.ts';
import {
  type CompiledRule,
  compilePack,
  type Evaluation,
  evaluate,
  type Facts,
  prepareEvents,
  prepareFacts,
  prepareQuestion,
} from '../engine/index.ts';
import { type Vector, type VectorFacts, type VectorFile, vectorFile } from './vectors.schema.ts';

/** The answer to one vector (reference §8.5). */
export interface VectorResult {
  id: string;
  allowed: boolean;
  /** ids of the rules that say no, each once */
  blockedBy: string[];
  /** ISO 8601 with the offset of the request; null: none up to the horizon */
  nextAllowedAt: string | null;
  obligations: { rule: string; what: string }[];
}

/**
 * Answers a file of test vectors with the engine and packs of the product; keeps nothing.
 * @param text the file's JSON
 * @param packs all packs that the file may name
 * @throws AppError `contact-rules.bad-vectors` for a file that is not valid, an unknown pack or rule
 */
export function mayContact(text: string, packs: readonly RulePack[]): { results: VectorResult[] } {
  const file = parseFile(text);
  const rulesOf = compileNamed(file, packs);
  return { results: file.vectors.map((vector) => answer(vector, file, rulesOf)) };
}

function parseFile(text: string): VectorFile {
  let json: unknown;
  try {
    // a byte order mark is no part of JSON, and editors on Windows write one
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new AppError('contact-rules.bad-vectors', 'the file is not JSON', { cause });
  }
  const parsed = vectorFile.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    (issue) => `${issue.path.map(String).join('.') || 'file'}: ${issue.message}`,
  );
  throw new AppError('contact-rules.bad-vectors', problems.join('; '), { details: { problems } });
}

/** Compiles every pack that is named, once. */
function compileNamed(file: VectorFile, packs: readonly RulePack[]): Map<string, CompiledRule[]> {
  const named = new Set([
    ...Object.keys(file.switchedOn),
    ...file.vectors.flatMap((vector) => vector.packs),
  ]);
  const compiled = new Map<string, CompiledRule[]>();
  for (const id of named) {
    const pack = packs.find((one) => one.id === id);
    if (!pack) throw new AppError('contact-rules.bad-vectors', `unknown pack ${id}`);
    compiled.set(id, compileOne(pack, file));
  }
  return compiled;
}

function compileOne(pack: RulePack, file: VectorFile): CompiledRule[] {
  const switchedOn = Object.hasOwn(file.switchedOn, pack.id) ? file.switchedOn[pack.id] : undefined;
  const missing = switchedOn?.find((id) => !pack.rules.some((rule) => rule.id === id));
  if (missing !== undefined) {
    throw new AppError('contact-rules.bad-vectors', `pack ${pack.id} has no rule ${missing}`);
  }
  return compilePack(pack, {
    closeMarginSec: file.closeMarginSec,
    ...(switchedOn ? { switchedOn } : {}),
  });
}

function answer(
  vector: Vector,
  file: VectorFile,
  rulesOf: ReadonlyMap<string, CompiledRule[]>,
): VectorResult {
  const facts = prepareFacts(factsOf(vector.facts), calendarsOf(vector.facts));
  const history = vector.history.map(
    ({ at, person, debt, number, kind, direction, channel, flags }) => ({
      at: Date.parse(at),
      kind,
      direction,
      channel,
      flags,
      ...(person === undefined ? {} : { person }),
      ...(debt === undefined ? {} : { debt }),
      ...(number === undefined ? {} : { number }),
    }),
  );
  const { at, channel, mode, purpose, person, debt, number, target } = vector.request;
  const question = prepareQuestion(
    {
      at: Date.parse(at),
      channel,
      mode,
      purposes: [purpose].flat(),
      person,
      debt,
      target,
      ...(number === undefined ? {} : { number }),
    },
    facts,
    prepareEvents(history, facts),
    file.horizonDays,
  );
  const rules = [...new Set(vector.packs)].flatMap((id) => rulesOf.get(id) ?? []);
  return resultOf(vector, evaluate(question, rules));
}

function resultOf(vector: Vector, evaluation: Evaluation): VectorResult {
  const { allowed, blockedBy, nextAllowedAt, obligations } = evaluation;
  return {
    id: vector.id,
    allowed,
    blockedBy: [...new Set(blockedBy.map(({ rule }) => rule))],
    nextAllowedAt:
      nextAllowedAt === null
        ? null
        : allowed
          ? vector.request.at
          : withOffset(nextAllowedAt, vector.request.at),
    obligations: obligations.map(({ rule, what }) => ({ rule, what })),
  };
}

/** An instant written with the offset of `like`. */
function withOffset(at: number, like: string): string {
  const offset = /Z$|[+-]\d{2}:\d{2}$/.exec(like)?.[0] ?? 'Z';
  const [hours = 0, minutes = 0] = offset === 'Z' ? [] : offset.slice(1).split(':').map(Number);
  const offsetMs = (hours * 60 + minutes) * 60_000 * (offset.startsWith('-') ? -1 : 1);
  return new Date(at + offsetMs).toISOString().replace(/(?:\.000)?Z$/, '') + offset;
}

function factsOf(facts: VectorFacts): Facts {
  const { residence, stated, numbers, holds, personalBlocks, consents, flags } = facts;
  return {
    residence,
    ...(stated
      ? { stated: { zones: stated.zones, ...optionalInstant('until', stated.until) } }
      : {}),
    numbers: Object.fromEntries(
      Object.entries(numbers).map(([number, { class: numberClass, presumedZones, zoneDoubt }]) => [
        number,
        { class: numberClass, presumedZones, zoneDoubt: zoneDoubt ?? false },
      ]),
    ),
    holds: holds.map(({ kind, since, until, maxLength, medium, number, debt }) => ({
      kind,
      since: Date.parse(since),
      ...optionalInstant('until', until),
      ...(maxLength === undefined ? {} : { maxDays: daysOf(maxLength) }),
      ...(medium === undefined ? {} : { medium }),
      ...(number === undefined ? {} : { number }),
      ...(debt === undefined ? {} : { debt }),
    })),
    personalBlocks: personalBlocks.map(({ days, from, to, zone, channels, number }) => ({
      days,
      from,
      to,
      ...(zone === undefined ? {} : { zone }),
      ...(channels === undefined ? {} : { channels }),
      ...(number === undefined ? {} : { number }),
    })),
    consents: consents.map(({ kind, at, lasts, until, debt }) => ({
      kind,
      at: Date.parse(at),
      ...(lasts === undefined ? {} : { lastsDays: daysOf(lasts) }),
      ...optionalInstant('until', until),
      ...(debt === undefined ? {} : { debt }),
    })),
    flags,
  };
}

function optionalInstant(key: 'until', text: string | undefined): { until?: number } {
  return text === undefined ? {} : { [key]: Date.parse(text) };
}

function daysOf(length: string): number {
  return Number(length.slice(1, -1));
}

/** The tables of a vector replace the product's; one that is not named is empty. */
function calendarsOf({ holidays, workingDays }: VectorFacts) {
  const ids = new Set([...Object.keys(holidays), ...Object.keys(workingDays)]);
  const tables = [...ids].map((id) => ({
    id,
    holidays: holidays[id] ?? [],
    workingDays: workingDays[id] ?? [],
    years: null,
  }));
  return createCalendars(tables, { complete: true });
}
