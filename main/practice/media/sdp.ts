import { parse } from 'sdp-transform';

export type Codec = 'pcma' | 'pcmu';
export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** The audio that the other end wants, out of its SDP. */
export interface RemoteAudio {
  host: string;
  port: number;
  /** G.711 that it knows, in its order */
  codecs: Codec[];
  telephoneEventPayloadType: number | null;
  /** as seen from the other end */
  direction: Direction;
}

const payloadTypes: Record<Codec, 0 | 8> = { pcmu: 0, pcma: 8 };

export function payloadTypeOf(codec: Codec): 0 | 8 {
  return payloadTypes[codec];
}

/** @returns null when there is no audio over plain RTP in it */
export function readSdp(sdp: string): RemoteAudio | null {
  const description = parse(sdp);
  const audio = description.media.find((media) => media.type === 'audio' && media.port !== 0);
  const host = audio?.connection?.ip ?? description.connection?.ip;
  if (audio?.protocol !== 'RTP/AVP' || host === undefined) return null;
  const offered = String(audio.payloads ?? '')
    .split(' ')
    .map(Number);
  const event = audio.rtp.find(
    (format) => format.codec.toLowerCase() === 'telephone-event' && format.rate === 8000,
  );
  return {
    host,
    port: audio.port,
    codecs: offered.flatMap((type) => (type === 0 ? ['pcmu'] : type === 8 ? ['pcma'] : [])),
    telephoneEventPayloadType: event?.payload ?? null,
    direction: readDirection(audio.direction ?? description.direction),
  };
}

function readDirection(value: string | undefined): Direction {
  return value === 'sendonly' || value === 'recvonly' || value === 'inactive' ? value : 'sendrecv';
}

/** The direction to answer with (RFC 3264 §6.1). */
export function answeringDirection(offered: Direction): Direction {
  if (offered === 'sendonly') return 'recvonly';
  return offered === 'recvonly' ? 'sendonly' : offered;
}

export interface LocalAudio {
  host: string;
  port: number;
  codecs: readonly Codec[];
  telephoneEventPayloadType: number | null;
  direction: Direction;
  /** grows with every description of one call (RFC 3264 §8) */
  version: number;
}

export function writeSdp(local: LocalAudio): string {
  const family = local.host.includes(':') ? 'IP6' : 'IP4';
  const event = local.telephoneEventPayloadType;
  const types = [...local.codecs.map(payloadTypeOf), ...(event === null ? [] : [event])];
  const lines = [
    'v=0',
    `o=practice ${local.port} ${local.version} IN ${family} ${local.host}`,
    's=-',
    `c=IN ${family} ${local.host}`,
    't=0 0',
    `m=audio ${local.port} RTP/AVP ${types.join(' ')}`,
    ...local.codecs.map((codec) => `a=rtpmap:${payloadTypeOf(codec)} ${codec.toUpperCase()}/8000`),
    ...(event === null ? [] : [`a=rtpmap:${event} telephone-event/8000`, `a=fmtp:${event} 0-16`]),
    'a=ptime:20',
    `a=${local.direction}`,
  ];
  return `${lines.join('\r\n')}\r\n`;
}
