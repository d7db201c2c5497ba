/** Numbers that reach nobody, for samples and the practice carrier. */
export interface PracticeRange {
  country: string;
  /** why no subscriber has these numbers */
  reason: string;
  /** E.164 up to where a counter of `digits` digits follows */
  prefix: string;
  digits: number;
  /** how many numbers the range has, from counter 0; default: all that `digits` allow */
  firstCounter?: number;
  count?: number;
  kind: 'mobile' | 'home';
}

const fictionalUs =
  'North American Numbering Plan: 555-0100 to 555-0199 are reserved for fictional use in every area code';
const dramaUk = 'Ofcom: numbers for use in TV and radio drama, never allocated';
const dramaDe = 'Bundesnetzagentur: numbers for use in media productions, never allocated';

/** Area codes in which samples put their 555-01xx numbers: big cities, so that zones differ. */
const usAreaCodes = [
  '212',
  '213',
  '305',
  '312',
  '404',
  '415',
  '602',
  '617',
  '702',
  '713',
  '303',
  '206',
] as const;

/**
 * Ranges from which practice stores take their numbers. Real stores refuse them, and practice
 * stores refuse every other.
 */
export const practiceRanges: readonly PracticeRange[] = [
  {
    country: 'PL',
    reason:
      'numbering plan: no national number begins with 10, which is kept for carrier access codes (10xy), and 100 is given to none',
    prefix: '+48100',
    digits: 6,
    kind: 'mobile',
  },
  {
    country: 'RU',
    reason:
      'numbering plan: national codes begin with 3, 4, 8 (places) and 9 (mobile); 0 stands for services inside a network, so no code 000 can be given',
    prefix: '+7000',
    digits: 7,
    kind: 'mobile',
  },
  {
    country: 'CN',
    reason:
      'numbering plan: inside area code 21 (Shanghai) no subscriber number begins with 0, the trunk prefix',
    prefix: '+862100',
    digits: 6,
    kind: 'home',
  },
  { country: 'GB', reason: dramaUk, prefix: '+447700900', digits: 3, kind: 'mobile' },
  { country: 'GB', reason: dramaUk, prefix: '+442079460', digits: 3, kind: 'home' },
  { country: 'GB', reason: dramaUk, prefix: '+441632960', digits: 3, kind: 'home' },
  { country: 'GB', reason: dramaUk, prefix: '+441134960', digits: 3, kind: 'home' },
  { country: 'GB', reason: dramaUk, prefix: '+441144960', digits: 3, kind: 'home' },
  { country: 'GB', reason: dramaUk, prefix: '+441214960', digits: 3, kind: 'home' },
  { country: 'GB', reason: dramaUk, prefix: '+441314960', digits: 3, kind: 'home' },
  { country: 'GB', reason: dramaUk, prefix: '+441614960', digits: 3, kind: 'home' },
  {
    country: 'DE',
    reason: dramaDe,
    prefix: '+493023125',
    digits: 3,
    kind: 'home',
  },
  { country: 'DE', reason: dramaDe, prefix: '+496990009', digits: 3, kind: 'home' },
  { country: 'DE', reason: dramaDe, prefix: '+494066969', digits: 3, kind: 'home' },
  ...usAreaCodes.map(
    (areaCode): PracticeRange => ({
      country: 'US',
      reason: fictionalUs,
      prefix: `+1${areaCode}555`,
      digits: 4,
      firstCounter: 100,
      count: 100,
      kind: 'mobile',
    }),
  ),
];

/** Ofcom's drama numbers in geographic ranges, and 555-01xx under every American area code. */
const practicePatterns = [
  /^\+48100\d{6}$/,
  /^\+7000\d{7}$/,
  /^\+862100\d{6}$/,
  /^\+1[2-9]\d{2}55501\d{2}$/,
  /^\+447700900\d{3}$/,
  /^\+44(?:113|114|115|116|117|118|121|131|141|151|161)4960\d{3}$/,
  /^\+442079460\d{3}$/,
  /^\+441914980\d{3}$/,
  /^\+441632960\d{3}$/,
  /^\+443069990\d{3}$/,
  /^\+448081570\d{3}$/,
  /^\+49(?:3023125|6990009|4066969)\d{3}$/,
];

/** Whether an E.164 number is one of those that reach nobody. */
export function isPracticeNumber(e164: string): boolean {
  return practicePatterns.some((pattern) => pattern.test(e164));
}

/** Country of a practice number; null for any other. libphonenumber knows some of them not at all. */
export function countryOfPracticeNumber(e164: string): string | null {
  if (!isPracticeNumber(e164)) return null;
  if (e164.startsWith('+44')) return 'GB';
  return practiceRanges.find(({ prefix }) => e164.startsWith(prefix.slice(0, 3)))?.country ?? 'US';
}

/**
 * The `index`-th practice number of a country; indexes past the last number begin again.
 * @returns E.164, or null for a country without a range
 */
export function practiceNumberAt(country: string, index: number): string | null {
  const ranges = practiceRanges.filter((range) => range.country === country);
  const total = ranges.reduce((sum, range) => sum + sizeOf(range), 0);
  if (total === 0) return null;
  let rest = index % total;
  for (const range of ranges) {
    if (rest < sizeOf(range)) {
      return range.prefix + String((range.firstCounter ?? 0) + rest).padStart(range.digits, '0');
    }
    rest -= sizeOf(range);
  }
  return null;
}

function sizeOf(range: PracticeRange): number {
  return range.count ?? 10 ** range.digits;
}
