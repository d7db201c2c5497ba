import type { ReceivedPdu } from './pdu/decode-pdu.ts';

/**
 * What stands before a text in text mode, without its state: `from,[name],"yy/MM/dd,hh:mm:ss±zz"` of a message,
 * `fo,mr,[to],[type],"time","time",st` of a report.
 * @returns null when it is neither
 * @see 3GPP TS 27.005 §3.4
 */
export function readTextHead(head: readonly string[], body: string): ReceivedPdu | null {
  const report = readReport(head);
  if (report !== null) return report;
  const [from = '', , at = ''] = head;
  if (from === '') return null;
  return {
    kind: 'deliver',
    from: fromUcs2(from),
    text: fromUcs2(body),
    at: readTime(at),
    part: null,
  };
}

/** Also of `+CDS:`. The first octet of a report has type 2 in its lowest bits. */
export function readReport(head: readonly string[]): ReceivedPdu | null {
  const [flags = '', reference = '', to = '', , , discharged = '', status = ''] = head;
  if (head.length < 7 || !/^\d+$/.test(flags) || (Number(flags) & 3) !== 2) return null;
  if (!/^\d+$/.test(reference) || !/^\d+$/.test(status)) return null;
  return {
    kind: 'statusReport',
    reference: Number(reference),
    to,
    status: Number(status),
    dischargedAt: readTime(discharged),
  };
}

/** Text that is no hexadecimal is left as it is: some modems answer in the alphabet that they like. */
function fromUcs2(hex: string): string {
  if (!/^([0-9A-Fa-f]{4})+$/.test(hex)) return hex;
  return Buffer.from(hex, 'hex').swap16().toString('utf16le');
}

/** `26/11/22,10:05:00+04`: the zone in quarters of an hour. */
function readTime(text: string): number | null {
  const match = /^(\d\d)\/(\d\d)\/(\d\d),(\d\d):(\d\d):(\d\d)([+-]\d\d)?$/.exec(text);
  if (match === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, quarters = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  return Date.UTC(2000 + year, month - 1, day, hour, minute, second) - quarters * 15 * 60_000;
}
