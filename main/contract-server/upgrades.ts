import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { contractSubprotocol } from '#shared/contract/index.ts';
import { refuseUpgrade } from './http-answers.ts';
import { pathKind, pathOf } from './http-routes.ts';
import type { RefusalAudit } from './limited-audit.ts';
import type { Logger } from './ports.ts';
import { checkRequest, type GuardSettings } from './request-guard.ts';

export interface UpgradeOptions<Grant> {
  guard: GuardSettings;
  refused: RefusalAudit;
  logger: Logger;
  maxMessageBytes: number;
  /** open contract connections, logged in or not; more are refused */
  maxConnections: number;
  onContract(socket: WebSocket, peer: { remoteAddress: string; baseUrl: string }): void;
  /** absent: this engine has no softphones */
  sip: {
    take(ticket: string): Grant | null;
    onSocket(socket: WebSocket, grant: Grant): void;
  } | null;
}

interface Refusal {
  status: number;
  code: string;
  reason: string;
}

const refusals = {
  notFound: { status: 404, code: 'contract.not-found', reason: 'path' },
  subprotocol: { status: 400, code: 'contract.subprotocol', reason: 'subprotocol' },
  tooMany: { status: 503, code: 'contract.too-many-connections', reason: 'count' },
  badTicket: { status: 403, code: 'access.bad-ticket', reason: 'ticket' },
} as const satisfies Record<string, Refusal>;

const SIP_SUBPROTOCOL = 'sip';
/** RFC 3261 sets no limit; a REGISTER or INVITE of ours is far smaller */
const MAX_SIP_MESSAGE_BYTES = 64 * 1024;

/** Turns upgrades on `/contract` and `/sip` into WebSockets, or refuses them in plain HTTP. */
export function createUpgrades<Grant>(options: UpgradeOptions<Grant>) {
  const contract = new WebSocketServer({
    noServer: true,
    maxPayload: options.maxMessageBytes,
    perMessageDeflate: false,
    handleProtocols: (offered) => offered.has(contractSubprotocol) && contractSubprotocol,
  });
  const sip = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_SIP_MESSAGE_BYTES,
    perMessageDeflate: false,
    handleProtocols: (offered) => offered.has(SIP_SUBPROTOCOL) && SIP_SUBPROTOCOL,
  });
  // A handshake that is no proper WebSocket is answered 400 by ws itself.
  const quiet = () => {};
  contract.on('wsClientError', (_error, socket) => refuseUpgrade(socket, 400, 'contract.upgrade'));
  sip.on('wsClientError', (_error, socket) => refuseUpgrade(socket, 400, 'contract.upgrade'));

  function acceptContract(request: IncomingMessage, socket: Duplex, head: Buffer): Refusal | null {
    if (contract.clients.size >= options.maxConnections) return refusals.tooMany;
    const peer = {
      remoteAddress: remoteOf(request),
      baseUrl: `http://${request.headers.host?.toLowerCase() ?? ''}`,
    };
    contract.handleUpgrade(request, socket, head, (accepted) => options.onContract(accepted, peer));
    return null;
  }

  function acceptSip(request: IncomingMessage, socket: Duplex, head: Buffer): Refusal | null {
    const grant = options.sip?.take(ticketOf(request)) ?? null;
    if (grant === null) return refusals.badTicket;
    sip.handleUpgrade(request, socket, head, (accepted) => {
      accepted.on('error', (error) => options.logger.warn('sip socket', { error: error.name }));
      options.sip?.onSocket(accepted, grant);
    });
    return null;
  }

  /** @returns why not, or null when the upgrade went on */
  function accept(request: IncomingMessage, socket: Duplex, head: Buffer): Refusal | null {
    const kind = pathKind(pathOf(request) ?? '');
    const verdict = checkRequest(kind, request.headers, options.guard);
    if (!verdict.ok) return { ...verdict, code: `contract.bad-${verdict.reason}` };
    if (kind !== 'contract' && kind !== 'sip') return refusals.notFound;
    if (!offers(request, kind === 'contract' ? contractSubprotocol : SIP_SUBPROTOCOL)) {
      return refusals.subprotocol;
    }
    return kind === 'contract'
      ? acceptContract(request, socket, head)
      : acceptSip(request, socket, head);
  }

  return {
    /** The server's `upgrade` listener. */
    handle(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      socket.on('error', quiet);
      const refusal = accept(request, socket, head);
      if (refusal === null) return;
      const { status, code, reason } = refusal;
      const details = { reason, path: pathKind(pathOf(request) ?? '') };
      options.refused('contract.upgrade-refused', remoteOf(request), details);
      refuseUpgrade(socket, status, code);
    },

    /** Asks every client to end; the caller cuts those that do not answer the close frame. */
    close(code: number): void {
      for (const client of [...contract.clients, ...sip.clients]) client.close(code, 'stopping');
    },

    terminate(): void {
      for (const client of [...contract.clients, ...sip.clients]) client.terminate();
    },
  };
}

function offers(request: IncomingMessage, subprotocol: string): boolean {
  const offered = request.headers['sec-websocket-protocol'] ?? '';
  return offered
    .split(',')
    .map((item) => item.trim())
    .includes(subprotocol);
}

function ticketOf(request: IncomingMessage): string {
  const query = (request.url ?? '').split('?', 2)[1] ?? '';
  return new URLSearchParams(query).get('ticket') ?? '';
}

function remoteOf(request: IncomingMessage): string {
  return request.socket.remoteAddress ?? 'unknown';
}
