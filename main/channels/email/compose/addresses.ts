import { domainToASCII } from 'node:url';

export interface MailAddress {
  local: string;
  /** in ASCII, IDN in Punycode (RFC 5891) */
  domain: string;
}

// ASCII's atext (RFC 5322 §3.2.3) and what RFC 6531 §3.3 adds; quoted local parts are not sent to
const localPart =
  /^[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const domainName =
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/;
const addressLiteral = /^\[(?:\d{1,3}(?:\.\d{1,3}){3}|IPv6:[0-9a-f:.]+)\]$/i;

/** @returns null when nobody can have this address */
export function readAddress(text: string): MailAddress | null {
  const trimmed = text.trim();
  const at = trimmed.lastIndexOf('@');
  const local = trimmed.slice(0, Math.max(at, 0)).normalize('NFC');
  if (!localPart.test(local) || Buffer.byteLength(local) > 64) return null;
  const domain = asciiDomain(trimmed.slice(at + 1));
  return domain === null ? null : { local, domain };
}

function asciiDomain(text: string): string | null {
  if (addressLiteral.test(text)) return text;
  const ascii = domainToASCII(text).toLowerCase();
  return domainName.test(ascii) ? ascii : null;
}

/** As an envelope and a header carry it. */
export function formatAddress(address: MailAddress): string {
  return `${address.local}@${address.domain}`;
}

/** Without SMTPUTF8 (RFC 6531) nobody can be written to by a name that is not ASCII. */
export function needsUtf8(address: MailAddress): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: everything that is ASCII
  return !/^[\x00-\x7f]*$/.test(address.local);
}

/** The same mailbox, as far as one can tell from outside; local parts hardly ever tell capitals apart. */
export function sameAddress(one: string, other: string): boolean {
  const [a, b] = [readAddress(one), readAddress(other)];
  if (a === null || b === null) return one.trim().toLowerCase() === other.trim().toLowerCase();
  return a.domain === b.domain && a.local.toLowerCase() === b.local.toLowerCase();
}
