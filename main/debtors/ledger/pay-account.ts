import { readAccount } from '../import/read-account.ts';

export interface PayAccount {
  number: string;
  /** in groups, as it is printed */
  shown: string;
  /** its check digits; null for a form that has none that we know */
  valid: boolean | null;
  /** ISO 3166 of the bank, of an IBAN or a Polish NRB */
  country: string | null;
}

/** An account as the card shows it. A Polish NRB is an IBAN without its country (26 digits). */
export function describeAccount(text: string): PayAccount {
  const number = text.replace(/[\s-]/g, '').toUpperCase();
  const isNrb = /^\d{26}$/.test(number);
  const isIban = /^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(number);
  if (!isNrb && !isIban) return { number, shown: text.trim(), valid: null, country: null };
  return {
    number,
    // an NRB is printed as two check digits and groups of four
    shown: isNrb ? `${number.slice(0, 2)} ${inFours(number.slice(2))}` : inFours(number),
    valid: readAccount(number) !== null,
    country: isNrb ? 'PL' : number.slice(0, 2),
  };
}

function inFours(text: string): string {
  return text.replace(/(.{4})(?=.)/g, '$1 ');
}
