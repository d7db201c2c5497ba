import { parse, write } from 'sdp-transform';
import { AppError } from '#shared/errors/index.ts';
import type { G711PayloadType } from '../media-protocol.ts';

/** payload type of telephone-event that we offer to pages */
export const AGENT_TELEPHONE_EVENT = 101;

/**
 * The transport's offer as the page gets it: telephone-event written the way browsers expect, ptime, and only the host
 * candidates that this line may be reached at, all at the port the transport has bound.
 */
export function finishAgentOffer(transportSdp: string, hosts: readonly string[]): string {
  const sdp = parse(transportSdp);
  const [audio] = sdp.media;
  const [found] = audio?.candidates ?? [];
  if (!audio || !found)
    throw new AppError('media.no-candidate', 'no local address for the agent line');
  audio.rtp = [
    { payload: 0, codec: 'PCMU', rate: 8000 },
    { payload: 8, codec: 'PCMA', rate: 8000 },
    { payload: AGENT_TELEPHONE_EVENT, codec: 'telephone-event', rate: 8000 },
  ];
  audio.payloads = `0 8 ${AGENT_TELEPHONE_EVENT}`;
  audio.fmtp = [{ payload: AGENT_TELEPHONE_EVENT, config: '0-15' }];
  audio.ptime = 20;
  audio.candidates = hosts.map((ip, index) => ({
    ...found,
    foundation: String(index + 1),
    ip,
    // RFC 8445 §5.1.2.1: type 126, local preference by order, component 1
    priority: 126 * 2 ** 24 + (65_535 - index) * 2 ** 8 + 255,
  }));
  audio.connection = { version: hosts[0]?.includes(':') ? 6 : 4, ip: hosts[0] ?? '0.0.0.0' };
  audio.port = found.port;
  return write(sdp);
}

export interface AgentAnswer {
  /** for the transport */
  sdp: string;
  payloadType: G711PayloadType;
  /** null when the page did not take it */
  telephoneEventPayloadType: number | null;
}

/**
 * Reads a page's answer. `.local` candidates are left out: they need mDNS, and the page's own checks show its address
 * (peer-reflexive) anyway; so are TCP candidates.
 * @throws AppError `media.bad-answer`
 */
export function readAgentAnswer(answerSdp: string): AgentAnswer {
  const sdp = parseOrThrow(answerSdp);
  const [audio] = sdp.media;
  if (audio?.type !== 'audio' || audio.port === 0) throw badAnswer('no audio accepted');
  if (!audio.fingerprint && !sdp.fingerprint) throw badAnswer('no fingerprint');
  if (!(audio.iceUfrag ?? sdp.iceUfrag)) throw badAnswer('no ICE credentials');
  const payloads = String(audio.payloads ?? '')
    .split(' ')
    .map(Number);
  const payloadType = payloads.find((payload) => payload === 0 || payload === 8);
  if (payloadType !== 0 && payloadType !== 8) throw badAnswer('no G.711 accepted');
  const event = audio.rtp.find(
    (rtp) => rtp.codec.toLowerCase() === 'telephone-event' && rtp.rate === 8000,
  );
  if (audio.candidates) {
    audio.candidates = audio.candidates.filter(
      (candidate) =>
        !candidate.ip.endsWith('.local') && candidate.transport.toLowerCase() === 'udp',
    );
  }
  return { sdp: write(sdp), payloadType, telephoneEventPayloadType: event?.payload ?? null };
}

function parseOrThrow(sdp: string): ReturnType<typeof parse> {
  try {
    return parse(sdp);
  } catch (error) {
    throw new AppError('media.bad-answer', 'the answer is not SDP', { cause: error });
  }
}

function badAnswer(message: string): AppError {
  return new AppError('media.bad-answer', message);
}
