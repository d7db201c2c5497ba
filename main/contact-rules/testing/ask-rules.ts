import type { CalendarTable } from '../calendars/calendars.ts';
import { createCalendars } from '../calendars/calendars.ts';
import {
  type CompiledRule,
  type ContactEvent,
  compilePack,
  type EngineRequest,
  type Evaluation,
  evaluate,
  type Facts,
  prepareEvents,
  prepareFacts,
  prepareQuestion,
  type Question,
} from '../engine/index.ts';
import { parsePack } from '../packs/parse-pack.ts';

/** What tests of the engine ask with; the rest is a debtor in Warsaw about whom nothing is known. */
export interface AskOptions {
  facts?: Partial<Facts>;
  events?: readonly ContactEvent[];
  request?: Partial<EngineRequest>;
}

/** a Tuesday */
export const noon = Date.parse('2026-11-24T12:00:00+01:00');

/** Common parts of a rule about calls that refuses. */
export const baseRule = {
  basis: 'law',
  source: 'somewhere',
  channels: ['call'],
  severity: 'deny',
} as const;

const tables: CalendarTable[] = [{ id: 'XX', holidays: [], workingDays: [], years: [2026] }];
const calendars = createCalendars(tables);

/** Compiles rules through the real check of packs. */
export function compileRules(rules: readonly object[], id = 'test'): CompiledRule[] {
  return compilePack(
    parsePack({
      id,
      version: '1',
      title: 'Test',
      jurisdiction: 'XX',
      actors: ['collector'],
      effectiveFrom: '2020-01-01',
      calendars: ['XX'],
      rules,
      sources: [],
      review: { status: 'draft' },
    }),
  );
}

export function aQuestion({ facts, events = [], request }: AskOptions = {}): Question {
  const prepared = prepareFacts(
    {
      residence: { jurisdiction: 'XX', zones: ['Europe/Warsaw'] },
      numbers: {},
      holds: [],
      personalBlocks: [],
      consents: [],
      flags: [],
      ...facts,
    },
    calendars,
  );
  return prepareQuestion(
    {
      at: noon,
      channel: 'call',
      mode: 'preview',
      purposes: ['collection'],
      person: 'p1',
      debt: 'A',
      target: 'debtor',
      ...request,
    },
    prepared,
    prepareEvents(events, prepared),
    90,
  );
}

export function askRules(rules: readonly object[], options: AskOptions = {}): Evaluation {
  return evaluate(aQuestion(options), compileRules(rules));
}

/** An outgoing call to the person of the question. */
export function anEvent(at: string | number, more: Partial<ContactEvent> = {}): ContactEvent {
  return {
    at: typeof at === 'string' ? Date.parse(at) : at,
    kind: 'attempt',
    direction: 'out',
    channel: 'call',
    person: 'p1',
    ...more,
  };
}
