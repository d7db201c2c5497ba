import { foldText } from '#shared/util/index.ts';
import { zonesForJurisdiction } from '../../contact-rules/index.ts';

const COUNTRY_CODES = new Set(
  'AD AE AL AM AR AT AU AZ BA BE BG BR BY CA CH CL CN CO CY CZ DE DK EE EG ES FI FR GB GE GR HK HR HU IE IL IN IS IT JP KG KR KZ LI LT LU LV MA MC MD ME MK MT MX MY NL NO NZ PE PH PL PT RO RS RU SA SE SG SI SK TH TJ TM TN TR TW UA US UY UZ VN ZA'.split(
    ' ',
  ),
);

/** Names of countries in the languages of the application, and what people write instead. */
const COUNTRY_NAMES: ReadonlyMap<string, string> = new Map([
  ...['pl', 'en', 'ru', 'zh'].flatMap((language) => {
    const names = new Intl.DisplayNames([language], { type: 'region' });
    return [...COUNTRY_CODES].map((code): [string, string] => [
      foldText(names.of(code) ?? code),
      code,
    ]);
  }),
  ...(
    [
      ['uk', 'GB'],
      ['great britain', 'GB'],
      ['england', 'GB'],
      ['scotland', 'GB'],
      ['wales', 'GB'],
      ['wielka brytania', 'GB'],
      ['usa', 'US'],
      ['u.s.a.', 'US'],
      ['united states of america', 'US'],
      ['сша', 'US'],
      ['рф', 'RU'],
      ['российская федерация', 'RU'],
      ['rp', 'PL'],
      ['rzeczpospolita polska', 'PL'],
    ] as const
  ).map(([name, code]): [string, string] => [foldText(name), code]),
]);

const ALPHA_3: Readonly<Record<string, string>> = {
  POL: 'PL',
  RUS: 'RU',
  GBR: 'GB',
  USA: 'US',
  DEU: 'DE',
  UKR: 'UA',
  CHN: 'CN',
  ESP: 'ES',
  FRA: 'FR',
  BLR: 'BY',
  KAZ: 'KZ',
  CZE: 'CZ',
  ZAF: 'ZA',
};

/** ISO 3166-1 code of a country that is given by code or by name; null when it is neither. */
export function readCountry(text: string): string | null {
  const upper = text.trim().toUpperCase();
  if (COUNTRY_CODES.has(upper)) return upper;
  return ALPHA_3[upper] ?? COUNTRY_NAMES.get(foldText(text)) ?? null;
}

const AMERICAN_STATES: Readonly<Record<string, string>> = Object.fromEntries(
  'AL=alabama AK=alaska AZ=arizona AR=arkansas CA=california CO=colorado CT=connecticut DE=delaware DC=district_of_columbia FL=florida GA=georgia HI=hawaii ID=idaho IL=illinois IN=indiana IA=iowa KS=kansas KY=kentucky LA=louisiana ME=maine MD=maryland MA=massachusetts MI=michigan MN=minnesota MS=mississippi MO=missouri MT=montana NE=nebraska NV=nevada NH=new_hampshire NJ=new_jersey NM=new_mexico NY=new_york NC=north_carolina ND=north_dakota OH=ohio OK=oklahoma OR=oregon PA=pennsylvania PR=puerto_rico RI=rhode_island SC=south_carolina SD=south_dakota TN=tennessee TX=texas UT=utah VT=vermont VA=virginia WA=washington WV=west_virginia WI=wisconsin WY=wyoming GU=guam'
    .split(' ')
    .map((pair) => {
      const [code = '', name = ''] = pair.split('=');
      return [name.replaceAll('_', ' '), code] as const;
    }),
);

/** Russian regions that live by one clock of their own, by a word of their name and by postal codes (three digits). */
const RUSSIAN_REGIONS: readonly (readonly [RegExp, string, number, number])[] = [
  [/(?:^|[^а-яё])москва/, 'RU-MOW', 101, 135],
  [/московск/, 'RU-MOS', 140, 144],
  [/санкт|петербург/, 'RU-SPE', 190, 199],
  [/ленинградск/, 'RU-LEN', 187, 188],
  [/калининград/, 'RU-KGD', 236, 238],
  [/самарск/, 'RU-SAM', 443, 446],
  [/свердловск/, 'RU-SVE', 620, 624],
  [/челябинск/, 'RU-CHE', 454, 457],
  [/(?:^|[^а-яё])омск/, 'RU-OMS', 644, 646],
  [/красноярск/, 'RU-KYA', 660, 663],
  [/новосибирск/, 'RU-NVS', 630, 633],
  [/иркутск/, 'RU-IRK', 664, 669],
  [/приморск/, 'RU-PRI', 690, 692],
  [/камчат/, 'RU-KAM', 683, 684],
];

