import { soleCountryOf } from './calling-codes.ts';
import { countryByLibrary } from './country-by-library.ts';
import { northAmericanZones } from './north-american-zones.ts';
import { countryOfPracticeNumber } from './practice-numbers.ts';

/** Countries whose list in the zone database is longer than the clocks people there live by. */
const zonesByCountry: Readonly<Record<string, readonly string[]>> = {
  US: [
    'America/New_York',
    'America/Chicago',
    'America/Denver',
    'America/Phoenix',
    'America/Los_Angeles',
    'America/Anchorage',
    'Pacific/Honolulu',
  ],
  CA: [
    'America/St_Johns',
    'America/Halifax',
    'America/Toronto',
    'America/Winnipeg',
    'America/Regina',
    'America/Edmonton',
    'America/Vancouver',
  ],
  RU: [
    'Europe/Kaliningrad',
    'Europe/Moscow',
    'Europe/Samara',
    'Asia/Yekaterinburg',
    'Asia/Omsk',
    'Asia/Krasnoyarsk',
    'Asia/Irkutsk',
    'Asia/Yakutsk',
    'Asia/Vladivostok',
    'Asia/Magadan',
    'Asia/Kamchatka',
  ],
  // one official clock for the whole country
  CN: ['Asia/Shanghai'],
  DE: ['Europe/Berlin'],
  ES: ['Europe/Madrid', 'Atlantic/Canary'],
};

/** States and regions whose people live by one clock; others count with every zone of the country. */
const zonesByPart: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    'CT DC DE GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV'
      .split(' ')
      .map((state) => [`US-${state}`, 'America/New_York']),
  ),
  ...Object.fromEntries(
    'AL AR IA IL LA MN MO MS OK WI'.split(' ').map((state) => [`US-${state}`, 'America/Chicago']),
  ),
  ...Object.fromEntries(
    'CO MT NM UT WY'.split(' ').map((state) => [`US-${state}`, 'America/Denver']),
  ),
  ...Object.fromEntries('CA WA'.split(' ').map((state) => [`US-${state}`, 'America/Los_Angeles'])),
  'US-HI': 'Pacific/Honolulu',
  'US-PR': 'America/Puerto_Rico',
  'US-GU': 'Pacific/Guam',
  'RU-MOW': 'Europe/Moscow',
  'RU-MOS': 'Europe/Moscow',
  'RU-SPE': 'Europe/Moscow',
  'RU-LEN': 'Europe/Moscow',
  'RU-KGD': 'Europe/Kaliningrad',
  'RU-SAM': 'Europe/Samara',
  'RU-SVE': 'Asia/Yekaterinburg',
  'RU-CHE': 'Asia/Yekaterinburg',
  'RU-OMS': 'Asia/Omsk',
  'RU-KYA': 'Asia/Krasnoyarsk',
  'RU-NVS': 'Asia/Novosibirsk',
  'RU-IRK': 'Asia/Irkutsk',
  'RU-PRI': 'Asia/Vladivostok',
  'RU-KAM': 'Asia/Kamchatka',
  // regions and provinces of Spain: all but the Canaries live by the clock of Madrid
  ...Object.fromEntries(
    `AN AR AS CB CM CL CT EX GA IB RI MD MC NC PV VC CE ML AL CA CO GR H J MA SE HU TE Z O S AB CR CU GU TO AV BU LE P SA SG
     SO VA ZA B GI L T BA CC C LU OR PO PM LO M MU NA VI BI SS A CS V`
      .split(/\s+/)
      .map((part) => [`ES-${part}`, 'Europe/Madrid']),
  ),
  'ES-CN': 'Atlantic/Canary',
  'ES-GC': 'Atlantic/Canary',
  'ES-TF': 'Atlantic/Canary',
};

/** ISO 3166 country of an E.164 number; null for satellite and unknown prefixes. */
export function countryOfNumber(e164: string): string | null {
  return countryOfPracticeNumber(e164) ?? soleCountryOf(e164) ?? countryByLibrary(e164);
}

/**
 * Time zones that the prefix of a number points to (reference §4).
 *
 * A country with one zone gives that zone. An American or Canadian area code gives its own. In any
 * other country with several zones a prefix says too little (numbers move with people), so the
 * answer is empty and the residence decides. Toll-free and unknown prefixes: empty.
 */
export function zonesForNumber(e164: string): string[] {
  const country = countryOfNumber(e164);
  if (country === null) return [];
  if (country === 'US' || country === 'CA') {
    return (
      northAmericanZones(e164.slice(2, 5)) ?? (isGeographic(e164) ? countryZones(country) : [])
    );
  }
  const zones = countryZones(country);
  return zones.length === 1 ? zones : [];
}

/** 800, 833 … and personal numbers have no place. */
function isGeographic(e164: string): boolean {
  return !/^\+1(?:8(?:00|33|44|55|66|77|88)|5(?:00|2[1-9]|33|44|66|77|88)|900)/.test(e164);
}

/**
 * Zones a place can mean: those of the state or region where one is enough, else all of the
 * country; empty for an unknown place.
 * @param jurisdiction ISO 3166, `PL`, `US-NY-NYC`
 */
export function zonesForJurisdiction(jurisdiction: string): string[] {
  const [country = '', part] = jurisdiction.split('-');
  const own = part === undefined ? undefined : zonesByPart[`${country}-${part}`];
  return own === undefined ? countryZones(country) : [own];
}

/** Asking the engine takes a tenth of a millisecond, and a list of a million asks about few countries. */
const zonesFound = new Map<string, readonly string[]>();

function countryZones(country: string): string[] {
  const known = Object.hasOwn(zonesByCountry, country) ? zonesByCountry[country] : undefined;
  if (known) return [...known];
  if (!/^[A-Z]{2}$/.test(country)) return [];
  const zones = zonesFound.get(country) ?? zonesOfEngine(country);
  zonesFound.set(country, zones);
  return [...zones];
}

function zonesOfEngine(country: string): string[] {
  // not yet in TypeScript's library; in every engine we ship
  const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & {
    getTimeZones?: () => string[] | undefined;
  };
  return locale.getTimeZones?.() ?? [];
}
