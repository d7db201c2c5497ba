import type { DialogIdentity, OutgoingCall } from '../types.ts';

/** Who a softphone is, from the ticket that opened its socket (design §8). */
export interface SoftphoneGrant {
  personId: string;
  user: string;
  /** `sip:user@realm`; From and To of its REGISTER must be this */
  addressOfRecord: string;
  realm: string;
  /** digest password of this login */
  secret: string;
}

/** The part of a `ws` WebSocket that the registrar uses; already upgraded, subprotocol `sip`. */
export interface SoftphoneSocket {
  readonly readyState: number;
  send(text: string): void;
  close(code?: number, reason?: string): void;
  on(event: 'message', listener: (data: unknown, isBinary: boolean) => void): unknown;
  on(event: 'close' | 'error', listener: () => void): unknown;
}

export interface LineInvite {
  offerSdp: string;
  /** goes into X-Dialdesk-Line: the softphone answers only this one by itself */
  nonce: string;
  beforeSend(identity: DialogIdentity): Promise<void>;
  onAnswered(answerSdp: string): void;
  /** SIP status; 0 when the softphone was not there or did not answer */
  onFailed(status: number): void;
  onEnded(): void;
}

export type UnregisteredReason =
  /** its own wish */
  | 'left'
  /** the socket closed and did not return within the grace */
  | 'lost'
  | 'expired'
  /** another window of the same person registered */
  | 'replaced'
  | 'closed';

export interface RegistrarCounters {
  malformed: number;
  /** wrong password, wrong address of record, request before authentication */
  refused: number;
  /** sockets swapped in without losing the dialog */
  recovered: number;
}

export interface Registrar {
  readonly counters: RegistrarCounters;
  /** Serves one upgraded WebSocket; the grant is that of its ticket. */
  acceptSocket(socket: SoftphoneSocket, grant: SoftphoneGrant): void;
  registered(personId: string): boolean;
  onRegistered(listener: (personId: string) => void): () => void;
  onUnregistered(listener: (personId: string, reason: UnregisteredReason) => void): () => void;
  /** Opens the agent line; a line that is there is hung up first. */
  inviteLine(personId: string, invite: LineInvite): OutgoingCall;
  /** Hangs up the agent line; resolves when the softphone answered. */
  endLine(personId: string): Promise<void>;
  close(): Promise<void>;
}