export interface PlaceCells {
  region: string;
  city: string;
  postalCode: string;
}

/**
 * The jurisdiction of an address: the country, with its part where rules or clocks differ (`US-MA`, `US-NY-NYC`,
 * `RU-SVE`). Without a part that is known for sure the country alone: all of its rules and zones then count.
 */
export function jurisdictionOf(
  country: string,
  cells: PlaceCells,
): { jurisdiction: string; unknownRegion: boolean } {
  if (country === 'US') return americanPlace(cells);
  if (country === 'RU') return { jurisdiction: russianPlace(cells), unknownRegion: false };
  return { jurisdiction: country, unknownRegion: false };
}

function americanPlace({ region, city }: PlaceCells) {
  const given = region.trim();
  if (given === '') return { jurisdiction: 'US', unknownRegion: false };
  const code = /^[A-Z]{2}$/i.test(given) ? given.toUpperCase() : AMERICAN_STATES[foldText(given)];
  if (code === undefined || !Object.values(AMERICAN_STATES).includes(code)) {
    return { jurisdiction: 'US', unknownRegion: true };
  }
  const isNewYorkCity =
    code === 'NY' &&
    /^(?:new york(?: city)?|nyc|brooklyn|bronx|queens|manhattan|staten island)$/.test(
      foldText(city),
    );
  return { jurisdiction: `US-${code}${isNewYorkCity ? '-NYC' : ''}`, unknownRegion: false };
}

function russianPlace({ region, postalCode }: PlaceCells): string {
  const name = region.trim().toLowerCase();
  const byName = name === '' ? undefined : RUSSIAN_REGIONS.find(([pattern]) => pattern.test(name));
  if (byName) return byName[1];
  const prefix = /^\d{6}$/.test(postalCode.trim()) ? Number(postalCode.trim().slice(0, 3)) : 0;
  const byCode = RUSSIAN_REGIONS.find(([, , first, last]) => prefix >= first && prefix <= last);
  // a region that is named and not in the list may have another clock than its postal code suggests
  return name === '' && byCode ? byCode[1] : 'RU';
}

const zones = new Map<string, readonly string[]>();

/** Time zones of a jurisdiction; asked about once. */
export function zonesOfJurisdiction(jurisdiction: string): readonly string[] {
  let known = zones.get(jurisdiction);
  if (known === undefined) {
    known = zonesForJurisdiction(jurisdiction);
    zones.set(jurisdiction, known);
  }
  return known;
}

const LANGUAGE_OF_COUNTRY: Readonly<Record<string, string>> = {
  PL: 'pl',
  RU: 'ru',
  BY: 'ru',
  KZ: 'ru',
  KG: 'ru',
  UA: 'uk',
  CN: 'zh',
  TW: 'zh',
  HK: 'zh',
  DE: 'de',
  AT: 'de',
  ES: 'es',
  MX: 'es',
  AR: 'es',
  CO: 'es',
  CL: 'es',
  PE: 'es',
  FR: 'fr',
  IT: 'it',
  CZ: 'cs',
  SK: 'sk',
  LT: 'lt',
  LV: 'lv',
  EE: 'et',
  RO: 'ro',
  PT: 'pt',
  BR: 'pt',
  NL: 'nl',
};

/** The language that most people of a country speak; English where this table does not say. */
export function languageOfCountry(country: string): string {
  return LANGUAGE_OF_COUNTRY[country] ?? 'en';
}

const LANGUAGES: ReadonlyMap<string, string> = new Map(
  [
    'pl',
    'en',
    'ru',
    'uk',
    'zh',
    'de',
    'es',
    'fr',
    'it',
    'cs',
    'sk',
    'lt',
    'lv',
    'et',
    'ro',
    'pt',
    'nl',
  ].flatMap((code) =>
    ['pl', 'en', 'ru', 'zh'].map((language): [string, string] => {
      const names = new Intl.DisplayNames([language], { type: 'language' });
      return [foldText(names.of(code) ?? code), code];
    }),
  ),
);

const LANGUAGE_CODES = new Set(LANGUAGES.values());

/** ISO 639-1 code of a language given by code, tag or name; null when it is none that we know. */
export function readLanguage(text: string): string | null {
  const folded = foldText(text);
  const code = /^([a-z]{2})(?:[-_][a-z]{2,4})?$/.exec(folded)?.[1];
  if (code !== undefined && LANGUAGE_CODES.has(code)) return code;
  return LANGUAGES.get(folded) ?? null;
}
