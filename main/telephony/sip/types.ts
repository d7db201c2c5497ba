/**
 * What the rest of the engine (and the practice carrier) sees of SIP. sip.js is confined to this folder; nothing
 * of it shows here, so that another transaction layer could take its place.
 */

/** Everything needed to end a dialog after a restart (RFC 3261 §12). */
export interface DialogIdentity {
  sipCallId: string;
  localTag: string;
  remoteTag: string | null;
  /** of the INVITE's top Via: needed for CANCEL (RFC 3261 §9.1) */
  branch: string;
  localCseq: number;
  localUri: string;
  remoteUri: string;
  requestUri: string;
  remoteTarget: string | null;
  routeSet: string[];
  localContact: string;
  peerHost: string;
  peerPort: number;
  /** false: INVITE may have left, no 2xx seen */
  confirmed: boolean;
}

export interface SipFinal {
  status: number;
  reasonPhrase: string;
  /** Q.850 cause from a Reason header (RFC 3326) */
  q850Cause: number | null;
  /** we gave up, but a 2xx crossed our CANCEL: a person was reached and hung up on at once (ACK and BYE were sent) */
  answeredWhileCancelling?: boolean;
}

export interface InviteRequest {
  /** user part of the Request-URI and To, as the carrier wants numbers written */
  toUser: string;
  /** shown number, same format */
  fromUser: string;
  fromDisplayName?: string;
  /** goes into P-Asserted-Identity (RFC 3325) when set, From then carries the account */
  assertedUser?: string;
  offerSdp: string;
  extraHeaders?: readonly string[];
  /** where this call goes instead of to `peer`: for an endpoint that speaks with anyone */
  target?: { host: string; port: number };
  /**
   * Called with the dialog's identity before the INVITE is given to the network, and again before a repeated
   * INVITE with credentials (new branch and CSeq). The INVITE leaves when the promise resolves, and not if it rejects.
   */
  beforeSend(identity: DialogIdentity): Promise<void>;
  onProvisional?(response: { status: number; earlyMediaSdp: string | null }): void;
  /**
   * A 2xx came. The ACK leaves when the returned promise settles, at once when there is none: make the confirmed
   * dialog durable in it, for an acknowledged 2xx is not repeated, and without its To tag nobody can end the call.
   */
  onAnswered(answer: { answerSdp: string; identity: DialogIdentity }): Promise<void> | void;
  /** non-2xx final, timer B, or transport failure (status 0) */
  onFailed(final: SipFinal): void;
  /** after onAnswered: the dialog is over */
  onEnded(end: { by: 'local' | 'remote' | 'network'; q850Cause: number | null }): void;
  /** re-INVITE or UPDATE from the peer; answer SDP for it (hold, moved media) */
  onOffer?(offerSdp: string): Promise<string>;
  /** digits by SIP INFO, which some carriers use */
  onInfoDigit?(digit: string): void;
}

export interface OutgoingCall {
  readonly identity: DialogIdentity | null;
  /** CANCEL before the answer, BYE after it; safe to call at any time and twice */
  hangUp(reason?: { q850Cause?: number }): Promise<void>;
}

export interface IncomingCall {
  readonly identity: DialogIdentity;
  readonly toUser: string;
  readonly fromUser: string | null;
  readonly assertedUser: string | null;
  readonly privacy: boolean;
  readonly offerSdp: string | null;
  readonly remoteHost: string;
  /** 180; ignored after the answer */
  ringing(): void;
  /**
   * 183 with SDP (RFC 3261 §13.3.1.1), before `answer`; the practice carrier plays ringback, intercept tones
   * and announcements this way. May be called once; `answer` must then repeat the same SDP.
   */
  earlyMedia?(sdp: string): void;
  /**
   * Sends 2xx; resolves when the ACK came, with its SDP when our 2xx carried the offer.
   * @throws AppError `sip.call-over` when the call was cancelled before, or ended without an ACK
   */
  answer(sdp: string): Promise<{ ackSdp: string | null }>;
  reject(status: number, reasonPhrase: string, q850Cause?: number): void;
  /** before the answer: 480; after it BYE, which waits for the ACK; safe to call twice */
  hangUp(reason?: { q850Cause?: number }): Promise<void>;
  onCancelled: (() => void) | null;
  onEnded: ((end: { by: 'local' | 'remote' | 'network' }) => void) | null;
  onOffer: ((offerSdp: string) => Promise<string>) | null;
  onInfoDigit: ((digit: string) => void) | null;
  /** after the ACK: our own re-INVITE (RFC 3261 §14.1: hold, moved media); resolves with the peer's answer SDP */
  reoffer?(sdp: string): Promise<string>;
}

