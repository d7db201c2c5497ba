import { AppError } from '#shared/errors/index.ts';
import { isUsableUrl } from './loopback.ts';

/** What a pattern of pay-by-link can name in braces. */
export interface PayLinkFields {
  debtReference: string;
  debtorReference: string;
  amountMinor: number;
  /** as providers of payments read it: `1234.50` */
  amount: string;
  /** ISO 4217 */
  currency: string;
}

const FIELD = /\{([A-Za-z]+)\}/g;
const names: ReadonlySet<string> = new Set<keyof PayLinkFields>([
  'debtReference',
  'debtorReference',
  'amountMinor',
  'amount',
  'currency',
]);

/**
 * Where a debtor pays.
 * @param pattern not '' (no link is offered then)
 * @throws AppError `message.bad-pay-link` for one that is no https address, or names something unknown
 */
export function payLink(pattern: string, fields: PayLinkFields): string {
  const url = pattern.replaceAll(FIELD, (_whole, name: string) => {
    if (!names.has(name)) throw badPattern(`{${name}} is not known`);
    return encodeURIComponent(String(fields[name as keyof PayLinkFields]));
  });
  // The host may not hang on what stands in a field: a reference would then choose where money goes.
  const host = /^https:\/\/[^/?#]*/.exec(pattern)?.[0];
  if (host === undefined || host.includes('{') || !isUsableUrl(url) || /[{}\s]/.test(url)) {
    throw badPattern('not an https address with fields behind its host');
  }
  return url;
}

function badPattern(message: string): AppError {
  return new AppError('message.bad-pay-link', message);
}
