import type { Incoming, OutgoingMedia } from '../../types.ts';
import { readAddress } from './addresses.ts';
import { type DefaultAlphabet, decodeText } from './alphabet.ts';
import { type PartPosition, position, readUserData } from './concatenation.ts';
import type { Pdu } from './wire/index.ts';

const userDataHeader = 0x40;

interface Content {
  text: string | null;
  octets: Uint8Array;
  part: PartPosition | null;
}

/** The text of a deliver_sm or data_sm, wherever it stands, without its header. */
export function readContent({ fields, tlvs }: Pdu, defaultAlphabet: DefaultAlphabet): Content {
  const short = fields.short_message ?? new Uint8Array();
  const whole = short.length > 0 ? short : (tlvs.message_payload ?? short);
  const hasHeader = ((fields.esm_class ?? 0) & userDataHeader) !== 0;
  const { text: octets, part } = hasHeader ? readUserData(whole) : { text: whole, part: null };
  return {
    octets,
    part: part ?? readSegment(tlvs),
    text: decodeText(octets, fields.data_coding ?? 0, defaultAlphabet),
  };
}

/** SMPP 3.4 §5.3.2.22–24 */
function readSegment(tlvs: Pdu['tlvs']): PartPosition | null {
  const {
    sar_msg_ref_num: reference,
    sar_total_segments: total,
    sar_segment_seqnum: number,
  } = tlvs;
  if (reference === undefined || total === undefined || number === undefined) return null;
  return position(reference, total, number);
}

/** @param sourceKey as `IncomingKeys` names it */
export function readIncoming(
  pdu: Pdu,
  sourceKey: string,
  defaultAlphabet: DefaultAlphabet,
): Incoming {
  const { text, octets, part } = readContent(pdu, defaultAlphabet);
  const from = sourceOf(pdu);
  const to = destinationOf(pdu);
  return {
    kind: 'incoming',
    sourceKey,
    channel: 'sms',
    from,
    to: to === '' ? null : to,
    text,
    subject: null,
    html: null,
    media: text === null ? [binaryMedia(octets)] : [],
    at: null,
    headerId: null,
    references: [],
    answersProviderId: null,
    automatic: false,
    part:
      part === null
        ? null
        : {
            group: `${from} ${to} ${part.reference} ${part.total}`,
            number: part.number,
            total: part.total,
          },
  };
}

/** The phone that it comes from; of a receipt: the one that our message went to (§4.6.1). */
export function sourceOf({ fields }: Pdu): string {
  return readAddress({
    ton: fields.source_addr_ton ?? 0,
    npi: fields.source_addr_npi ?? 0,
    address: fields.source_addr ?? '',
  });
}

function destinationOf({ fields }: Pdu): string {
  return readAddress({
    ton: fields.dest_addr_ton ?? 0,
    npi: fields.dest_addr_npi ?? 0,
    address: fields.destination_addr ?? '',
  });
}

/** Nothing that came is thrown away, though few will know what it is: ring tones, settings of phones. */
function binaryMedia(bytes: Uint8Array): OutgoingMedia {
  return { name: 'sms.bin', mediaType: 'application/octet-stream', bytes };
}
