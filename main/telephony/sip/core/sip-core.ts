import {
  Dialog,
  DigestAuthentication,
  type IncomingRequestMessage,
  type IncomingResponseMessage,
  type Logger,
  NonInviteServerTransaction,
  Parser,
  type Transport,
  URI,
  UserAgentCore,
  type UserAgentCoreDelegate,
  UserAgentServer,
} from 'sip.js/lib/core/index.js';
import { quietLog } from './quiet-log.ts';
import { installSecureBranches } from './secure-branches.ts';

export interface SipCoreOptions {
  transport: Transport;
  /** host, or host and port, as it stands in Via */
  viaHost: string;
  contactUri: string;
  userAgent: string;
  credentials: { user: string; password: string } | null;
}

/** Answers an UPDATE inside a dialog. */
export type UpdateHandler = (update: UserAgentServer) => void;

const ANY_USER = 'dialdesk';

/**
 * sip.js's core (transactions, dialogs, digest) without its application layer, with two gaps closed:
 * every Request-URI user is ours (dialled numbers, DIDs, REGISTER with none), and UPDATE (RFC 3311) exists.
 */
export class SipCore extends UserAgentCore {
  /** by dialog id */
  readonly updateHandlers = new Map<string, UpdateHandler>();
  readonly #parserLog: Logger;

  constructor(options: SipCoreOptions, delegate: UserAgentCoreDelegate) {
    installSecureBranches();
    const log = quietLog();
    const contactText = `<${options.contactUri}>`;
    super(
      {
        aor: new URI('sip', ANY_USER, 'localhost'),
        contact: {
          uri: parseSipUri(options.contactUri),
          pubGruu: undefined,
          tempGruu: undefined,
          toString: () => contactText,
        },
        displayName: '',
        loggerFactory: log,
        hackViaTcp: false,
        routeSet: [],
        sipjsId: '',
        supportedOptionTags: ['timer'],
        supportedOptionTagsResponse: ['timer'],
        userAgentHeaderFieldValue: options.userAgent,
        viaForceRport: true,
        viaHost: options.viaHost,
        authenticationFactory: () =>
          options.credentials
            ? new DigestAuthentication(
                log,
                undefined,
                options.credentials.user,
                options.credentials.password,
              )
            : undefined,
        transportAccessor: () => options.transport,
      },
      delegate,
    );
    this.#parserLog = log.getLogger('parser');
  }

  /** Contact header's value for requests that open a dialog. */
  get contactText(): string {
    return this.configuration.contact.toString();
  }

  /** Gives a checked message's text to sip.js; false when its grammar does not take it. */
  receive(text: string): boolean {
    const message = Parser.parseMessage(text, this.#parserLog);
    if (!message) return false;
    if ('ruri' in message) this.receiveIncomingRequestFromTransport(message);
    else this.receiveIncomingResponseFromTransport(message as IncomingResponseMessage);
    return true;
  }

  override receiveIncomingRequestFromTransport(message: IncomingRequestMessage): void {
    // sip.js answers 404 unless the Request-URI's user is that of `aor` or of our Contact. It reads `aor` nowhere else.
    (this.configuration.aor as { user: string | undefined }).user = message.ruri?.user;
    if (message.method === 'UPDATE') this.#receiveUpdate(message);
    else super.receiveIncomingRequestFromTransport(message);
  }

  #receiveUpdate(message: IncomingRequestMessage): void {
    const dialog = this.dialogs.get(message.callId + message.toTag + message.fromTag);
    if (!dialog) {
      this.replyStateless(message, { statusCode: 481 });
      return;
    }
    if (!(dialog as unknown as SequenceGuard).sequenceGuard(message)) return;
    // SessionDialog answers 501 to what it does not know; the base class only counts CSeq.
    Dialog.prototype.receiveRequest.call(dialog, message);
    const update = new UserAgentServer(NonInviteServerTransaction, this, message);
    const handler = this.updateHandlers.get(dialog.id);
    if (handler) handler(update);
    else update.reject({ statusCode: 501 });
  }
}

interface SequenceGuard {
  sequenceGuard(message: IncomingRequestMessage): boolean;
}

/** @throws Error when the text is no SIP URI: ours are made by us */
export function parseSipUri(text: string): URI {
  const match = /^sip:(?:([^@]*)@)?(\[[^\]]+\]|[^:;]+)(?::(\d+))?(;.*)?$/.exec(text);
  if (!match?.[2]) throw new Error('not a SIP URI');
  const parameters: Record<string, string | null> = {};
  for (const part of (match[4] ?? '').split(';').filter(Boolean)) {
    const [name = '', value] = part.split('=');
    parameters[name] = value ?? null;
  }
  const port = match[3] === undefined ? undefined : Number(match[3]);
  return new URI('sip', match[1] ?? '', match[2], port, parameters as Record<string, string>);
}
