import { Deliver, parse, Submit, utils } from 'node-pdu';
import type { SubmittedSms } from './modem-types.ts';

/*
 * The network's side of PDUs. It is read and written by node-pdu, and not by what the product's own modem code uses: so
 * neither can be wrong in the same way.
 */

/** @returns null when it is no SMS-SUBMIT */
export function readSubmit(
  hex: string,
): Pick<SubmittedSms, 'to' | 'text' | 'part' | 'wantsReport'> | null {
  try {
    const pdu = parse(hex);
    if (!(pdu instanceof Submit)) return null;
    const header = pdu.data.parts[0]?.header;
    const total = header?.getSegments() ?? 1;
    return {
      to: `+${(pdu.address.phone ?? '').replace(/^\+/, '')}`,
      text: pdu.data.getText(),
      part:
        header && total > 1
          ? { reference: header.getPointer() ?? 0, number: header.getCurrent() ?? 1, total }
          : null,
      wantsReport: pdu.type.statusReportRequest === 1,
    };
  } catch {
    return null;
  }
}

/** A text as it arrives at a phone, in as many parts as it takes. */
export function deliverPdus(from: string, text: string, at: number): string[] {
  const pdu = new Deliver(from, text);
  // whole seconds: the library keeps no more
  pdu.setServiceCenterTimeStamp(new utils.SCTS(new Date(at), 0));
  return pdu.getPartStrings();
}

const STATUS_REPORT = 0x06;

/** The library cannot write this one. @see 3GPP TS 23.040 §9.2.2.3 */
export function reportPdu(report: {
  reference: number;
  to: string;
  status: number;
  at: number;
}): string {
  const digits = report.to.replace(/^\+/, '');
  const time = timeStamp(report.at);
  const octets = [0, STATUS_REPORT, report.reference, digits.length, 0x91];
  return `${hex(octets)}${swapped(digits)}${time}${time}${hex([report.status])}`;
}

/** Year to second and a time zone of zero, digits swapped. */
function timeStamp(at: number): string {
  const digits = new Date(at).toISOString().replaceAll(/\D/g, '').slice(2, 14);
  return `${swapped(digits)}00`;
}

function swapped(digits: string): string {
  const even = digits.length % 2 === 0 ? digits : `${digits}F`;
  return even.replaceAll(/(.)(.)/g, '$2$1');
}

function hex(octets: readonly number[]): string {
  return Buffer.from(octets).toString('hex').toUpperCase();
}
