/** One block of fields of a report, by name in lower case; a name that comes twice keeps its first value. */
export type ReportFields = ReadonlyMap<string, string>;

const MOST_BLOCKS = 200;

/**
 * Blocks of fields with blank lines between them, as in message/delivery-status (RFC 3464 §2.1) and
 * message/disposition-notification (RFC 8098 §3.1); folded lines are put together.
 */
export function readReportFields(bytes: Uint8Array): ReportFields[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 512 * 1024))
    .toString('utf8')
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/\n[ \t]+/g, ' ');
  return text
    .split(/\n{2,}/)
    .slice(0, MOST_BLOCKS)
    .map(readBlock)
    .filter((block) => block.size > 0);
}

function readBlock(block: string): ReportFields {
  const fields = new Map<string, string>();
  for (const line of block.split('\n')) {
    const [, name, value] = /^([\w-]{1,60})\s*:\s*(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) continue;
    const key = name.toLowerCase();
    if (!fields.has(key)) fields.set(key, value.trim());
  }
  return fields;
}

/** What stands behind the type: `rfc822; name@example.org`. */
export function afterType(value: string): string {
  return (/^[\w.-]+\s*;\s*(.*)$/.exec(value)?.[1] ?? value).replace(/^<(.*)>$/, '$1').trim();
}

/** RFC 3461 §4: `+` and two digits of hexadecimal stand for a byte. */
export function decodeXtext(text: string): string {
  return text.replaceAll(/\+([0-9A-F]{2})/gi, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}
