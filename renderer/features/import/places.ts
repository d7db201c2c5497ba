import { getCountries } from 'libphonenumber-js/min';

/** Every country that has telephone numbers (ISO 3166-1 alpha-2). */
export const countries: readonly string[] = [...getCountries()].sort();

/** Every currency that the browser can write (ISO 4217), those of our users' countries first. */
export const currencies: readonly string[] = (() => {
  const first = ['PLN', 'EUR', 'USD', 'GBP', 'RUB', 'CNY', 'UAH', 'KZT', 'CZK', 'ZAR'];
  const others = Intl.supportedValuesOf('currency').filter((code) => !first.includes(code));
  return [...first, ...others];
})();
