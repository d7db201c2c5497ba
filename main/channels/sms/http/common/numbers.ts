/** As providers that want digits alone: `48100000001`. */
export function digitsOf(e164: string): string {
  return e164.replace(/^\+/, '');
}

/**
 * A sender's number as providers give it, `48100…`, `+48 100…` or `0048…`, made E.164 where it can be; a name or a short
 * number stays as it came.
 */
export function numberFrom(given: string): string {
  const plain = given.replace(/[\s().-]/g, '').replace(/^00/, '+');
  const digits = plain.replace(/^\+/, '');
  return /^[1-9]\d{6,14}$/.test(digits) && (plain.startsWith('+') || digits.length >= 9)
    ? `+${digits}`
    : given;
}

/** Our id without its hyphens: some providers take letters and digits alone. */
export function compactId(messageId: string): string {
  return messageId.replaceAll('-', '');
}

/** The id that `compactId` made; null for what is not one of ours. */
export function messageIdFrom(compact: string | null): string | null {
  if (compact === null) return null;
  const parts =
    /^([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})$/i.exec(compact);
  return parts === null ? null : parts.slice(1).join('-').toLowerCase();
}
