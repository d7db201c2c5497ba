import type * as engine from '../../main/contact-rules/engine/index.ts';
import {
  zonesForJurisdiction,
  zonesForNumber,
} from '../../main/contact-rules/numbers/place-of-number.ts';
import type { SeededRandom } from '../../main/debtors/sample/seeded-random.ts';

/** A debtor as the door would have loaded it. */
export interface BenchPerson {
  id: string;
  debts: string[];
  numbers: string[];
  facts: engine.Facts;
  events: engine.ContactEvent[];
}

export interface BenchPlace {
  jurisdiction: string;
  /** numbers whose prefixes say the same place or another */
  numbers: readonly string[];
}

const DAY_MS = 86_400_000;
/** how far back the door loads events */
const HISTORY_DAYS = 400;

/** How a contact goes, by how often: a call writes several events, a message one. */
const CONTACTS: readonly (readonly [
  share: number,
  channel: 'call' | 'sms' | 'email',
  kinds: readonly Kind[],
])[] = [
  [0.3, 'call', ['attempt', 'rang']],
  [0.2, 'call', ['attempt', 'humanAnswered', 'conversation']],
  [0.1, 'call', ['attempt', 'notConnected']],
  [0.1, 'call', ['attempt', 'messageLeft']],
  [0.05, 'call', ['attempt', 'humanAnswered', 'abandoned']],
  [0.15, 'sms', ['message']],
  [0.1, 'email', ['message']],
];
type Kind = engine.ContactEvent['kind'];

/** @param now the history ends here; contacts come one after another over 400 days */
export function drawPerson(
  random: SeededRandom,
  place: BenchPlace,
  options: { id: string; events: number; now: number },
): BenchPerson {
  const debts = [`${options.id}-a`, `${options.id}-b`];
  const person = { id: options.id, debts, numbers: [...place.numbers] };
  return {
    ...person,
    facts: drawFacts(random, place, person, options.now),
    events: drawEvents(random, person, options),
  };
}

function drawFacts(
  random: SeededRandom,
  { jurisdiction, numbers }: BenchPlace,
  { debts }: { debts: readonly string[] },
  now: number,
): engine.Facts {
  const [debt = ''] = debts;
  const classes = ['mobile', 'home', 'work'] as const;
  return {
    residence: { jurisdiction, zones: zonesForJurisdiction(jurisdiction) },
    numbers: Object.fromEntries(
      numbers.map((number, index) => [
        number,
        { class: classes[index % 3] ?? 'other', presumedZones: zonesForNumber(number) },
      ]),
    ),
    holds: random.chance(0.1) ? [{ kind: 'dispute', since: now - 9 * DAY_MS, debt }] : [],
    personalBlocks: random.chance(0.2)
      ? [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '12:00' }]
      : [],
    consents: random.chance(0.3)
      ? [{ kind: 'directConsent', at: now - 2 * DAY_MS, lastsDays: 7 }]
      : [],
    notices: random.chance(0.8) ? [{ kind: 'validationNotice', at: now - 300 * DAY_MS }] : [],
    ...(random.chance(0.2) ? { historyFrom: now - 5 * DAY_MS } : {}),
    flags: [],
  };
}

/** Contacts one after another, in unsorted debts and numbers, until there are enough events; newest last. */
function drawEvents(
  random: SeededRandom,
  { id, debts, numbers }: Pick<BenchPerson, 'id' | 'debts' | 'numbers'>,
  { events: wanted, now }: { events: number; now: number },
): engine.ContactEvent[] {
  const events: engine.ContactEvent[] = [];
  while (events.length < wanted) {
    // fewer of late, as caps would have kept it: about one contact in the last week
    const at = now - Math.ceil(random.next() ** 0.75 * HISTORY_DAYS * DAY_MS);
    const [, channel, kinds] = drawContact(random);
    const debt = random.chance(0.8) ? { debt: random.pick(debts) } : {};
    const number = channel === 'email' ? {} : { number: random.pick(numbers) };
    const direction = random.chance(0.1) ? 'in' : 'out';
    for (const kind of kinds.slice(0, wanted - events.length)) {
      events.push({ at, kind, direction, channel, person: id, ...debt, ...number, flags: [] });
    }
  }
  return events.sort((a, b) => a.at - b.at);
}

function drawContact(random: SeededRandom): (typeof CONTACTS)[number] {
  let left = random.next();
  for (const contact of CONTACTS) {
    left -= contact[0];
    if (left < 0) return contact;
  }
  return CONTACTS[0] as (typeof CONTACTS)[number];
}
