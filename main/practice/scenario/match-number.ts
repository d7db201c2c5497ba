import type { NumberPattern } from './scenario.schema.ts';

/** Digits of a number as a carrier may get it: `+48…`, `0048…` and `48…` are one number. */
export function digitsOf(number: string): string {
  const digits = number.replace(/[^0-9]/g, '');
  return number.trim().startsWith('+') ? digits : digits.replace(/^00/, '');
}

/** Whether a pattern of the scenario means this number. */
export function matchesNumber(pattern: NumberPattern, number: string): boolean {
  const digits = digitsOf(number);
  if ('exact' in pattern) return digits === digitsOf(pattern.exact);
  if ('prefix' in pattern) return digits.startsWith(digitsOf(pattern.prefix));
  if ('regex' in pattern) return new RegExp(pattern.regex).test(digits);
  return isWithin(digits, digitsOf(pattern.from), digitsOf(pattern.to));
}

/** Ranges hold numbers of one length, so text order is number order. */
function isWithin(digits: string, from: string, to: string): boolean {
  return digits.length === from.length && digits >= from && digits <= to;
}
