import {
  header,
  headers,
  parseNameAddress,
  parseUri,
  type SipRequest,
  splitOutsideQuotes,
} from '../message/index.ts';
import type { SoftphoneGrant } from './types.ts';

export interface Binding {
  /** URI of the Contact, as sent */
  contactUri: string;
  /** the whole Contact value without its expires, to be sent back */
  contactValue: string;
  /** 0 = leave */
  expiresSec: number;
}

const DEFAULT_EXPIRES_SEC = 600;
const MAX_EXPIRES_SEC = 3600;
export const MIN_EXPIRES_SEC = 10;

/** Reads what a REGISTER binds; null when it names no usable Contact, or several. */
export function bindingOf(request: SipRequest): Binding | null {
  const values = headers(request, 'Contact').flatMap((value) => splitOutsideQuotes(value, ','));
  const [value = ''] = values;
  const stated = header(request, 'Expires');
  if (value.trim() === '*' && Number(stated) === 0) {
    return { contactUri: '*', contactValue: '*', expiresSec: 0 };
  }
  const address = parseNameAddress(value);
  if (values.length !== 1 || !address || !parseUri(address.uri)?.host) return null;
  const expires = Number(address.parameters.get('expires') ?? stated ?? DEFAULT_EXPIRES_SEC);
  if (!Number.isInteger(expires) || expires < 0) return null;
  return {
    contactUri: address.uri,
    contactValue: value.replace(/;\s*expires\s*=\s*"?\d+"?/i, '').trim(),
    expiresSec: Math.min(expires, MAX_EXPIRES_SEC),
  };
}

/** Whether From and To are both the address of record of the ticket. */
export function claimsAddressOfRecord(request: SipRequest, grant: SoftphoneGrant): boolean {
  const wanted = parseUri(grant.addressOfRecord);
  return ['From', 'To'].every((name) => {
    const uri = parseUri(parseNameAddress(header(request, name) ?? '')?.uri ?? '');
    return uri !== null && uri.user === wanted?.user && uri.host === wanted.host;
  });
}
