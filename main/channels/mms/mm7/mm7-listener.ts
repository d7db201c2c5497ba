import { timingSafeEqual } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { AppError } from '#shared/errors/index.ts';
import type { AdapterParts } from '../../types.ts';
import { authorization } from './mm7-client.ts';
import { decodeText, readParts } from './multipart.ts';
import { readRequest } from './read-request.ts';
import { readEnvelope, writeEnvelope } from './soap.ts';

type ListenerParts = Pick<AdapterParts<'mm7'>, 'settings' | 'secrets' | 'events' | 'log' | 'clock'>;

const LONGEST_BODY = 10_000_000;
const REQUEST_MS = 60_000;
/** Names are not looked up for every stranger. */
const LOOK_UP_EVERY_MS = 15_000;

/** @returns addresses of a name; none when it cannot be found now */
export type FindAddresses = (host: string) => Promise<string[]>;

const findAddresses: FindAddresses = async (host) => {
  const found = await lookup(host, { all: true }).catch(() => []);
  return found.map(({ address }) => address);
};

/** Where the centre delivers reports and answers to. It is answered when they are durable. */
export class Mm7Listener {
  readonly #parts: ListenerParts;
  readonly #server: Server;
  readonly #find: FindAddresses;
  #addresses: ReadonlySet<string> = new Set();
  #lookedUpAtMs = Number.NEGATIVE_INFINITY;

  constructor(parts: ListenerParts, find = findAddresses) {
    this.#parts = parts;
    this.#find = find;
    this.#server = createServer(
      { requestTimeout: REQUEST_MS, maxHeaderSize: 16_384 },
      (request, response) => {
        this.#handle(request, response).catch((error: unknown) => {
          parts.log('a request of the MMS centre', { error: String(error) });
          if (!response.headersSent) response.writeHead(500);
          response.end();
        });
      },
    );
  }

  /** @throws AppError `gateway.mm7-listen-failed` */
  async open(): Promise<void> {
    const { listenHost, listenPort } = this.#parts.settings;
    await this.#lookUp();
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', (error) => {
        reject(new AppError('gateway.mm7-listen-failed', error.message, { cause: error }));
      });
      this.#server.listen(listenPort, listenHost, resolve);
    });
  }

  /** Ends what is under way. */
  async close(): Promise<void> {
    if (!this.#server.listening) return;
    const ended = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeIdleConnections();
    await ended;
  }

  closeNow(): void {
    this.#server.closeAllConnections();
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!(await this.#isCentre(request))) {
      this.#parts.log('a request from elsewhere than the MMS centre is refused');
      request.resume();
      end(response, 403);
      return;
    }
    if (request.method !== 'POST') {
      end(response, 405);
      return;
    }
    const body = await limitedBody(request);
    if (body === null) end(response, 413);
    else await this.#answer(request.headers['content-type'] ?? '', body, response);
  }

  /**
   * By the login that we give to it too, or by the address at which we reach it. That may have moved, or the name was not to
   * be found when we started.
   */
  async #isCentre({ headers, socket }: IncomingMessage): Promise<boolean> {
    const { authorization: wanted } = authorization(this.#parts) as { authorization?: string };
    const hasPassword = (this.#parts.secrets.password ?? '') !== '';
    if (hasPassword && wanted !== undefined && isSame(headers.authorization ?? '', wanted))
      return true;
    const remote = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
    if (!this.#addresses.has(remote)) await this.#lookUp();
    return this.#addresses.has(remote);
  }

  async #lookUp(): Promise<void> {
    const { clock, settings } = this.#parts;
    if (clock.monotonic() - this.#lookedUpAtMs < LOOK_UP_EVERY_MS) return;
    this.#lookedUpAtMs = clock.monotonic();
    const found = await this.#find(new URL(settings.url).hostname.replace(/^\[(.*)\]$/, '$1'));
    // what was known stays when nobody can be asked
    if (found.length > 0) this.#addresses = new Set(found);
  }

  async #answer(contentType: string, body: Buffer, response: ServerResponse): Promise<void> {
    const { settings, events, log } = this.#parts;
    const read = readAll(contentType, body);
    if (read === null) {
      log('the MMS centre sent something that cannot be read');
      answer(response, 400, 'VASPErrorRsp', '', 4004, 'cannot be read', settings);
      return;
    }
    const { message, notice } = read;
    const transactionId = message.transactionId ?? '';
    if (notice === null) {
      answer(response, 200, 'VASPErrorRsp', transactionId, 4003, 'not supported', settings);
      return;
    }
    try {
      if (notice.events.length > 0) await events(notice.events);
    } catch (error) {
      log('the store did not take what the MMS centre sent', { error: String(error) });
      answer(response, 500, notice.answer, transactionId, 3000, 'not taken, try again', settings);
      return;
    }
    answer(response, 200, notice.answer, transactionId, 1000, 'Success', settings);
  }
}

function readAll(contentType: string, body: Buffer) {
  try {
    const [head, ...parts] = readParts(contentType, body);
    const message =
      head && readEnvelope(decodeText(head.bytes, head.headers['content-type'] ?? ''));
    // some call a lone envelope a multipart
    const lone = message ?? readEnvelope(body.toString('utf8'));
    return lone ? { message: lone, notice: readRequest(lone, parts) } : null;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const lone = readEnvelope(body.toString('utf8'));
    return lone ? { message: lone, notice: readRequest(lone, []) } : null;
  }
}

function answer(
  response: ServerResponse,
  http: number,
  name: string,
  transactionId: string,
  code: number,
  text: string,
  dialect: { namespace: string; version: string },
): void {
  const status = `<Status><StatusCode>${code}</StatusCode><StatusText>${text}</StatusText></Status>`;
  const xml = writeEnvelope(name, transactionId, status, dialect);
  response.writeHead(http, { 'content-type': 'text/xml; charset=utf-8' });
  response.end(xml);
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status, { connection: 'close' });
  response.end();
}

async function limitedBody(request: IncomingMessage): Promise<Buffer | null> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > LONGEST_BODY) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function isSame(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
}
