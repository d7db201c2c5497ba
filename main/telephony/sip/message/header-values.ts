/** Splits at a separator that is neither inside quotes nor inside angle brackets. */
export function splitOutsideQuotes(value: string, separator: string): string[] {
  const parts: string[] = [];
  let current = '';
  let quoted = false;
  let bracketed = false;
  for (let index = 0; index < value.length; index += 1) {
    const character = value.charAt(index);
    if (quoted && character === '\\') {
      current += character + value.charAt(index + 1);
      index += 1;
      continue;
    }
    if (character === '"') quoted = !quoted;
    else if (!quoted && character === '<') bracketed = true;
    else if (!quoted && character === '>') bracketed = false;
    if (character === separator && !quoted && !bracketed) {
      parts.push(current);
      current = '';
    } else current += character;
  }
  parts.push(current);
  return parts;
}

/** A value with its `;name=value` parameters; names in lower case, a bare name has the value ''. */
export interface ParameterisedValue {
  value: string;
  parameters: Map<string, string>;
}

export function parseParameters(text: string): ParameterisedValue {
  const [value = '', ...rest] = splitOutsideQuotes(text, ';');
  const parameters = new Map<string, string>();
  for (const item of rest) {
    const equals = item.indexOf('=');
    const name = (equals < 0 ? item : item.slice(0, equals)).trim().toLowerCase();
    if (name) parameters.set(name, equals < 0 ? '' : item.slice(equals + 1).trim());
  }
  return { value: value.trim(), parameters };
}

export interface Via {
  protocol: string;
  /** host and port as sent, in lower case: part of what identifies a transaction (RFC 3261 §17.2.3) */
  sentBy: string;
  branch: string;
  parameters: Map<string, string>;
}

/** Reads one Via value; null when it has no branch or is not a Via. */
export function parseVia(text: string): Via | null {
  const { value, parameters } = parseParameters(text);
  const match = /^SIP\s*\/\s*2\.0\s*\/\s*([A-Za-z]+)\s+(\S+)$/i.exec(value);
  const branch = parameters.get('branch');
  if (!match?.[1] || !match[2] || !branch || !/^[\x21-\x7e]{1,256}$/.test(branch)) return null;
  return { protocol: match[1], sentBy: match[2].toLowerCase(), branch, parameters };
}

export interface NameAddress {
  displayName: string;
  uri: string;
  parameters: Map<string, string>;
}

/** Reads From, To, Contact and their like in both forms (RFC 3261 §20.10); null when there is no URI. */
export function parseNameAddress(text: string): NameAddress | null {
  const open = text.indexOf('<');
  const close = text.indexOf('>', open);
  if (open >= 0 && close < 0) return null;
  if (open < 0) {
    const { value, parameters } = parseParameters(text);
    return value ? { displayName: '', uri: value, parameters } : null;
  }
  const displayName = text.slice(0, open).trim().replace(/^"|"$/g, '');
  const { parameters } = parseParameters(text.slice(close + 1));
  const uri = text.slice(open + 1, close).trim();
  return uri ? { displayName, uri, parameters } : null;
}

export interface SipUri {
  scheme: 'sip' | 'sips' | 'tel';
  user: string;
  host: string;
  port: number | null;
  parameters: Map<string, string>;
}

/** Reads a sip, sips or tel URI; null for anything else. The user part is percent-decoded. */
export function parseUri(text: string): SipUri | null {
  const tel = /^tel:([^;]+)(.*)$/i.exec(text);
  if (tel?.[1]) {
    const { parameters } = parseParameters(tel[2] ?? '');
    return { scheme: 'tel', user: tel[1], host: '', port: null, parameters };
  }
  const match = /^(sips?):(?:([^@]*)@)?(\[[^\]]+\]|[^:;?]+)(?::(\d{1,5}))?([;?].*)?$/i.exec(text);
  if (!match?.[3]) return null;
  const port = match[4] === undefined ? null : Number(match[4]);
  if (port !== null && (port < 1 || port > 65_535)) return null;
  const { parameters } = parseParameters((match[5] ?? '').replace(/\?.*$/, ''));
  const user = decodeUser((match[2] ?? '').replace(/[:;].*$/, ''));
  const scheme = match[1]?.toLowerCase() === 'sips' ? 'sips' : 'sip';
  return user === null ? null : { scheme, user, host: match[3].toLowerCase(), port, parameters };
}

function decodeUser(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    // A broken percent escape makes the address unusable, and that is all there is to say about it.
    return null;
  }
}

/** User part of a number or account, escaped for a URI (RFC 3261 §25.1); "+" stays as it is. */
export function escapeUser(user: string): string {
  return encodeURIComponent(user).replaceAll('%2B', '+');
}

/** Host and port of `host`, `host:port` or `[v6]:port`. */
export function parseHostPort(text: string): { host: string; port: number | null } {
  const match = /^(\[[^\]]+\]|[^:]+)(?::(\d{1,5}))?$/.exec(text.trim());
  return { host: match?.[1] ?? text, port: match?.[2] === undefined ? null : Number(match[2]) };
}

/** Q.850 cause out of a Reason header (RFC 3326); null when there is none. */
export function q850CauseOf(reasonHeader: string | null | undefined): number | null {
  for (const part of splitOutsideQuotes(reasonHeader ?? '', ',')) {
    const { value, parameters } = parseParameters(part);
    const cause = Number(parameters.get('cause'));
    if (value.toUpperCase() === 'Q.850' && Number.isInteger(cause) && cause > 0) return cause;
  }
  return null;
}
