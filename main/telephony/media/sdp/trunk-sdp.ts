import { isIPv6 } from 'node:net';
import { type MediaDescription, parse, type SessionDescription, write } from 'sdp-transform';
import { AppError } from '#shared/errors/index.ts';
import type { G711PayloadType } from '../media-protocol.ts';

/** RFC 3264 §5.1 */
export type MediaDirection = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** payload type of telephone-event in our own offers */
export const OFFERED_TELEPHONE_EVENT = 101;

/** What one side of a trunk dialog says of its audio. */
export interface TrunkSdp {
  host: string;
  port: number;
  /** G.711 types in the writer's order of preference; never empty */
  payloadTypes: G711PayloadType[];
  telephoneEventPayloadType: number | null;
  /** as the writer wrote it; `inactive` for the old hold by 0.0.0.0 */
  direction: MediaDirection;
  /** 20 when not said */
  ptimeMs: number;
}

/** What is agreed, in the form of the media process's `setTrunkRemote`. */
export interface TrunkRemote {
  host: string;
  port: number;
  payloadType: G711PayloadType;
  telephoneEventPayloadType?: number;
  /** what we may do */
  direction: MediaDirection;
}

export interface OwnTrunkMedia {
  /** address the other side sends to */
  host: string;
  port: number;
  /** o= line: constant for the dialog, `version` grows with each change (RFC 3264 §8) */
  originId: number;
  version: number;
  /** what we want to do; `sendrecv` unless holding */
  direction?: MediaDirection;
  /** preferred first; both by default */
  payloadTypes?: readonly G711PayloadType[];
}

const STATIC_NAMES: Record<G711PayloadType, string> = { 0: 'PCMU', 8: 'PCMA' };

/** SDP of an offer with G.711 and telephone-event, 20 ms. */
export function buildTrunkOffer(own: OwnTrunkMedia): string {
  const payloadTypes = own.payloadTypes ?? [8, 0];
  const media = ownMedia(own, payloadTypes, OFFERED_TELEPHONE_EVENT, own.direction ?? 'sendrecv');
  return write(ownDescription(own, [media]));
}

/**
 * Answers an offer: the first audio m-line with a codec of ours is taken, every other m-line is refused with port 0
 * (RFC 3264 §6), the first of the offerer's codecs wins.
 * @throws AppError `sdp.malformed`, `sdp.no-audio`, `sdp.no-common-codec`
 */
export function buildTrunkAnswer(
  offerSdp: string,
  own: OwnTrunkMedia,
): { answerSdp: string; remote: TrunkRemote } {
  const offer = parseDescription(offerSdp);
  const audio = findAudio(offer);
  const theirs = readAudio(offer, audio);
  const remote = agree(theirs, own);
  const media = offer.media.map((line) =>
    line === audio
      ? ownMedia(
          own,
          [remote.payloadType],
          remote.telephoneEventPayloadType ?? null,
          remote.direction,
        )
      : refused(line),
  );
  return { answerSdp: write(ownDescription(own, media)), remote };
}

/**
 * What an answer to our offer agrees on.
 * @throws AppError `sdp.malformed`, `sdp.no-audio`, `sdp.no-common-codec`
 */
export function readTrunkAnswer(
  answerSdp: string,
  own: Pick<OwnTrunkMedia, 'direction' | 'payloadTypes'> = {},
): TrunkRemote {
  return agree(parseTrunkSdp(answerSdp), own);
}

/**
 * Reads the audio of an offer or answer.
 * @throws AppError `sdp.malformed`, `sdp.no-audio`, `sdp.no-common-codec`
 */
export function parseTrunkSdp(sdp: string): TrunkSdp {
  const description = parseDescription(sdp);
  return readAudio(description, findAudio(description));
}

function agree(
  theirs: TrunkSdp,
  own: Pick<OwnTrunkMedia, 'direction' | 'payloadTypes'>,
): TrunkRemote {
  const allowed = own.payloadTypes ?? [0, 8];
  const payloadType = theirs.payloadTypes.find((type) => allowed.includes(type));
  if (payloadType === undefined) {
    throw new AppError('sdp.no-common-codec', 'the codec was not among those offered');
  }
  const event = theirs.telephoneEventPayloadType;
  return {
    host: theirs.host,
    port: theirs.port,
    payloadType,
    direction: answerDirection(own.direction ?? 'sendrecv', theirs.direction),
    ...(event === null ? {} : { telephoneEventPayloadType: event }),
  };
}

/** What is left of our wish by their direction: we send only if they receive, and the reverse (RFC 3264 §6.1). */
export function answerDirection(ours: MediaDirection, theirs: MediaDirection): MediaDirection {
  const sends = maySend(ours) && mayReceive(theirs);
  const receives = mayReceive(ours) && maySend(theirs);
  if (sends) return receives ? 'sendrecv' : 'sendonly';
  return receives ? 'recvonly' : 'inactive';
}

