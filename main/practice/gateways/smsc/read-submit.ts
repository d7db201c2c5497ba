import { decodeGsm, decodeUcs2 } from '#shared/util/index.ts';
import type { Pdu } from '../../../channels/sms/smpp/index.ts';
import type { SubmittedPart } from './smsc-types.ts';

const userDataHeader = 0x40;

type Read = Pick<
  SubmittedPart,
  | 'from'
  | 'to'
  | 'text'
  | 'dataCoding'
  | 'part'
  | 'userMessageReference'
  | 'validityPeriod'
  | 'wantsReceipt'
>;

/** Read by this side's own code, so that a mistake of the client is not made twice. */
export function readSubmit({ fields, tlvs }: Pdu): Read {
  const short = Buffer.from(fields.short_message ?? []);
  const payload = Buffer.from(tlvs.message_payload ?? []);
  const whole = short.length > 0 ? short : payload;
  const hasHeader = ((fields.esm_class ?? 0) & userDataHeader) !== 0;
  const headerLength = hasHeader ? (whole[0] ?? 0) + 1 : 0;
  const dataCoding = fields.data_coding ?? 0;
  const {
    sar_msg_ref_num: reference,
    sar_total_segments: total,
    sar_segment_seqnum: number,
  } = tlvs;
  const segment =
    reference === undefined || total === undefined || number === undefined
      ? null
      : { reference, total, number };
  return {
    from: fields.source_addr ?? '',
    to: fields.destination_addr ?? '',
    dataCoding,
    text: decode(whole.subarray(headerLength), dataCoding),
    part: hasHeader ? partOfHeader(whole.subarray(1, headerLength)) : segment,
    userMessageReference: tlvs.user_message_reference ?? null,
    validityPeriod: fields.validity_period ?? '',
    wantsReceipt: ((fields.registered_delivery ?? 0) & 3) !== 0,
  };
}

function decode(octets: Buffer, dataCoding: number): string | null {
  if (dataCoding === 8) return decodeUcs2(octets);
  if (dataCoding === 0) return decodeGsm(octets);
  return dataCoding === 1 || dataCoding === 3 ? octets.toString('latin1') : null;
}

function partOfHeader(header: Buffer): SubmittedPart['part'] {
  if (header.length >= 5 && header[0] === 0 && header[1] === 3) {
    return {
      reference: header.readUInt8(2),
      total: header.readUInt8(3),
      number: header.readUInt8(4),
    };
  }
  if (header.length >= 6 && header[0] === 8 && header[1] === 4) {
    return {
      reference: header.readUInt16BE(2),
      total: header.readUInt8(4),
      number: header.readUInt8(5),
    };
  }
  return null;
}
