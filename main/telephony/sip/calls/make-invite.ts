import type { OutgoingRequestMessage } from 'sip.js/lib/core/index.js';
import { parseSipUri, type SipCore } from '../core/index.ts';
import { escapeUser, newToken } from '../message/index.ts';
import { sdpBody } from './sdp-body.ts';

export interface InviteAddresses {
  requestUri: string;
  fromUri: string;
  toUri: string;
  fromDisplayName?: string;
  extraHeaders: readonly string[];
  offerSdp: string;
}

/** The INVITE that opens a dialog, with Call-ID and tag that nobody can guess. */
export function makeInvite(core: SipCore, addresses: InviteAddresses): OutgoingRequestMessage {
  return core.makeOutgoingRequestMessage(
    'INVITE',
    parseSipUri(addresses.requestUri),
    parseSipUri(addresses.fromUri),
    parseSipUri(addresses.toUri),
    {
      callId: newToken(),
      fromTag: newToken(),
      cseq: 1,
      fromDisplayName: safeDisplayName(addresses.fromDisplayName ?? ''),
    },
    [
      `Contact: ${core.contactText}`,
      'Allow: INVITE, ACK, CANCEL, BYE, INFO, OPTIONS, UPDATE',
      ...addresses.extraHeaders,
    ],
    sdpBody(addresses.offerSdp),
  );
}

/** A name between quotes may hold neither quotes, backslashes nor line ends (RFC 3261 §25.1). */
function safeDisplayName(name: string): string {
  return name.replaceAll(/["\\\p{Cc}]/gu, ' ').trim();
}

/** `user@host` or `host` as a SIP URI, the user escaped. */
export function sipUri(user: string, host: string): string {
  return user === '' ? `sip:${host}` : `sip:${escapeUser(user)}@${host}`;
}