function maySend(direction: MediaDirection): boolean {
  return direction === 'sendrecv' || direction === 'sendonly';
}

function mayReceive(direction: MediaDirection): boolean {
  return direction === 'sendrecv' || direction === 'recvonly';
}

function parseDescription(sdp: string): SessionDescription {
  if (!/^v=0\r?$/m.test(sdp)) throw new AppError('sdp.malformed', 'not a session description');
  try {
    return parse(sdp);
  } catch (error) {
    throw new AppError('sdp.malformed', 'not a session description', { cause: error });
  }
}

/** RTP/SAVP audio is passed over: we have no keys for it (SDES comes with TLS trunks) */
function findAudio(description: SessionDescription): MediaDescription {
  const lines = description.media.filter(
    (line) => line.type === 'audio' && line.port !== 0 && /^RTP\/AVPF?$/.test(line.protocol),
  );
  const [first] = lines;
  if (!first) throw new AppError('sdp.no-audio', 'no plain RTP audio in the description');
  return lines.find((line) => g711Of(line).length > 0) ?? first;
}

function readAudio(description: SessionDescription, audio: MediaDescription): TrunkSdp {
  const payloadTypes = g711Of(audio);
  if (payloadTypes.length === 0) throw new AppError('sdp.no-common-codec', 'no G.711 in the audio');
  const host = audio.connection?.ip ?? description.connection?.ip;
  if (!host) throw new AppError('sdp.malformed', 'no connection address');
  const isNowhere = host === '0.0.0.0' || host === '::';
  return {
    host,
    port: audio.port,
    payloadTypes,
    telephoneEventPayloadType: telephoneEventOf(audio),
    direction: isNowhere ? 'inactive' : directionOf(description, audio),
    ptimeMs: audio.ptime ?? 20,
  };
}

function directionOf(description: SessionDescription, audio: MediaDescription): MediaDirection {
  return audio.direction ?? description.direction ?? 'sendrecv';
}

/** Static types need no rtpmap (RFC 3551 §6); one that names another codec for 0 or 8 is believed. */
function g711Of(audio: MediaDescription): G711PayloadType[] {
  return formatsOf(audio).filter((payload): payload is G711PayloadType => {
    if (payload !== 0 && payload !== 8) return false;
    const named = audio.rtp.find((rtp) => rtp.payload === payload);
    return !named || named.codec.toUpperCase() === STATIC_NAMES[payload];
  });
}

function telephoneEventOf(audio: MediaDescription): number | null {
  const formats = formatsOf(audio);
  const found = audio.rtp.find(
    ({ payload, codec, rate }) =>
      codec.toLowerCase() === 'telephone-event' &&
      (rate ?? 8000) === 8000 &&
      formats.includes(payload),
  );
  return found?.payload ?? null;
}

function formatsOf(audio: MediaDescription): number[] {
  return String(audio.payloads ?? '')
    .split(/\s+/)
    .filter((format) => format !== '')
    .map(Number);
}

function ownMedia(
  own: OwnTrunkMedia,
  payloadTypes: readonly G711PayloadType[],
  telephoneEvent: number | null,
  direction: MediaDirection,
): MediaDescription {
  const rtp = payloadTypes.map((payload) => ({
    payload,
    codec: STATIC_NAMES[payload],
    rate: 8000,
  }));
  const events = telephoneEvent === null ? [] : [telephoneEvent];
  return {
    type: 'audio',
    port: own.port,
    protocol: 'RTP/AVP',
    payloads: [...payloadTypes, ...events].join(' '),
    rtp: [...rtp, ...events.map((payload) => ({ payload, codec: 'telephone-event', rate: 8000 }))],
    fmtp: events.map((payload) => ({ payload, config: '0-15' })),
    ptime: 20,
    direction,
  };
}

/** The formats are repeated: an m-line must name at least one, even when refused. */
function refused(line: MediaDescription): MediaDescription {
  return {
    type: line.type,
    port: 0,
    protocol: line.protocol,
    payloads: String(line.payloads ?? '0'),
    rtp: [],
    fmtp: [],
  };
}

function ownDescription(own: OwnTrunkMedia, media: MediaDescription[]): SessionDescription {
  const ipVersion = isIPv6(own.host) ? 6 : 4;
  return {
    version: 0,
    origin: {
      username: '-',
      sessionId: own.originId,
      sessionVersion: own.version,
      netType: 'IN',
      ipVer: ipVersion,
      address: own.host,
    },
    name: '-',
    connection: { version: ipVersion, ip: own.host },
    timing: { start: 0, stop: 0 },
    media,
  };
}
