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
 * tag. Where the INVITE went stands in for the missing Contact: ACK and BYE go the same way.
 * Deviation from RFC 3261 §12.1.1, so that an answered call is never left without an ACK.
 */
export function withDialogHeaders(
  response: SipResponse,
  invite: SipRequest | null,
  destination: DatagramSource | null,
): SipResponse {
  if (cseqOf(response)?.method !== 'INVITE' || response.status === 100 || response.status >= 300) {
    return response;
  }
  let repaired = response;
  if (!parseNameAddress(header(response, 'Contact') ?? '') && invite && destination) {
    const user = escapeUser(parseUri(invite.requestUri)?.user ?? '');
    const uri = `sip:${user}@${destination.host}:${destination.port}`;
    repaired = withHeader(repaired, 'Contact', `<${uri}>`);
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

/**
 * Turns `tel:` addresses into `sip:` ones for sip.js, which answers 416 to a `tel:` Request-URI and cannot read one in
 * From or To; carriers send all three.
 * @param host stands in for the host that a tel URI has not
 */
export function withSipScheme(request: SipRequest, host: string): SipRequest {
  const requestUri = asSipUri(request.requestUri, host);
  const headers = request.headers.map((item) => {
    if (!/^(from|to)$/i.test(item.name) || !/tel:/i.test(item.value)) return item;
    const address = parseNameAddress(item.value);
    if (!address) return item;
    const tag = address.parameters.get('tag');
    const value = `<${asSipUri(address.uri, host)}>${tag ? `;tag=${tag}` : ''}`;
    return { name: item.name, value };
  });
  return { ...request, requestUri, headers };
}

function asSipUri(text: string, host: string): string {
  const uri = parseUri(text);
  return uri?.scheme === 'tel' ? `sip:${escapeUser(uri.user)}@${host}` : text;
}

/** Gives a response the From and To of the request that it answers, as these stood on the wire; our tag stays. */
export function withOriginalAddresses(response: SipResponse, request: SipRequest): SipResponse {
  const tag = parseNameAddress(header(response, 'To') ?? '')?.parameters.get('tag');
  const to = header(request, 'To') ?? '';
  const tagged = tag && !/;\s*tag=/i.test(to) ? `${to};tag=${tag}` : to;
  return withHeader(withHeader(response, 'From', header(request, 'From') ?? ''), 'To', tagged);
}
