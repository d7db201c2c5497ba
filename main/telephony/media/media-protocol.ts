/**
 * Messages between the engine and the media process. Packets never cross: the engine says what is
 * joined to what, the media process owns sockets, clocks and SRTP. Every request is answered once,
 * with its `requestId`; events come unasked.
 */
export type LegId = string;
export type LineId = string;

/** payload types of G.711 (RFC 3551 §6) */
export type G711PayloadType = 0 | 8;

export interface MediaRequests {
  /** once, before anything else */
  configure: {
    input: {
      /** interfaces to bind trunk RTP to by default */
      bindHost: string;
      /** offered as ICE host candidates to softphones */
      agentHosts: string[];
      /** 8 kHz mono 16-bit WAV played to the debtor while held; absent = comfort tone */
      holdMusicFile?: string;
    };
    output: Record<string, never>;
  };
  /** opens an RTP socket for one trunk leg */
  openTrunkLeg: {
    input: {
      legId: LegId;
      bindHost: string;
      /** asks this STUN server for the public address of the socket (RFC 8489) */
      stun?: { host: string; port: number };
    };
    output: { host: string; port: number; publicAddress?: { host: string; port: number } };
  };
  /** where to send; with symmetric RTP (RFC 4961) the source of arriving packets wins afterwards */
  setTrunkRemote: {
    input: {
      legId: LegId;
      host: string;
      port: number;
      payloadType: G711PayloadType;
      telephoneEventPayloadType?: number;
      /** what we may do: RFC 3264 direction seen from us */
      direction: 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';
    };
    output: Record<string, never>;
  };
  closeTrunkLeg: { input: { legId: LegId }; output: LegStatistics };
  /** makes the WebRTC leg of an agent and answers its SDP offer (actpass, all candidates in it) */
  openAgentLine: { input: { lineId: LineId }; output: { offerSdp: string } };
  setAgentAnswer: { input: { lineId: LineId; answerSdp: string }; output: Record<string, never> };
  closeAgentLine: { input: { lineId: LineId }; output: Record<string, never> };
  /**
   * Feeds each from the other, from the next 20 ms frame on. `alertTone`: a short tone in the agent's ear
   * first. What was joined to either before is parted.
   */
  join: {
    input: { legId: LegId; lineId: LineId; alertTone: boolean };
    output: Record<string, never>;
  };
  /** agent back to silence, debtor to silence (clocked) until something else feeds it */
  part: { input: { legId: LegId }; output: Record<string, never> };
  /** debtor hears music, agent silence; the join is kept for `resume` */
  hold: { input: { legId: LegId }; output: Record<string, never> };
  resume: { input: { legId: LegId }; output: Record<string, never> };
  /** the agent's voice is replaced by silence towards the trunk leg (and the recorder) */
  mute: { input: { lineId: LineId; muted: boolean }; output: Record<string, never> };
  /** plays to one side, over whatever feeds it; `playEnded` follows unless it is stopped */
  play: {
    input: {
      playId: string;
      target: { legId: LegId } | { lineId: LineId };
      source:
        | { kind: 'file'; file: string }
        | { kind: 'tone'; frequenciesHz: number[]; durationMs: number; levelDbfs: number };
      loop: boolean;
    };
    output: Record<string, never>;
  };
  stopPlay: { input: { playId: string }; output: Record<string, never> };
  /** RFC 4733 towards the trunk; in-band tones when telephone-event was not negotiated */
  sendDtmf: { input: { legId: LegId; digits: string }; output: Record<string, never> };
  /**
   * Stereo recording (left: debtor, right: agent), encrypted from the first byte with `keyHex` (32 bytes).
   * Format: `telephony/recording`.
   */
  startRecording: {
    input: { recordingId: string; legId: LegId; file: string; keyHex: string };
    output: Record<string, never>;
  };
  stopRecording: {
    input: { recordingId: string };
    output: { durationMs: number; bytes: number };
  };
  /** loudness heard from a leg since the last ask, for tests of audio */
  measure: {
    input: { target: { legId: LegId } | { lineId: LineId } };
    output: {
      /** RMS, dB relative to full scale; -127 = silence */
      levelDbfs: number;
      packets: number;
    };
  };
  statistics: { input: Record<string, never>; output: MediaStatistics };
}

export interface LegStatistics {
  packetsSent: number;
  packetsReceived: number;
  packetsLost: number;
  /** not RTP, wrong version, truncated, unknown payload type, from a stranger */
  packetsDropped: number;
  /** RFC 3550 §6.4.1, in ms */
  interarrivalJitterMs: number;
  /** frames that our jitter queue inserted or dropped */
  queueSlips: number;
  /** from RTCP, null before the peer's first report */
  roundTripMs: number | null;
  /** what the peer said it lost of ours in its last report, percent; null before it */
  peerLostPercent: number | null;
}

export interface MediaStatistics {
  legs: Record<LegId, LegStatistics>;
  lines: Record<LineId, LegStatistics & { connected: boolean }>;
  residentBytes: number;
  cpuMs: number;
}

export type MediaEvent =
  | { type: 'lineConnected'; lineId: LineId }
  /** RTP from the page flows, or has not come for 100 ms: only a flowing line takes calls */
  | { type: 'lineFlowing'; lineId: LineId; flowing: boolean }
  | { type: 'lineLost'; lineId: LineId; reason: string }
  | { type: 'legFirstPacket'; legId: LegId }
  | { type: 'legStalled'; legId: LegId; silentMs: number }
  | { type: 'dtmf'; from: { legId: LegId } | { lineId: LineId }; digit: string; durationMs: number }
  | { type: 'playEnded'; playId: string }
  | { type: 'recordingFailed'; recordingId: string; code: string };

export type MediaRequestName = keyof MediaRequests;

export type MediaRequestMessage = {
  [Name in MediaRequestName]: {
    kind: 'request';
    requestId: number;
    name: Name;
    input: MediaRequests[Name]['input'];
  };
}[MediaRequestName];

export type MediaProcessMessage =
  | { kind: 'ready'; pid: number }
  | { kind: 'reply'; requestId: number; ok: true; value: unknown }
  | { kind: 'reply'; requestId: number; ok: false; code: string; message: string }
  | { kind: 'event'; event: MediaEvent };

/** How the engine's areas use the media process; the fake in tests implements the same. */
export interface MediaPort {
  request<Name extends MediaRequestName>(
    name: Name,
    input: MediaRequests[Name]['input'],
  ): Promise<MediaRequests[Name]['output']>;
  onEvent(listener: (event: MediaEvent) => void): () => void;
  /** the process died and was started again: every leg and line in it is gone */
  onRestart(listener: () => void): () => void;
}
