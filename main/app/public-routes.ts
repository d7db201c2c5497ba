import type { GatewayHub } from '../channels/gateways/index.ts';
import { readMessageSettings } from '../channels/gateways/index.ts';
import {
  createLinkPages,
  hostOfBaseUrl,
  isHookSecret,
  type PublishedMedia,
  publicUrlOf,
} from '../channels/links/index.ts';
import type { PublicReply, PublicRequest, PublicRoutes } from '../contract-server/index.ts';
import type { EngineCore } from './engine-core.ts';

export interface PublicRoutesParts {
  core: Pick<EngineCore, 'store' | 'clock' | 'logger'>;
  hub: Pick<GatewayHub, 'find'>;
  published: Pick<PublishedMedia, 'find'>;
  readDocument(documentId: string): Promise<{ bytes: Uint8Array; name: string; mediaType: string }>;
  /** a document of this message was opened, as far as one can tell */
  takeReading(reading: { messageId: string; at: number }): Promise<void>;
}

/** The server is made before what answers on its public paths; until then nothing is known there. */
export class LatePublicRoutes implements PublicRoutes {
  #routes: PublicRoutes | null = null;

  attach(parts: PublicRoutesParts): void {
    this.#routes = createPublicRoutes(parts);
  }

  isOurHost(host: string): boolean {
    return this.#routes?.isOurHost(host) ?? false;
  }

  async handle(request: PublicRequest): Promise<PublicReply | null> {
    return (await this.#routes?.handle(request)) ?? null;
  }
}

/** Reports of providers, and documents behind links. */
export function createPublicRoutes(parts: PublicRoutesParts): PublicRoutes {
  const { store, clock, logger } = parts.core;
  const baseUrl = () => readMessageSettings(store.read).publicBaseUrl;
  const pages = createLinkPages({
    store,
    clock,
    media: parts.published,
    readDocument: parts.readDocument,
    onFirstOpening: parts.takeReading,
    log: (message, details) => logger.warn(message, details),
  });
  return {
    isOurHost: (host) => hostOfBaseUrl(baseUrl()) === host,
    handle(request) {
      return request.kind === 'document' ? pages.open(request) : hook(parts, baseUrl(), request);
    },
  };
}

/** `/hook/<gatewayId>/<secret>`, and whatever a provider puts behind it. */
async function hook(
  { core, hub }: PublicRoutesParts,
  baseUrl: string,
  request: PublicRequest,
): Promise<PublicReply | null> {
  const [gatewayId = '', secret = '', ...rest] = request.path.split('/');
  // An unknown gateway takes as long as a wrong secret.
  const known = isHookSecret(core.store.connection.keyHex, gatewayId, secret);
  if (!known) return null;
  const adapter = hub.find(gatewayId)?.adapter;
  // It starts, or its settings were just saved: what is refused as unknown is not told again.
  if (adapter === undefined) return reply(503, '');
  if (adapter.webhook === undefined) return null;
  const body = await request.body();
  if (body === null) return reply(413, '');
  const own = `http://${request.headers.host ?? ''}${request.target}`;
  const answer = await adapter.webhook({
    method: request.method,
    path: (rest.length === 0 ? '' : `/${rest.join('/')}`) + request.query,
    headers: request.headers,
    body,
    // Signatures cover the address that the provider called, in front of the firm's proxy.
    url: publicUrlOf(baseUrl, request.target) ?? own,
  });
  return reply(answer.status, answer.body, answer.contentType);
}

function reply(
  status: number,
  body: string,
  contentType = 'text/plain; charset=utf-8',
): PublicReply {
  return { status, headers: { 'content-type': contentType }, body };
}
