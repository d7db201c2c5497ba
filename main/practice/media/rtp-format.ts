/** What the carrier shares with the media process: G.711, packets, levels. Nothing else of it is used here. */
import { parseRtp, type RtpPacket, writeRtp } from '../../telephony/media/rtp/rtp-packet.ts';
import {
  A_LAW_DECODE,
  A_LAW_ENCODE,
  decodeMuLaw,
  encodeMuLaw,
} from '../../telephony/media/sound/g711.ts';

export { eventOfDigit, writeTelephoneEvent } from '../../telephony/media/rtp/telephone-event.ts';
export { TelephoneEventDecoder } from '../../telephony/media/rtp/telephone-event-decoder.ts';
export { toneLevelDbfs } from '../../telephony/media/sound/tone-level.ts';
export { decodeMuLaw, parseRtp as readRtp, type RtpPacket, writeRtp };

export interface G711Codec {
  encode(frame: Int16Array): Uint8Array;
  decode(payload: Uint8Array): Int16Array;
}

const muLaw: G711Codec = { encode: encodeMuLaw, decode: decodeMuLaw };

const aLaw: G711Codec = {
  encode: (frame) => Uint8Array.from(frame, (sample) => A_LAW_ENCODE[sample & 0xffff] ?? 0xd5),
  decode: (payload) => Int16Array.from(payload, (code) => A_LAW_DECODE[code] ?? 0),
};

/** The codec of a static payload type (RFC 3551 §6). */
export function g711For(payloadType: 0 | 8): G711Codec {
  return payloadType === 0 ? muLaw : aLaw;
}
