import { header, headers, parseNameAddress, parseUri, type SipRequest } from '../message/index.ts';
import type { DatagramSource } from './datagram-port.ts';
import { isPrivateHost } from './resolve-host.ts';

const DEFAULT_PORT = 5060;

/**
 * Where a request goes that no earlier one decides for: to the peer when it opens something new; inside a dialog to the
 * first Route or the remote target (RFC 3261 §12.2.1.1).
 *
 * Deviation: when a peer at a public address names a private one as its target, the peer itself is used. Such a Contact
 * is a NAT's doing and leads nowhere; what follows would be a call that cannot be ended.
 * @returns null when the request names nothing that can be reached
 */
export function destinationOf(
  request: SipRequest,
  peer: DatagramSource | null,
): DatagramSource | null {
  const inDialog = /;\s*tag=/i.test(header(request, 'To') ?? '');
  const route = headers(request, 'Route')[0];
  if (!inDialog && route === undefined && peer) return peer;
  const target = parseUri(
    route === undefined ? request.requestUri : (parseNameAddress(route)?.uri ?? ''),
  );
  if (!target?.host) return peer;
  if (peer && isPrivateHost(target.host) && !isPrivateHost(peer.host)) return peer;
  return { host: target.host, port: target.port ?? DEFAULT_PORT };
}
