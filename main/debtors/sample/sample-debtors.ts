import { practiceNumberAt } from '../../contact-rules/index.ts';
import { americanPlace, britishPlace } from './place-en.ts';
import { polishPlace } from './place-pl.ts';
import { russianPlace } from './place-ru.ts';
import {
  madeUpAccount,
  madeUpFirmInn,
  madeUpNip,
  madeUpPersonInn,
  madeUpPesel,
} from './sample-ids.ts';
import type { SampleCity, SampleCreditor, SamplePlace } from './sample-places.ts';
import { type SeededRandom, seededRandom } from './seeded-random.ts';

export type SampleLanguage = 'pl' | 'en' | 'ru' | 'mixed';

export interface SampleOptions {
  seed: number;
  language: SampleLanguage;
  /** `YYYY-MM-DD`: debts fell due before it */
  asOf: string;
}

export interface SampleDebt {
  debtRef: string;
  creditorName: string;
  debtKind: string;
  currency: string;
  principalMinor: number;
  interestMinor: number;
  feesMinor: number;
  balanceMinor: number;
  dueOn: string;
  accountToPay: string;
}

export interface SampleDebtor {
  debtorRef: string;
  language: 'pl' | 'en' | 'ru';
  country: string;
  kind: 'person' | 'company';
  givenName: string;
  familyName: string;
  companyName: string;
  birthDate: string;
  nationalId: string;
  taxId: string;
  street: string;
  postalCode: string;
  city: string;
  region: string;
  /** E.164, all of practice ranges */
  mobilePhones: string[];
  homePhone: string;
  email: string;
  note: string;
  debts: SampleDebt[];
}

/** Made-up debtors without end; the same for the same options. Every number is of a practice range. */
export function* sampleDebtors(options: SampleOptions): Generator<SampleDebtor> {
  const random = seededRandom(options.seed);
  const makers = new Map<SamplePlace, DebtorMaker>();
  for (let index = 0; ; index += 1) {
    const place = placeFor(options.language, random, index);
    const maker = makers.get(place) ?? new DebtorMaker(place, options, random);
    makers.set(place, maker);
    yield maker.next(index);
  }
}

/** A mixed portfolio is Polish for the half, then English and Russian; English is British and American in turns. */
function placeFor(language: SampleLanguage, random: SeededRandom, index: number): SamplePlace {
  if (language === 'pl') return polishPlace;
  if (language === 'ru') return russianPlace;
  const english = index % 2 === 0 ? britishPlace : americanPlace;
  if (language === 'en') return english;
  return random.pick([polishPlace, polishPlace, english, russianPlace]);
}

class DebtorMaker {
  readonly #place: SamplePlace;
  readonly #random: SeededRandom;
  readonly #asOfDay: number;
  #numbers = 0;

  constructor(place: SamplePlace, options: SampleOptions, random: SeededRandom) {
    this.#place = place;
    this.#random = random;
    this.#asOfDay = Date.parse(`${options.asOf}T00:00:00Z`) / DAY_MS;
  }

