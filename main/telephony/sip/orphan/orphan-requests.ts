import type { SipHeader, SipRequest, SipResponse } from '../message/index.ts';
import {
  header,
  headers,
  newBranch,
  parseHostPort,
  parseNameAddress,
  parseUri,
} from '../message/index.ts';
import type { DialogIdentity } from '../types.ts';

/**
 * Added to the CSeq of the INVITE: requests that the earlier run sent in the dialog (refreshes, INFO) are not in the store,
 * and a BYE below them would be answered with 500 (RFC 3261 §12.2.2: a gap is allowed, a step back is not).
 */
const UNKNOWN_REQUESTS = 1_000;

/** What the peer's 2xx or provisional says about the far end of a dialog. */
export interface RemoteEnd {
  remoteTag: string;
  remoteTarget: string;
  routeSet: string[];
}

/** CANCEL for an INVITE of an earlier run: same Request-URI, branch, tags and CSeq number (RFC 3261 §9.1). */
export function orphanCancel(identity: DialogIdentity): SipRequest {
  return {
    kind: 'request',
    method: 'CANCEL',
    requestUri: identity.requestUri,
    headers: [
      via(identity, identity.branch),
      ...identity.routeSet.map((value) => ({ name: 'Route', value })),
      ...dialogHeaders(identity, null, identity.localCseq, 'CANCEL'),
    ],
    body: '',
  };
}

/** The INVITE as far as a transaction table needs it, to recognise answers to it. */
export function orphanInvite(identity: DialogIdentity): SipRequest {
  const cancel = orphanCancel(identity);
  const withoutCseq = cancel.headers.filter((item) => item.name !== 'CSeq');
  const cseq = { name: 'CSeq', value: `${identity.localCseq} INVITE` };
  return { ...cancel, method: 'INVITE', headers: [...withoutCseq, cseq] };
}

/** BYE or ACK inside the dialog (RFC 3261 §12.2.1.1). */
export function orphanInDialog(
  identity: DialogIdentity,
  remote: RemoteEnd,
  method: 'BYE' | 'ACK',
): SipRequest {
  const cseq = method === 'ACK' ? identity.localCseq : identity.localCseq + UNKNOWN_REQUESTS;
  return {
    kind: 'request',
    method,
    requestUri: remote.remoteTarget,
    headers: [
      via(identity, newBranch()),
      ...remote.routeSet.map((value) => ({ name: 'Route', value })),
      ...dialogHeaders(identity, remote.remoteTag, cseq, method),
    ],
    body: '',
  };
}

/** ACK to a refusal of the INVITE: in the INVITE's own transaction (RFC 3261 §17.1.1.3). */
export function orphanRefusalAck(identity: DialogIdentity, response: SipResponse): SipRequest {
  const cancel = orphanCancel(identity);
  const kept = cancel.headers.filter((item) => item.name !== 'CSeq' && item.name !== 'To');
  return {
    ...cancel,
    method: 'ACK',
    headers: [
      ...kept,
      { name: 'To', value: header(response, 'To') ?? `<${identity.remoteUri}>` },
      { name: 'CSeq', value: `${identity.localCseq} ACK` },
    ],
  };
}

/** The far end named by a 2xx to the INVITE; the Request-URI stands in for a missing Contact. */
export function remoteEndOf(identity: DialogIdentity, response: SipResponse): RemoteEnd {
  const to = parseNameAddress(header(response, 'To') ?? '');
  const contact = parseNameAddress(header(response, 'Contact') ?? '');
  return {
    remoteTag: to?.parameters.get('tag') ?? '',
    remoteTarget: contact?.uri ?? identity.requestUri,
    routeSet: headers(response, 'Record-Route').reverse(),
  };
}

function via(identity: DialogIdentity, branch: string): SipHeader {
  const contact = parseUri(identity.localContact);
  const port = contact?.port == null ? '' : `:${contact.port}`;
  const host = contact?.host ?? parseHostPort(identity.localContact).host;
  return { name: 'Via', value: `SIP/2.0/UDP ${host}${port};branch=${branch};rport` };
}

function dialogHeaders(
  identity: DialogIdentity,
  remoteTag: string | null,
  cseq: number,
  method: string,
): SipHeader[] {
  const toTag = remoteTag ? `;tag=${remoteTag}` : '';
  return [
    { name: 'Max-Forwards', value: '70' },
    { name: 'From', value: `<${identity.localUri}>;tag=${identity.localTag}` },
    { name: 'To', value: `<${identity.remoteUri}>${toTag}` },
    { name: 'Call-ID', value: identity.sipCallId },
    { name: 'CSeq', value: `${cseq} ${method}` },
  ];
}
