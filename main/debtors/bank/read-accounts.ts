import { readAccount } from '../import/read-account.ts';

/**
 * Polish account numbers in a text: 26 digits, with or without `PL` and spaces, whose check digits fit.
 * @returns 26 digits each, without `PL`
 */
export function readAccounts(text: string): string[] {
  const found: string[] = [];
  for (const [match] of text.matchAll(/(?<!\d)(?:PL)?\s?\d(?:[ -]?\d){25}(?!\d)/gi)) {
    const digits = match.replace(/\D/g, '');
    if (readAccount(digits) !== null && !found.includes(digits)) found.push(digits);
  }
  return found;
}

/** An account in the one form in which it is compared: of a Polish one the 26 digits. */
export function normalAccount(text: string): string {
  const bare = text.replace(/[\s/-]/g, '').toUpperCase();
  return /^PL\d{26}$/.test(bare) ? bare.slice(2) : bare;
}
