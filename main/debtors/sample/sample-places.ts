/** Words of one language from which made-up debtors are put together. */
export interface SamplePlace {
  language: 'pl' | 'en' | 'ru';
  /** ISO 3166-1 */
  country: string;
  currency: string;
  /** how many units of the currency buy what one euro buys: amounts look right in each */
  priceLevel: number;
  given: { male: readonly string[]; female: readonly string[] };
  /** `[male, female]` forms; Polish and Russian surnames agree with the person */
  family: readonly (readonly [string, string])[];
  patronymics?: readonly (readonly [string, string])[];
  streets: readonly string[];
  cities: readonly SampleCity[];
  /** words of invented company names */
  companyFirst: readonly string[];
  companySecond: readonly string[];
  companyForms: readonly string[];
  creditors: readonly SampleCreditor[];
  notes: readonly string[];
}

export interface SampleCity {
  city: string;
  region?: string;
  /** beginning of postal codes there; `#` stands for a digit, `@` for a letter */
  postal: string;
  /** beginning of a number that belongs to this city */
  numberPrefix?: string;
}

export interface SampleCreditor {
  /** invented: no such firm is known to us */
  name: string;
  kind: string;
  /** how its invoices or agreements are numbered; `#` digit, `Y` year of the due date */
  reference: string;
  /** median of the principal, in euros; spread is the standard deviation of its logarithm */
  medianEuro: number;
  spread: number;
}