export type RegistrationState =
  | { kind: 'unregistered' }
  | { kind: 'registering' }
  | { kind: 'registered'; expiresAt: number }
  | { kind: 'failed'; status: number; reasonPhrase: string; retryAt: number };

export interface SipCounters {
  received: number;
  sent: number;
  retransmitted: number;
  /** not SIP, no mandatory header, too large, more than one Via on a response … */
  malformed: number;
  repeatsAnswered: number;
}

/** Where this area tells what happens; never message contents, numbers or credentials. */
export interface SipLogger {
  debug(message: string, details?: Readonly<Record<string, unknown>>): void;
  info(message: string, details?: Readonly<Record<string, unknown>>): void;
  warn(message: string, details?: Readonly<Record<string, unknown>>): void;
  error(message: string, details?: Readonly<Record<string, unknown>>): void;
}

/** One UDP socket that speaks SIP with one peer (a trunk) or with anyone (the practice carrier). */
export interface SipEndpoint {
  readonly localHost: string;
  readonly localPort: number;
  readonly counters: SipCounters;
  invite(request: InviteRequest): OutgoingCall;
  onIncoming: ((call: IncomingCall) => void) | null;
  /** answers OPTIONS with 200 by itself */
  options(): Promise<{ status: number; roundTripMs: number }>;
  startRegistration(listener: (state: RegistrationState) => void): void;
  stopRegistration(): Promise<void>;
  /**
   * Ends a dialog that an earlier run of the program left behind: BYE when confirmed, else CANCEL, and BYE or ACK+BYE if
   * a 2xx to that INVITE still arrives. Resolves when the peer confirmed the end, or after 32 s, when no 2xx can come
   * any more (RFC 3261 §13.3.1.4).
   * @param onConfirmed gets the dialog that a late 2xx opened; its ACK and BYE wait for the promise
   */
  endOrphan(
    identity: DialogIdentity,
    onConfirmed?: (identity: DialogIdentity) => Promise<void>,
  ): Promise<'ended' | 'unknown-to-peer' | 'no-answer'>;
  close(): Promise<void>;
}

/** The part of a UDP socket that an endpoint uses: a stand-in may lose, delay, repeat or answer packets. */
export interface SipSocket {
  readonly localHost: string;
  readonly localPort: number;
  send(packet: Uint8Array, host: string, port: number): void;
  onPacket: ((packet: Uint8Array, from: { host: string; port: number }) => void) | null;
  close(): Promise<void>;
}

export interface SipEndpointOptions {
  /** already bound; `bindHost` and `bindPort` are then not used (practice carrier, linked sockets in tests) */
  socket?: SipSocket;
  bindHost: string;
  /** 0 = any */
  bindPort: number;
  /** host and port shown in Via and Contact when a NAT is known (fixed public address or STUN) */
  publicAddress?: { host: string; port: number };
  /** asked for the outside of this very socket when `publicAddress` is absent; no answer fails the opening */
  stun?: { host: string; port: number };
  /** default destination; absent: only answers (practice carrier) or sends to the target of each call */
  peer?: { host: string; port: number };
  account: { user: string; authUser: string; password: string; domain: string };
  registerExpiresSec: number;
  /** CRLF keep-alive (RFC 5626 §3.5.1); 0 = none */
  keepAliveMs: number;
  userAgent: string;
}
