/** What a number format makes of a number, as far as it matters for reading it. */
export type NumberFormat =
  | { kind: 'general' }
  | { kind: 'date' }
  /** with a fixed number of decimals */
  | { kind: 'fixed'; decimals: number }
  /** a digit for each 0, such as `00-000` for postal codes */
  | { kind: 'digits'; pattern: string };

const GENERAL: NumberFormat = { kind: 'general' };
const DATE: NumberFormat = { kind: 'date' };

/** Formats that have a number and no text in a file (ECMA-376 part 1, §18.8.30). */
export function builtInFormat(id: number): NumberFormat {
  if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47)) return DATE;
  if (id >= 50 && id <= 58) return DATE;
  if (id === 1 || id === 3 || id === 37 || id === 38) return { kind: 'fixed', decimals: 0 };
  if ([2, 4, 7, 8, 39, 40, 43, 44].includes(id)) return { kind: 'fixed', decimals: 2 };
  return GENERAL;
}

/** @param code as in `numFmt/@formatCode`, such as `#,##0.00 "zł"` or `yyyy-mm-dd` */
export function parseFormat(code: string): NumberFormat {
  const section = code.split(';', 1)[0] ?? '';
  const bare = section
    .replace(/"[^"]*"/g, '')
    .replace(/\\./g, (escaped) => (/[-() ]/.test(escaped[1] ?? '') ? (escaped[1] ?? '') : ''))
    .replace(/_./g, '')
    .replace(/\*./g, '')
    // colours, conditions and languages; elapsed time stays
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '');
  if (/general/i.test(bare)) return GENERAL;
  if (/[ymdhs]/i.test(bare)) return DATE;
  if (/^[0\-() ]*$/.test(bare) && (bare.match(/0/g)?.length ?? 0) > 1) {
    return { kind: 'digits', pattern: bare.trim() };
  }
  if (!/[0#?]/.test(bare) || /[%/E@]/i.test(bare)) return GENERAL;
  return { kind: 'fixed', decimals: /\.([0#?]+)/.exec(bare)?.[1]?.length ?? 0 };
}

/**
 * A number as text: what the person sees of it, never less than two decimals of it, since money has two. Fifteen digits
 * are what spreadsheets hold; the rest is noise of binary fractions.
 * @param decimalSeparator that of the mapping, so that it is read back as it was
 */
export function formatNumber(
  value: number,
  format: NumberFormat,
  decimalSeparator: ',' | '.',
): string {
  if (format.kind === 'digits' && Number.isInteger(value) && value >= 0) {
    return fillDigits(value, format.pattern);
  }
  const exact = plainDecimal(value);
  const rounded =
    format.kind === 'fixed' ? roundDecimal(exact, Math.max(2, format.decimals)) : exact;
  return decimalSeparator === ',' ? rounded.replace('.', ',') : rounded;
}

/** Fifteen significant digits without an exponent. */
function plainDecimal(value: number): string {
  const [mantissa = '0', exponentText = '0'] = value.toExponential(14).split('e');
  const exponent = Number(exponentText);
  const sign = mantissa.startsWith('-') ? '-' : '';
  const digits = mantissa.replace(/[-.]/g, '').replace(/0+$/, '') || '0';
  if (digits === '0') return '0';
  const point = exponent + 1;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return `${sign}${digits}${'0'.repeat(point - digits.length)}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** Half away from zero, on the decimal text: binary fractions would turn 1.005 into 1. */
function roundDecimal(text: string, decimals: number): string {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  if (fraction.length <= decimals) return text;
  const kept = BigInt(whole + fraction.slice(0, decimals));
  const rounded = kept + (Number(fraction[decimals]) >= 5 ? 1n : 0n);
  const padded = rounded.toString().padStart(decimals + 1, '0');
  const cut = padded.length - decimals;
  const sign = text.startsWith('-') && rounded !== 0n ? '-' : '';
  return `${sign}${padded.slice(0, cut)}.${padded.slice(cut)}`;
}

function fillDigits(value: number, pattern: string): string {
  const places = pattern.match(/0/g)?.length ?? 0;
  const digits = plainDecimal(value).padStart(places, '0');
  const surplus = digits.slice(0, digits.length - places);
  let at = digits.length - places;
  return surplus + pattern.replace(/0/g, () => digits[at++] ?? '');
}

const MS_PER_DAY = 86_400_000;

/**
 * A serial day number as ISO text: a date, a date with its time, or a time alone.
 * @param is1904 the workbook counts from 1 January 1904 (old Macintosh files)
 * @returns null when it is no day that a spreadsheet knows
 */
export function formatSerialDate(serial: number, is1904: boolean): string | null {
  if (!Number.isFinite(serial) || serial < 0 || serial >= 2_958_466) return null;
  // the 29 February 1900 that spreadsheets count never was
  const days = is1904 ? serial + 1_462 : serial < 60 ? serial + 1 : serial;
  const ms = Math.round((days - 25_569) * 86_400) * 1_000;
  const iso = new Date(ms).toISOString();
  const time = iso.slice(11, 19);
  if (serial < 1 && !is1904) return time;
  return ms % MS_PER_DAY === 0 ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${time}`;
}
