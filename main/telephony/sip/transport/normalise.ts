import {
  cseqOf,
  escapeUser,
  header,
  headers,
  parseNameAddress,
  parseParameters,
  parseUri,
  type SipRequest,
  type SipResponse,
  withHeader,
} from '../message/index.ts';
import type { DatagramSource } from './datagram-port.ts';

/** Writes into the top Via where the request really came from (RFC 3261 §18.2.1, RFC 3581 §4). */
export function withReceived(request: SipRequest, source: DatagramSource): SipRequest {
  const top = header(request, 'Via') ?? '';
  const kept = top
    .split(';')
    .filter((part) => !/^\s*(received|rport)\s*(=|$)/i.test(part))
    .join(';');
  const asked = parseParameters(top).parameters.has('rport');
  const rport = asked ? `;rport=${source.port}` : '';
  return withHeader(request, 'Via', `${kept};received=${source.host}${rport}`);
}

/**
 * Repairs responses that sip.js would drop without a word: to INVITE a 1xx or 2xx with no Contact, and a 1xx with no To
 * tag. The Request-URI stands in for the missing Contact; the ACK and BYE to it reach the peer or its proxy.
 * Deviation from RFC 3261 §12.1.1, so that an answered call is never left without an ACK.
 */
export function withDialogHeaders(response: SipResponse, invite: SipRequest | null): SipResponse {
  if (cseqOf(response)?.method !== 'INVITE' || response.status === 100 || response.status >= 300) {
    return response;
  }
  let repaired = response;
  if (!parseNameAddress(header(response, 'Contact') ?? '') && invite) {
    repaired = withHeader(repaired, 'Contact', `<${invite.requestUri}>`);
  }
  const to = header(response, 'To') ?? '';
  if (!/;\s*tag=/i.test(to)) repaired = withHeader(repaired, 'To', `${to};tag=untagged`);
  return repaired;
}

/**
 * Leaves one challenge that sip.js can answer. It reads only the last WWW-Authenticate and knows only MD5, so a peer that
 * also offers SHA-256 (RFC 8760) would never be answered.
 */
export function withUsableChallenge(response: SipResponse): SipResponse {
  if (response.status !== 401 && response.status !== 407) return response;
  const name = response.status === 401 ? 'WWW-Authenticate' : 'Proxy-Authenticate';
  const offered = headers(response, name);
  if (offered.length < 2) return response;
  const usable = offered.find((value) => !/algorithm\s*=\s*"?(?!MD5"?\s*(,|$))/i.test(value));
  if (usable === undefined) return response;
  const others = response.headers.filter((item) => item.name.toLowerCase() !== name.toLowerCase());
  return { ...response, headers: [...others, { name, value: usable }] };
}

/** sip.js answers 416 to a `tel:` Request-URI, which carriers do send; the same number as a sip URI is taken. */
export function withSipScheme(
  request: SipRequest,
  local: { localHost: string; localPort: number },
): SipRequest {
  const uri = parseUri(request.requestUri);
  if (uri?.scheme !== 'tel') return request;
  const user = escapeUser(uri.user);
  return { ...request, requestUri: `sip:${user}@${local.localHost}:${local.localPort}` };
}
