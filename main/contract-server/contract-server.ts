import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WebSocket } from 'ws';
import type { Principal } from '#shared/contract/index.ts';
import type { StoreKind } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Clock, Dispose, IdSource } from '#shared/util/index.ts';
import { type ConnectionChange, Connections } from './connections.ts';
import { ContractSocket, closeCodes, type SocketLimits } from './contract-socket.ts';
import { Dispatcher } from './dispatch.ts';
import { createHttpRoutes } from './http-routes.ts';
import { connectInMemory, type InMemoryClient } from './in-memory.ts';
import { createRefusalAudit } from './limited-audit.ts';
import type { OpenMedia } from './media-links.ts';
import type { Audit, Authenticator, Logger, SipTickets } from './ports.ts';
import { createPublicGate, type PublicRoutes } from './public-routes.ts';
import { SipSockets } from './sip-sockets.ts';
import type { Handlers, Publisher } from './types.ts';
import { createUpgrades } from './upgrades.ts';
import { uploadHandlers } from './upload-handlers.ts';
import type { Uploads } from './uploads.ts';

export interface ContractServerOptions<Grant extends { personId: string } = { personId: string }> {
  authenticator: Authenticator;
  audit: Audit;
  clock: Clock;
  idSource: IdSource;
  logger: Logger;
  storeKind: StoreKind;
  handlers?: Handlers;
  /** what differs between shells and engines, as data */
  capabilities?: readonly string[];
  /** parses replies and events against the contract; on in tests and development */
  checkOutputs?: boolean;
  /** softphones: who may open `/sip`, and who gets the accepted socket */
  sip?: { tickets: SipTickets<Grant>; onSocket(socket: WebSocket, grant: Grant): void };
  uploads?: Uploads;
  openMedia?: OpenMedia;
  /** what answers the internet on `/hook/…` and `/d/…`; absent: nothing does */
  publicRoutes?: PublicRoutes;
  /** the built renderer, when this server also serves the window (Node shell, second browsers) */
  staticRoot?: string;
  /** further exact `host:port` under which clients reach this engine */
  hosts?: readonly string[];
  /** further exact origins whose pages are ours, e.g. Electron's own scheme */
  origins?: readonly string[];
  limits?: Partial<SocketLimits>;
  maxMessageBytes?: number;
  maxConnections?: number;
}

export interface ContractAddress {
  host: string;
  port: number;
  /** `http://127.0.0.1:4123` */
  url: string;
  /** `ws://127.0.0.1:4123/contract` */
  contractUrl: string;
  sipUrl: string;
}

const DEFAULT_LIMITS: SocketLimits = {
  loginMs: 10_000,
  silentMs: 15_000,
  closeMs: 1000,
  maxBufferedBytes: 8 * 1024 * 1024,
};

/** The engine's one listener: typed contract, softphones' SIP, files in, recordings out, the window's own files. */
export interface ContractServer extends Publisher {
  /** changes whenever the engine starts */
  readonly epoch: string;
  /** adds an area's handlers; areas that publish need the server first and so come after it */
  register(handlers: Handlers): void;
  /** commands of the contract without a handler */
  missingHandlers(): string[];
  /** @param options host 127.0.0.1 and any free port unless told @throws AppError `contract.address-in-use` */
  listen(options?: { host?: string; port?: number }): Promise<ContractAddress>;
  connectInMemory(principal: Principal): InMemoryClient;
  connections(): { connectionId: string; principal: Principal }[];
  onConnectionChange(listener: (change: ConnectionChange) => void): Dispose;
  close(): Promise<void>;
}

