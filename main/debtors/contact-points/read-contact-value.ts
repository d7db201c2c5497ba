import type { ContactPointKind, StoreKind } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { readPhones } from '../import/read-phones.ts';
import { isPhoneKind } from '../phone-kinds.ts';
import type { ReadValue } from './contact-point-writes.ts';

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/;

/**
 * What a person typed as a contact point, as it is stored.
 * @param country of the debtor: for numbers without a country code
 * @throws AppError `contact-point.bad-value`, with `reason`: not a number (or several), practice in a real store or the
 *   other way round, not an address
 */
export function readContactValue(
  kind: ContactPointKind,
  text: string,
  country: string,
  storeKind: StoreKind,
): ReadValue {
  if (isPhoneKind(kind)) return readNumber(kind, text, country, storeKind);
  const value = kind === 'email' ? text.trim().toLowerCase() : text.trim();
  if (kind === 'email' && !EMAIL.test(value)) refuse('email.unreadable');
  return { kind, value, timeZones: [] };
}

function readNumber(
  kind: ContactPointKind,
  text: string,
  country: string,
  storeKind: StoreKind,
): ReadValue {
  const { phones, problems } = readPhones(text, country, storeKind, kind);
  const [phone] = phones;
  if (phone === undefined || phones.length > 1 || problems.length > 0) {
    return refuse(problems[0] ?? 'phone.unreadable');
  }
  return { kind, value: phone.value, timeZones: phone.timeZones };
}

function refuse(reason: string): never {
  throw new AppError('contact-point.bad-value', 'this cannot be called or written to', {
    details: { reason },
  });
}
