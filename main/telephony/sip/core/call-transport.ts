import type { Transport } from 'sip.js/lib/core/index.js';
import type { SipRequest } from '../message/index.ts';

export interface PeerAddress {
  host: string;
  port: number;
}

/** Runs before an INVITE leaves; the INVITE leaves when it resolves, and not if it rejects. */
export type InviteGate = (request: SipRequest, destination: PeerAddress) => Promise<void>;

/** What calls need of a transport besides sending. */
export interface CallTransport extends Transport {
  /** by Call-ID */
  readonly gates: Map<string, InviteGate>;
  /** stops repeating an INVITE that nobody waits for any more */
  dropInvite(branch: string): void;
}
