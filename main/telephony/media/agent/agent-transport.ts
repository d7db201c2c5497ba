/**
 * ICE and DTLS-SRTP of one agent line, as small as the media process needs it: one audio m-line, we offer, whole
 * packets with our own headers. node-datachannel stands behind it; werift would fit too.
 */
export interface AgentTransport {
  /** SDP with every candidate in it (no trickle), `a=setup:actpass` */
  createOffer(): Promise<string>;
  /** @throws AppError `media.bad-answer` */
  acceptAnswer(answerSdp: string): void;
  /** RTP or RTCP in clear, encrypted on the way; dropped silently when not connected */
  send(bytes: Buffer): void;
  close(): void;
}

export interface AgentTransportEvents {
  /** DTLS is done: packets can go */
  onOpen(): void;
  /** RTP or RTCP, decrypted */
  onPacket(bytes: Buffer): void;
  /** the far end closed, or ICE or DTLS failed; nothing follows */
  onLost(reason: string): void;
}

export type MakeAgentTransport = (options: {
  lineId: string;
  /** addresses offered as host candidates, in order of preference */
  hosts: readonly string[];
  events: AgentTransportEvents;
}) => AgentTransport;
