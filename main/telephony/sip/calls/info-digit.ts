/**
 * One digit out of a SIP INFO body, in the two forms that carriers use: `application/dtmf-relay` with a Signal line, and
 * `application/dtmf` with the digit alone.
 * @returns 0-9, *, #, A-D, or null
 */
export function infoDigitOf(contentType: string, body: string): string | null {
  const type = contentType.toLowerCase().split(';')[0]?.trim();
  const text =
    type === 'application/dtmf-relay' ? /^\s*Signal\s*=\s*(\S+)/im.exec(body)?.[1] : body;
  if (type !== 'application/dtmf-relay' && type !== 'application/dtmf') return null;
  const digit = text?.trim().toUpperCase() ?? '';
  if (/^[0-9*#A-D]$/.test(digit)) return digit;
  if (digit === '10') return '*';
  return digit === '11' ? '#' : null;
}
