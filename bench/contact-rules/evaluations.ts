import { join } from 'node:path';
import { createCalendars } from '../../main/contact-rules/calendars/calendars.ts';
import { loadCalendars } from '../../main/contact-rules/calendars/load-calendars.ts';
import * as engine from '../../main/contact-rules/engine/index.ts';
import { loadPacks } from '../../main/contact-rules/packs/load-packs.ts';
import { type SeededRandom, seededRandom } from '../../main/debtors/sample/seeded-random.ts';
import type { BenchContext, Figure } from '../bench.ts';
import { type BenchPerson, type BenchPlace, drawPerson } from './people.ts';

const EVENTS = 500;
const PEOPLE_A_PLACE = 50;
const QUESTIONS = 3_000;
const ROUND_MS = 2_000;
const ROUNDS = 3;
const HORIZON_DAYS = 90;
const AIM = 20_000;
/** a Tuesday; all questions lie in the five days from it, from early morning to late evening */
const NOW = Date.parse('2026-11-24T06:00:00Z');
const DAYS = 5;
const HOURS = 15;
const DAY_MS = 86_400_000;

/** Six packs each, as the door would choose them for such a residence, number and site. */
const PLACES: readonly (BenchPlace & { packs: readonly string[] })[] = [
  {
    jurisdiction: 'US-NY-NYC',
    numbers: ['+12125550142', '+16175550143', '+13055550144'],
    packs: ['us-federal', 'us-nyc', 'us-ma', 'us-fl', 'debtor-wishes', 'safe-base'],
  },
  {
    jurisdiction: 'DE-BY',
    numbers: ['+4930123450', '+442079460000', '+4989123450'],
    packs: ['de', 'eu', 'uk', 'pci', 'debtor-wishes', 'safe-base'],
  },
  {
    jurisdiction: 'RU-MOW',
    numbers: ['+74951234567', '+48221234567', '+79161234567'],
    packs: ['ru', 'pl', 'eu', 'pci', 'debtor-wishes', 'safe-base'],
  },
];

interface BenchQuestion {
  person: BenchPerson;
  rules: readonly engine.CompiledRule[];
  request: engine.EngineRequest;
}

/**
 * Evaluations on one core with facts in memory: 500 events and six packs each, persons, debts, numbers, channels and
 * instants mixed, so that some are allowed and others are not. In the first figure each evaluation also turns facts
 * and events, as the door has loaded them, into those that the engine compares; in the second that was done before,
 * as for a debtor whose card is open.
 */
export function evaluationFigures({ note }: Pick<BenchContext, 'note'>): Figure[] {
  const resources = join(import.meta.dirname, '../../resources');
  const calendars = createCalendars(loadCalendars(join(resources, 'calendars')));
  const questions = drawQuestions(seededRandom(4), join(resources, 'rule-packs'));
  const fromFacts = (one: BenchQuestion) => {
    const facts = engine.prepareFacts(one.person.facts, calendars);
    return ask(one, facts, engine.prepareEvents(one.person.events, facts));
  };
  const prepared = new Map(
    [...new Set(questions.map(({ person }) => person))].map((person) => {
      const facts = engine.prepareFacts(person.facts, calendars);
      return [person, { facts, log: engine.prepareEvents(person.events, facts) }] as const;
    }),
  );
  const fromPrepared = (one: BenchQuestion) => {
    const known = prepared.get(one.person);
    if (!known) throw new Error('no facts');
    return ask(one, known.facts, known.log);
  };
  const allowed = questions.filter((one) => fromFacts(one).allowed).length / questions.length;
  note(`contact rules: ${Math.round(allowed * 100)} % of the questions are allowed`);
  const made = ratesOf(questions, fromFacts);
  const again = ratesOf(questions, fromPrepared);
  return [
    {
      name: 'evaluations, 500 events and six packs, facts in memory',
      value: made.perSecond,
      unit: '/s',
      aim: AIM,
      better: 'higher',
    },
    {
      name: '  in a second of processor time, whoever else wants the core',
      value: made.perCpuSecond,
      unit: '/s',
    },
    {
      name: '  the same, asked again about the same debtor',
      value: again.perSecond,
      unit: '/s',
    },
    { name: '  in a second of processor time', value: again.perCpuSecond, unit: '/s' },
    { name: '  share allowed', value: allowed * 100, unit: '%' },
  ];
}

function ask(
  { request, rules }: BenchQuestion,
  facts: engine.PreparedFacts,
  log: engine.EventLog,
): engine.Evaluation {
  return engine.evaluate(engine.prepareQuestion(request, facts, log, HORIZON_DAYS), rules);
}

function drawQuestions(random: SeededRandom, packFolder: string): BenchQuestion[] {
  const packs = loadPacks(packFolder);
  const compiled = (id: string) => {
    const pack = packs.find((one) => one.id === id);
    if (!pack) throw new Error(`no pack ${id}`);
    return engine.compilePack(pack);
  };
  const casts = PLACES.map((place, index) => ({
    rules: place.packs.flatMap(compiled),
    people: Array.from({ length: PEOPLE_A_PLACE }, (_none, number) =>
      drawPerson(random, place, { id: `p${index}-${number}`, events: EVENTS, now: NOW }),
    ),
  }));
  return Array.from({ length: QUESTIONS }, () => {
    const { rules, people } = random.pick(casts);
    const person = random.pick(people);
    return { person, rules, request: drawRequest(random, person) };
  });
}

function drawRequest(random: SeededRandom, person: BenchPerson): engine.EngineRequest {
  const channel = random.pick(['call', 'call', 'call', 'sms', 'email', 'voiceMessage'] as const);
  return {
    at: NOW + random.between(0, DAYS - 1) * DAY_MS + random.between(0, HOURS * 3600) * 1000,
    channel,
    mode: channel === 'call' ? random.pick(['preview', 'progressive', 'predictive']) : 'manual',
    purposes: ['collection'],
    person: person.id,
    debt: random.pick(person.debts),
    target: 'debtor',
    callerId: '+12125550100',
    ...(channel === 'email' ? {} : { number: random.pick(person.numbers) }),
  };
}

interface Rates {
  perSecond: number;
  perCpuSecond: number;
}

/** The best of some rounds: what disturbs a round makes it slower, never faster. */
function ratesOf(
  questions: readonly BenchQuestion[],
  evaluate: (one: BenchQuestion) => engine.Evaluation,
): Rates {
  const best: Rates = { perSecond: 0, perCpuSecond: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    let done = 0;
    const usage = process.threadCpuUsage();
    const startedMs = performance.now();
    let elapsedMs = 0;
    while (elapsedMs < ROUND_MS) {
      for (const question of questions) evaluate(question);
      done += questions.length;
      elapsedMs = performance.now() - startedMs;
    }
    const { user, system } = process.threadCpuUsage(usage);
    best.perSecond = Math.max(best.perSecond, (done * 1_000) / elapsedMs);
    best.perCpuSecond = Math.max(best.perCpuSecond, (done * 1_000_000) / (user + system));
  }
  return best;
}
