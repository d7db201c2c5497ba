import type { AttemptResult } from '#shared/domain/index.ts';
import type { IncomingCall, InviteRequest, OutgoingCall } from '../sip/types.ts';

/** How a call ended, seen from the network. */
export interface CallEnd {
  attemptResult: AttemptResult;
  sipStatus: number | null;
  sipReason: string | null;
  q850Cause: number | null;
  endedBy: 'agent' | 'debtor' | 'network' | 'engine';
}

/** What a leg needs of the trunks; `telephony/trunks` implements it. */
export interface TrunkGate {
  /** @throws AppError `call.no-trunk` when the trunk is unknown, disabled or unreachable */
  invite(trunkId: string, request: TrunkInvite): OutgoingCall;
  /** where RTP of this trunk is bound, and which codecs and public address its SDP shows */
  mediaOf(trunkId: string): TrunkMedia;
  onIncoming(listener: (trunkId: string, call: IncomingCall) => void): () => void;
}

/** An INVITE in the words of the engine: numbers in E.164, written for the carrier by the trunk. */
export type TrunkInvite = Omit<InviteRequest, 'toUser' | 'fromUser' | 'assertedUser'> & {
  toNumber: string;
  callerId: string;
};

export interface TrunkMedia {
  bindHost: string;
  codecs: readonly ('pcmu' | 'pcma')[];
  /** fixed public address of the office's NAT, shown in SDP */
  publicHost?: string;
  stun?: { host: string; port: number };
}
