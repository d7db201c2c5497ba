import { encodeGsm, encodeUcs2, splitSms } from '#shared/util/index.ts';
import type { PduFields, PduTlvs } from '../../../channels/sms/smpp/index.ts';
import type { FromPhone } from './smsc-types.ts';

const userDataHeader = 0x40;

/** deliver_sm for every part of what a phone sends (SMPP 3.4 §4.6.1). */
export function deliveriesOf(
  message: FromPhone,
  reference: number,
): { fields: PduFields; tlvs: PduTlvs }[] {
  const { text, long = 'udh', wideReference = false } = message;
  const { encoding, parts } = splitSms(text, { wideReference });
  const encode = (part: string) =>
    encoding === 'gsm7' ? (encodeGsm(part) ?? new Uint8Array()) : encodeUcs2(part);
  const common = { ...addresses(message), data_coding: encoding === 'gsm7' ? 0 : 8 };
  if (parts.length === 1) return [{ fields: { ...common, short_message: encode(text) }, tlvs: {} }];
  if (long === 'payload') return [{ fields: common, tlvs: { message_payload: encode(text) } }];
  return parts.map((part, index) => {
    const [total, number] = [parts.length, index + 1];
    if (long === 'sar') {
      return {
        fields: { ...common, short_message: encode(part) },
        tlvs: {
          sar_msg_ref_num: reference,
          sar_total_segments: total,
          sar_segment_seqnum: number,
        },
      };
    }
    const header = wideReference
      ? [6, 8, 4, reference >> 8, reference & 0xff, total, number]
      : [5, 0, 3, reference & 0xff, total, number];
    return {
      fields: {
        ...common,
        esm_class: userDataHeader,
        short_message: Uint8Array.of(...header, ...encode(part)),
      },
      tlvs: {},
    };
  });
}

function addresses({ from, to }: FromPhone): PduFields {
  const isNumber = /^\+?\d+$/.test(to);
  return {
    source_addr_ton: 1,
    source_addr_npi: 1,
    source_addr: from.replace(/^\+/, ''),
    dest_addr_ton: isNumber ? 1 : 5,
    dest_addr_npi: isNumber ? 1 : 0,
    destination_addr: to.replace(/^\+/, ''),
  };
}
