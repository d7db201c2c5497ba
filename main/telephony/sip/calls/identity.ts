import type { Session } from 'sip.js/lib/core/index.js';
import type { PeerAddress } from '../core/index.ts';
import {
  cseqOf,
  header,
  headers,
  parseNameAddress,
  parseVia,
  type SipRequest,
} from '../message/index.ts';
import type { DialogIdentity } from '../types.ts';

/** Reads from an INVITE, as it goes to the wire, what is needed to end it after a restart. */
export function identityOfInvite(invite: SipRequest, destination: PeerAddress): DialogIdentity {
  const from = parseNameAddress(header(invite, 'From') ?? '');
  const to = parseNameAddress(header(invite, 'To') ?? '');
  return {
    sipCallId: header(invite, 'Call-ID') ?? '',
    localTag: from?.parameters.get('tag') ?? '',
    remoteTag: null,
    branch: parseVia(header(invite, 'Via') ?? '')?.branch ?? '',
    localCseq: cseqOf(invite)?.number ?? 0,
    localUri: from?.uri ?? '',
    remoteUri: to?.uri ?? '',
    requestUri: invite.requestUri,
    remoteTarget: null,
    routeSet: headers(invite, 'Route'),
    localContact: parseNameAddress(header(invite, 'Contact') ?? '')?.uri ?? '',
    peerHost: destination.host,
    peerPort: destination.port,
    confirmed: false,
  };
}

/** Adds what the peer's answer brought. */
export function withRemote(identity: DialogIdentity, dialog: Session): DialogIdentity {
  const { localSequenceNumber, routeSet } = dialog as unknown as {
    localSequenceNumber?: number;
    routeSet: string[];
  };
  return {
    ...identity,
    remoteTag: dialog.remoteTag,
    remoteTarget: dialog.remoteTarget.toRaw(),
    routeSet: [...routeSet],
    localCseq: localSequenceNumber ?? identity.localCseq,
    confirmed: true,
  };
}
