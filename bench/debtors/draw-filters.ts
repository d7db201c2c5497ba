import {
  ageBand,
  type CommandInput,
  type CommandOutput,
  promiseState,
} from '#shared/contract/index.ts';
import { type SeededRandom, seededRandom } from '../../main/debtors/sample/seeded-random.ts';
import { NEWEST_AT } from './history-rows.ts';

export type ListQuery = CommandInput<'list.query'>;
type Filter = NonNullable<ListQuery['filter']>;
type Choices = CommandOutput<'list.choices'>;

const DAY_MS = 86_400_000;
const DEMAND = ['age', 'amount', 'statuses', 'lastContact', 'promises'] as const;
const MORE = ['languages', 'jurisdictions', 'cities', 'hasPhone', 'kind'] as const;
type Part = (typeof DEMAND)[number] | (typeof MORE)[number];

/**
 * First pages of lists with three conditions: two of age, amount, status, last contact and promise, and a third of any,
 * in every order. Half of them are such that most debtors fit, the others such that few do or hardly one.
 */
export function drawLists(choices: Choices, count: number, seed: number): ListQuery[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, index) => {
    const first = random.pick(DEMAND);
    const second = another([first], DEMAND, random);
    const third = another([first, second], [...DEMAND, ...MORE], random);
    const draw = index % 2 === 0 ? widePart : narrowPart;
    const parts = [first, second, third].map((part) => draw(part, choices, random));
    const filter = Object.assign({}, ...parts) as Filter;
    return { filter, sort: sortOf(random), offset: 0, limit: 50 };
  });
}

function another(taken: readonly Part[], from: readonly Part[], random: SeededRandom): Part {
  for (;;) {
    const part = random.pick(from);
    if (!taken.includes(part)) return part;
  }
}

function sortOf(random: SeededRandom): ListQuery['sort'] {
  const by = random.pick([
    'name',
    'balance',
    'age',
    'lastContact',
    'nextAction',
    'created',
  ] as const);
  return { by, descending: random.chance(0.5) };
}

/** A condition that most fit. */
function widePart(part: Part, choices: Choices, random: SeededRandom): Partial<Filter> {
  switch (part) {
    case 'age':
      return { age: { fromDays: random.between(1, 20) } };
    case 'amount':
      return { amount: { fromMinor: random.between(1, 20_000) } };
    case 'statuses':
      return { statuses: ['open', random.pick(['paid', 'disputed'] as const)] };
    case 'lastContact':
      return { lastContact: { after: NEWEST_AT - random.between(200, 900) * DAY_MS } };
    case 'promises':
      return { promises: ['none', random.pick(['broken', 'kept'] as const)] };
    case 'languages':
      return { languages: choices.languages.slice(0, 2) };
    case 'jurisdictions':
      return { jurisdictions: choices.jurisdictions.slice(0, random.between(2, 10)) };
    case 'cities':
      return { cities: choices.cities.slice(0, random.between(5, 40)) };
    case 'hasPhone':
      return { hasPhone: true };
    case 'kind':
      return { kind: 'person' };
  }
}

/** A condition that few fit, or none. */
function narrowPart(part: Part, choices: Choices, random: SeededRandom): Partial<Filter> {
  switch (part) {
    case 'age':
      return { age: age(random) };
    case 'amount':
      return { amount: amount(choices, random) };
    case 'statuses':
      return { statuses: [random.pick(['open', 'open', 'open', 'open', 'paid', 'none'] as const)] };
    case 'lastContact':
      return { lastContact: lastContact(random) };
    case 'promises':
      return { promises: [random.pick(promiseState.options)] };
    case 'languages':
      return { languages: [random.pick(choices.languages)] };
    case 'jurisdictions':
      return { jurisdictions: [random.pick(choices.jurisdictions)] };
    case 'cities':
      return { cities: [random.pick(choices.cities)] };
    case 'hasPhone':
      return { hasPhone: random.chance(0.8) };
    case 'kind':
      return { kind: random.pick(['person', 'company'] as const) };
  }
}

function age(random: SeededRandom): NonNullable<Filter['age']> {
  if (random.chance(0.4)) return { bands: [random.pick(ageBand.options)] };
  const fromDays = random.between(0, 700);
  return { fromDays, toDays: fromDays + random.pick([0, 7, 60, 365]) };
}

function amount(choices: Choices, random: SeededRandom): NonNullable<Filter['amount']> {
  const fromMinor = Math.round(10 ** random.between(3, 5) * (1 + random.next() * 5));
  const toMinor = Math.round(fromMinor * random.pick([1.01, 2, 100]));
  const currency = random.chance(0.5) ? { currency: random.pick(choices.currencies) } : {};
  return { fromMinor, toMinor, ...currency };
}

function lastContact(random: SeededRandom): NonNullable<Filter['lastContact']> {
  const roll = random.next();
  if (roll < 0.15) return { never: true };
  const moment = NEWEST_AT - random.between(0, 400) * DAY_MS;
  if (roll < 0.4) return { before: moment };
  if (roll < 0.65) return { after: moment };
  if (roll < 0.85) return { after: moment, before: moment + random.pick([1, 7, 60]) * DAY_MS };
  return { channels: [random.pick(['call', 'sms', 'email', 'letter'] as const)] };
}
