import { randomBytes } from 'node:crypto';

/** Crockford's base 32: no I, L, O, U, so it survives being read over the telephone. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const SYMBOLS = 30;
const GROUP = 5;

/** A new code of 150 random bits, such as `7K2QX-…`: shown once, kept by the firm's admin. */
export function createRecoveryCode(): string {
  const symbols = [...randomBytes(SYMBOLS)].map((byte) => ALPHABET[byte & 31] ?? '');
  const groups: string[] = [];
  for (let start = 0; start < SYMBOLS; start += GROUP) {
    groups.push(symbols.slice(start, start + GROUP).join(''));
  }
  return groups.join('-');
}

/** What a person typed, as it was sealed: case, spaces, dashes and look-alikes do not matter. */
export function normalizeRecoveryCode(typed: string): string {
  return typed
    .toUpperCase()
    .replace(/[IL]/g, '1')
    .replace(/O/g, '0')
    .replace(/[^0-9A-Z]/g, '');
}
