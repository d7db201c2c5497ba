import { Readable } from 'node:stream';
import SmtpConnection from 'nodemailer/lib/smtp-connection';
import { dial } from '../dial.ts';
import type { MailPeer } from '../security.ts';
import { SmtpError } from './smtp-error.ts';
import { readSmtpExtensions, type SmtpExtensions } from './smtp-extensions.ts';

export interface SmtpTimeouts {
  /** resolving, connecting, TLS and the greeting together */
  connectMs: number;
  /** without a word of the server; also for the answer after the dot (RFC 5321 §4.5.3.2.6 allows ten minutes) */
  answerMs: number;
}

export interface SmtpEnvelope {
  from: string;
  to: string;
  /** RFC 3461; null: no reports are asked for */
  dsn: { envelopeId: string } | null;
}

const CHUNK_BYTES = 16_384;
/** The library sends single commands only for a way to log in that its user brings along: this one only asks. */
const probeMethod = 'X-SENDER-PROBE';

/** One login at a submission server, for one message after another. */
export class SmtpLink {
  readonly extensions: SmtpExtensions;
  #connection: SmtpConnection;
  #isOpen = true;
  #onFault: (error: Error) => void = () => undefined;

  private constructor(connection: SmtpConnection, extensions: SmtpExtensions) {
    this.#connection = connection;
    this.extensions = extensions;
    connection.on('error', (error) => {
      this.#isOpen = false;
      this.#onFault(error);
    });
    connection.on('end', () => {
      this.#isOpen = false;
      this.#onFault(new Error('the server closed the connection'));
    });
  }

  /**
   * Connects, secures and logs in.
   * @param signal gives it up
   * @throws SmtpError at stage `connect` or `login`
   */
  static async open(
    peer: MailPeer,
    timeouts: SmtpTimeouts,
    signal?: AbortSignal,
  ): Promise<SmtpLink> {
    const connection = await greeted(peer, timeouts, signal);
    const link = new SmtpLink(connection, readSmtpExtensions(lastReply(connection)));
    const giveUp = () => link.close();
    signal?.addEventListener('abort', giveUp);
    try {
      await link.#login(peer);
      return link;
    } catch (error) {
      link.close();
      throw error;
    } finally {
      signal?.removeEventListener('abort', giveUp);
    }
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /**
   * Gives one message to the server, and waits for its answer.
   * @returns the server's reply
   * @throws SmtpError; at stage `dot` without a reply nobody knows whether it was taken
   */
  async send(envelope: SmtpEnvelope, raw: Buffer): Promise<string> {
    const message = Readable.from(chunksOf(raw));
    let given = false;
    message.once('end', () => {
      given = true;
    });
    try {
      return await this.#settled<string>((settle) => {
        this.#connection.send(envelopeOptions(envelope, raw.length), message, (error, info) =>
          settle(error, info?.response ?? ''),
        );
      });
    } catch (error) {
      throw SmtpError.from(error, given ? 'dot' : 'data');
    }
  }

  /** Asks whether this sender may send, and takes it back. @throws SmtpError at stage `sender` */
  async probeSender(from: string): Promise<void> {
    try {
      await this.#settled<void>((settle) =>
        this.#connection.login({ method: probeMethod, options: { from } }, (error) =>
          settle(error, undefined),
        ),
      );
    } catch (error) {
      throw new SmtpError({ ...faultOf(SmtpError.from(error, 'sender')), stage: 'sender' });
    }
  }

  /** Says goodbye when nothing is under way. */
  quit(): void {
    if (this.#isOpen) this.#connection.quit();
    this.#isOpen = false;
  }

  close(): void {
    this.#isOpen = false;
    this.#connection.close();
    this.#onFault(new Error('closed'));
  }

  async #login(peer: MailPeer): Promise<void> {
    if (peer.user === '') return;
    try {
      await this.#settled<void>((settle) =>
        this.#connection.login({ credentials: { user: peer.user, pass: peer.password } }, (error) =>
          settle(error, undefined),
        ),
      );
    } catch (error) {
      throw SmtpError.from(error, 'login');
    }
  }

  /** The library answers some faults by an event alone. */
  #settled<Value>(
    start: (settle: (error: Error | null | undefined, value: Value) => void) => void,
  ): Promise<Value> {
    return new Promise((resolve, reject) => {
      this.#onFault = reject;
      start((error, value) => {
        if (error) reject(error);
        else resolve(value);
      });
    });
  }
}

async function greeted(
  peer: MailPeer,
  timeouts: SmtpTimeouts,
  signal: AbortSignal | undefined,
): Promise<SmtpConnection> {
  let socket: Awaited<ReturnType<typeof dial>>;
  try {
    socket = await dial(peer.host, peer.port, timeouts.connectMs);
  } catch (error) {
    throw SmtpError.from(error, 'connect');
  }
  const connection = new SmtpConnection({
    host: peer.host,
    port: peer.port,
    connection: socket,
    secure: peer.security === 'implicit',
    requireTLS: peer.security === 'starttls',
    ignoreTLS: peer.security === 'none',
    tls: peer.tls,
    // the name of this machine is nobody's business; what stands here is only a greeting
    name: '[127.0.0.1]',
    connectionTimeout: timeouts.connectMs,
    greetingTimeout: timeouts.connectMs,
    socketTimeout: timeouts.answerMs,
    maxResponseSize: 64 * 1024,
    customAuth: { [probeMethod]: probeSender },
    logger: false,
  });
  let giveUp: () => void = () => undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      connection.once('error', reject);
      if (signal?.aborted) reject(new Error('closed'));
      giveUp = () => reject(new Error('closed'));
      signal?.addEventListener('abort', giveUp);
      connection.connect((error) => (error ? reject(error) : resolve()));
    });
    return connection;
  } catch (error) {
    connection.on('error', () => undefined);
    connection.close();
    throw SmtpError.from(error, 'connect');
  } finally {
    signal?.removeEventListener('abort', giveUp);
  }
}

function lastReply(connection: SmtpConnection): string {
  // the library's types have it as a string alone
  const reply: unknown = connection.lastServerResponse;
  return typeof reply === 'string' ? reply : '';
}

function envelopeOptions({ from, to, dsn }: SmtpEnvelope, size: number) {
  return {
    from,
    to: [to],
    size,
    ...(dsn === null
      ? {}
      : {
          dsn: {
            ret: 'HDRS' as const,
            envid: dsn.envelopeId,
            notify: ['SUCCESS', 'FAILURE', 'DELAY'] as ('SUCCESS' | 'FAILURE' | 'DELAY')[],
            orcpt: `rfc822;${to}`,
          },
        }),
  };
}

/** In pieces, so that the end of the stream is near the moment when the server has it. */
function* chunksOf(raw: Buffer): Generator<Buffer> {
  for (let at = 0; at < raw.length; at += CHUNK_BYTES) yield raw.subarray(at, at + CHUNK_BYTES);
}

interface ProbeContext {
  auth: { options?: Record<string, unknown> | undefined };
  sendCommand(command: string): Promise<{ status: number; response: string }>;
}

async function probeSender({ auth, sendCommand }: ProbeContext): Promise<void> {
  const { status, response } = await sendCommand(`MAIL FROM:<${String(auth.options?.from)}>`);
  if (status < 200 || status > 299) throw new Error(response);
  await sendCommand('RSET');
}

function faultOf({ stage, reply, code, message }: SmtpError) {
  return { stage, reply, code, message };
}
