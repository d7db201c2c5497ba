/** As many characters as a number or an address of a caller has at most. */
const LONGEST = 128;

/**
 * A `tel:` or `sip:` link, as the system passes it, cut to what a dial box takes: parameters and headers could carry more than a
 * number (RFC 3966 §3, RFC 3261 §19.1).
 * @returns `tel:+48…` or `sip:user@host`; null for anything else
 */
export function parseDialLink(text: string): string | null {
  if (text.length > 1_000) return null;
  const match = /^(tel|sips?):(?:\/\/)?([^;?#]+)/i.exec(text.trim());
  if (!match?.[1] || !match[2]) return null;
  const scheme = match[1].toLowerCase();
  const subject = decode(match[2]);
  if (subject === null || subject.length > LONGEST) return null;
  if (scheme === 'tel') {
    const number = subject.replace(/[\s().-]/g, '').replace(/\/$/, '');
    return /^\+?[0-9*#]{1,32}$/.test(number) ? `tel:${number}` : null;
  }
  const address = subject.replace(/\/$/, '');
  return /^[\w.!~*'()&=+$,%-]+(@[\w.:[\]-]+)?$/.test(address) ? `${scheme}:${address}` : null;
}

/** The first link among the arguments of a start. */
export function dialLinkIn(args: readonly string[]): string | null {
  for (const arg of args) {
    const link = parseDialLink(arg);
    if (link !== null) return link;
  }
  return null;
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