  next(index: number): SampleDebtor {
    const random = this.#random;
    const isCompany = random.chance(0.12);
    const phone = this.#number();
    const city = this.#cityOf(phone);
    const person = this.#person();
    const street = this.#street();
    return {
      debtorRef: `${this.#place.country}-${String(index + 1).padStart(7, '0')}`,
      language: this.#place.language,
      country: this.#place.country,
      kind: isCompany ? 'company' : 'person',
      ...(isCompany ? this.#company() : person),
      street,
      postalCode: this.#fill(city.postal),
      city: city.city,
      region: city.region ?? '',
      mobilePhones: random.chance(0.18) ? [phone, this.#number()] : [phone],
      homePhone: random.chance(0.25) ? this.#number() : '',
      email: random.chance(0.6) ? emailOf(person, index, random) : '',
      note: random.chance(0.15) ? random.pick(this.#place.notes) : '',
      debts: this.#debts(index),
    };
  }

  #person() {
    const random = this.#random;
    const { given, family, patronymics, country } = this.#place;
    const female = random.chance(0.5);
    const side = female ? 1 : 0;
    const first = random.pick(female ? given.female : given.male);
    const patronymic = patronymics === undefined ? '' : ` ${random.pick(patronymics)[side]}`;
    // ages from 19 to 84
    const birthDate = dateOf(this.#asOfDay - random.between(19 * 365, 84 * 365));
    return {
      givenName: `${first}${patronymic}`,
      familyName: random.pick(family)[side],
      companyName: '',
      birthDate,
      nationalId:
        country === 'PL'
          ? madeUpPesel(random, birthDate, female)
          : country === 'RU'
            ? madeUpPersonInn(random)
            : '',
      taxId: '',
    };
  }

  #company() {
    const random = this.#random;
    const { companyFirst, companySecond, companyForms, country } = this.#place;
    const name = `${random.pick(companyFirst)} ${random.pick(companySecond)}`;
    const form = random.pick(companyForms);
    return {
      givenName: '',
      familyName: '',
      companyName: country === 'RU' ? `${form} «${name}»` : `${name} ${form}`,
      birthDate: '',
      nationalId: '',
      taxId: country === 'PL' ? madeUpNip(random) : country === 'RU' ? madeUpFirmInn(random) : '',
    };
  }

  #street(): string {
    const random = this.#random;
    const street = random.pick(this.#place.streets);
    const house = random.between(1, 180);
    if (this.#place.language === 'en') return `${house} ${street}`;
    if (this.#place.language === 'ru') {
      return `${street}, д. ${house}, кв. ${random.between(1, 240)}`;
    }
    return random.chance(0.6)
      ? `${street} ${house}/${random.between(1, 90)}`
      : `${street} ${house}`;
  }

  #debts(index: number): SampleDebt[] {
    const random = this.#random;
    const roll = random.next();
    const count = roll < 0.72 ? 1 : roll < 0.94 ? 2 : 3;
    return Array.from({ length: count }, (_, at) =>
      this.#debt(random.pick(this.#place.creditors), index * 10 + at),
    );
  }

  #debt(creditor: SampleCreditor, serial: number): SampleDebt {
    const random = this.#random;
    const euros = creditor.medianEuro * Math.exp(creditor.spread * random.gauss());
    const principalMinor = Math.max(500, Math.round(euros * this.#place.priceLevel * 100));
    // most are young; the tail reaches three years
    const daysPastDue = Math.min(1095, 5 + Math.round(-Math.log(1 - random.next()) * 190));
    const interestMinor = Math.round((principalMinor * 0.11 * daysPastDue) / 365);
    const feesMinor = random.chance(0.3) ? Math.round(this.#place.priceLevel * 900) : 0;
    const total = principalMinor + interestMinor + feesMinor;
    const paid = random.chance(0.2) ? Math.round((total * random.between(5, 60)) / 100) : 0;
    const dueOn = dateOf(this.#asOfDay - daysPastDue);
    const reference = creditor.reference.replace('Y', dueOn.slice(0, 4));
    return {
      // the serial keeps references apart where the random part is short
      debtRef: `${this.#fill(reference)}/${serial}`,
      creditorName: creditor.name,
      debtKind: creditor.kind,
      currency: this.#place.currency,
      principalMinor,
      interestMinor,
      feesMinor,
      balanceMinor: total - paid,
      dueOn,
      accountToPay: this.#place.country === 'PL' ? madeUpAccount(random) : '',
    };
  }

  #number(): string {
    // another step than 1, so that neighbours in the list are of different cities
    const number = practiceNumberAt(this.#place.country, this.#numbers * NUMBER_STEP);
    this.#numbers += 1;
    return number ?? '';
  }

  #cityOf(number: string): SampleCity {
    const { cities } = this.#place;
    const own = cities.find((city) => city.numberPrefix && number.startsWith(city.numberPrefix));
    return own ?? this.#random.pick(cities);
  }

  #fill(pattern: string): string {
    return pattern.replace(/#/g, () => String(this.#random.between(0, 9)));
  }
}

const DAY_MS = 86_400_000;
/** prime to the sizes of all ranges, so that every number comes before one comes again */
const NUMBER_STEP = 107;

function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Domains that nobody can have (RFC 2606). */
const EMAIL_DOMAINS = ['example.com', 'example.org', 'example.net'];

function emailOf(
  person: { givenName: string; familyName: string },
  index: number,
  random: SeededRandom,
): string {
  const letters = latin(`${person.givenName.split(' ')[0]}.${person.familyName}`);
  return `${letters}${index + 1}@${random.pick(EMAIL_DOMAINS)}`;
}

const CYRILLIC: Readonly<Record<string, string>> = Object.fromEntries(
  'а-a б-b в-v г-g д-d е-e ё-yo ж-zh з-z и-i й-y к-k л-l м-m н-n о-o п-p р-r с-s т-t у-u ф-f х-kh ц-ts ч-ch ш-sh щ-shch ъ- ы-y ь- э-e ю-yu я-ya'
    .split(' ')
    .map((pair) => pair.split('-') as [string, string]),
);

function latin(text: string): string {
  return text
    .toLowerCase()
    .replace(/[а-яё]/g, (letter) => CYRILLIC[letter] ?? '')
    .replace(/ł/g, 'l')
    .normalize('NFD')
    .replace(/[^a-z0-9.]/g, '');
}