export function createContractServer<Grant extends { personId: string }>(
  options: ContractServerOptions<Grant>,
): ContractServer {
  const { clock, idSource, logger, authenticator } = options;
  const epoch = idSource.next();
  const checkOutputs = options.checkOutputs ?? false;
  const refused = createRefusalAudit(options.audit, clock);
  const { publicRoutes } = options;
  const guard = {
    hosts: new Set<string>(),
    origins: new Set<string>(),
    isPublicHost: publicRoutes?.isOurHost.bind(publicRoutes),
  };
  const connections = new Connections(logger, checkOutputs);
  const dispatcher = new Dispatcher({ clock, idSource, logger, refused, checkOutputs });
  const sipSockets = new SipSockets();
  if (options.handlers) dispatcher.register(options.handlers);
  if (options.uploads) dispatcher.register(uploadHandlers(options.uploads));

  const routes = createHttpRoutes({
    guard,
    epoch,
    logger,
    refused,
    uploads: options.uploads ?? null,
    openMedia: options.openMedia ?? null,
    staticRoot: options.staticRoot ?? null,
    publicGate: publicRoutes ? createPublicGate({ routes: publicRoutes, clock, refused }) : null,
  });
  const socketContext = {
    authenticator,
    dispatcher,
    connections,
    clock,
    logger,
    refused,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    epoch,
    storeKind: options.storeKind,
    capabilities: options.capabilities ?? [],
    newConnectionId: () => idSource.next(),
    newNonce: () => randomBytes(32).toString('hex'),
  };
  const { sip } = options;
  const upgrades = createUpgrades<Grant>({
    guard,
    refused,
    logger,
    maxMessageBytes: options.maxMessageBytes ?? 1024 * 1024,
    maxConnections: options.maxConnections ?? 200,
    onContract: (socket, peer) => void new ContractSocket(socket, peer, socketContext),
    sip: sip
      ? {
          take: (ticket) => sip.tickets.take(ticket),
          onSocket(socket, grant) {
            sipSockets.add(grant.personId, socket);
            sip.onSocket(socket, grant);
          },
        }
      : null,
  });

  const server = createServer({ requestTimeout: 600_000 }, (request, response) => {
    void routes(request, response);
  });
  server.on('upgrade', (request, socket, head) => upgrades.handle(request, socket, head));
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n');
  });
  const stopListening = authenticator.onLoginsEnded((personId) => {
    connections.closePerson(personId, closeCodes.loginEnded, 'login ended');
    sipSockets.closePerson(personId);
  });

  return {
    epoch,
    register: (handlers) => dispatcher.register(handlers),
    missingHandlers: () => dispatcher.missing(),
    publish: (name, data, audience) => connections.publish(name, data, audience),
    connections: () => connections.list(),
    onConnectionChange: (listener) => connections.onChange(listener),
    connectInMemory: (principal) =>
      connectInMemory({ principal, epoch, idSource, dispatcher, connections }),

    async listen({ host = '127.0.0.1', port = 0 } = {}) {
      await new Promise<void>((resolve, reject) => {
        const fail = (error: Error) => reject(listenFailure(error, host, port));
        server.once('error', fail);
        server.listen(port, host, () => {
          server.off('error', fail);
          resolve();
        });
      });
      const address = addressOf(host, (server.address() as AddressInfo).port);
      allow(guard, address, options);
      return address;
    },

    async close() {
      stopListening();
      connections.closeAll(closeCodes.stopping, 'stopping');
      upgrades.close(closeCodes.stopping);
      const cancel = clock.setTimer(500, () => {
        upgrades.terminate();
        server.closeAllConnections();
      });
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      });
      cancel();
    },
  };
}

function addressOf(host: string, port: number): ContractAddress {
  const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  return {
    host,
    port,
    url: `http://${authority}`,
    contractUrl: `ws://${authority}/contract`,
    sipUrl: `ws://${authority}/sip`,
  };
}

/** Known only after listening: the port is part of every exact name. */
function allow(
  guard: { hosts: Set<string>; origins: Set<string> },
  address: ContractAddress,
  options: { hosts?: readonly string[]; origins?: readonly string[] },
): void {
  const { port } = address;
  const own = address.url.slice('http://'.length);
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`, own, ...(options.hosts ?? [])];
  for (const host of hosts) {
    guard.hosts.add(host.toLowerCase());
    guard.origins.add(`http://${host.toLowerCase()}`);
  }
  for (const origin of options.origins ?? []) guard.origins.add(origin.toLowerCase());
}

function listenFailure(error: NodeJS.ErrnoException, host: string, port: number): AppError {
  const code = error.code === 'EADDRINUSE' ? 'contract.address-in-use' : 'contract.cannot-listen';
  return new AppError(code, `cannot listen on ${host}:${port}: ${error.message}`, {
    cause: error,
    details: { host, port, system: error.code ?? '' },
  });
}
