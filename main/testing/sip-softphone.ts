import { createHash } from 'node:crypto';
import {
  header,
  makeReply,
  newBranch,
  newToken,
  parseMessage,
  type SipMessage,
  type SipRequest,
  type SipResponse,
  serialise,
} from '../telephony/sip/message/index.ts';
import { parseDigest } from '../telephony/sip/registrar/digest-server.ts';
import type { SoftphoneGrant, SoftphoneSocket } from '../telephony/sip/registrar/types.ts';
import { ANSWER_SDP } from './sip-bench.ts';

type MessageListener = (data: unknown, isBinary: boolean) => void;

/** The engine's end of a WebSocket whose other end a test holds; delivers at once, in order. */
export class FakeSocket implements SoftphoneSocket {
  readyState = 1;
  closeCode: number | null = null;
  /** what the engine sent, raw */
  readonly sent: string[] = [];
  onSent: (text: string) => void = () => {};
  readonly #onMessage: MessageListener[] = [];
  readonly #onClose: (() => void)[] = [];

  on(event: 'message' | 'close' | 'error', listener: MessageListener | (() => void)): void {
    if (event === 'message') this.#onMessage.push(listener as MessageListener);
    if (event === 'close') this.#onClose.push(listener as () => void);
  }

  send(text: string): void {
    this.sent.push(text);
    this.onSent(text);
  }

  close(code?: number): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.closeCode = code ?? 1000;
    for (const listener of this.#onClose) listener();
  }

  /** As if the page had sent it. */
  receive(text: string): void {
    for (const listener of this.#onMessage) listener(Buffer.from(text, 'utf8'), false);
  }
}

/** A softphone as far as SIP goes: registers with digest, answers its line, hangs up. */
export class FakeSoftphone {
  readonly grant: SoftphoneGrant;
  readonly contactUri: string;
  readonly responses: SipResponse[] = [];
  readonly requests: SipRequest[] = [];
  socket: FakeSocket;
  answers = true;
  #cseq = 0;
  readonly #callId = newToken();
  readonly #tag = newToken();

  constructor(
    grant: SoftphoneGrant,
    contactUri = `sip:${newToken().slice(0, 8)}@page.invalid;transport=ws`,
  ) {
    this.grant = grant;
    this.contactUri = contactUri;
    this.socket = this.connect();
  }

  /** A fresh socket, as after a blip; the caller hands it to the registrar. */
  connect(): FakeSocket {
    this.socket = new FakeSocket();
    this.socket.onSent = (text) => this.#onSent(text);
    return this.socket;
  }

  register(overrides: { secret?: string; expires?: number; addressOfRecord?: string } = {}): void {
    this.socket.receive(serialise(this.#registerRequest(overrides, null)));
    const challenge = this.#last(401);
    if (!challenge) return;
    this.socket.receive(serialise(this.#registerRequest(overrides, challenge)));
  }

  /** Status of the last answer to a request of ours. */
  get lastStatus(): number | null {
    return this.responses.at(-1)?.status ?? null;
  }

  /** An own request outside a dialog, such as the INVITE that is refused. */
  request(method: string, extra: { name: string; value: string }[] = []): void {
    this.#cseq += 1;
    this.socket.receive(serialise(this.#base(method, 'sip:111@dialdesk.invalid', extra)));
  }

  /** BYE inside the dialog of the last INVITE that we answered. */
  bye(): void {
    const invite = this.requests.findLast((request) => request.method === 'INVITE');
    if (!invite) return;
    const from = header(invite, 'From') ?? '';
    const to = `${header(invite, 'To') ?? ''};tag=${this.#tag}`;
    this.socket.receive(
      serialise({
        kind: 'request',
        method: 'BYE',
        requestUri: /<(.*)>/.exec(header(invite, 'Contact') ?? '')?.[1] ?? '',
        headers: [
          { name: 'Via', value: `SIP/2.0/WS page.invalid;branch=${newBranch()}` },
          { name: 'From', value: to },
          { name: 'To', value: from },
          { name: 'Call-ID', value: header(invite, 'Call-ID') ?? '' },
          { name: 'CSeq', value: '7 BYE' },
        ],
        body: '',
      }),
    );
  }

  #last(status: number): SipResponse | null {
    const last = this.responses.at(-1);
    return last?.status === status ? last : null;
  }

  #registerRequest(
    overrides: { secret?: string; expires?: number; addressOfRecord?: string },
    challenge: SipResponse | null,
  ): SipRequest {
    this.#cseq += 1;
    const uri = `sip:${this.grant.realm}`;
    const extra = [
      { name: 'Contact', value: `<${this.contactUri}>;expires=${overrides.expires ?? 600}` },
    ];
    if (challenge) {
      const value = this.#authorise(challenge, uri, overrides.secret ?? this.grant.secret);
      extra.push({ name: 'Authorization', value });
    }
    const request = this.#base('REGISTER', uri, extra);
    const aor = overrides.addressOfRecord;
    if (aor === undefined) return request;
    const changed = request.headers.map((item) =>
      item.name === 'From' ? { name: 'From', value: `<${aor}>;tag=x` } : item,
    );
    return { ...request, headers: changed };
  }

  #authorise(challenge: SipResponse, uri: string, secret: string): string {
    const fields = parseDigest(header(challenge, 'WWW-Authenticate') ?? '') ?? new Map();
    const nonce = String(fields.get('nonce'));
    const { user, realm } = this.grant;
    const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
    const response = md5(
      `${md5(`${user}:${realm}:${secret}`)}:${nonce}:00000001:c0:auth:${md5(`REGISTER:${uri}`)}`,
    );
    return `Digest username="${user}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}", algorithm=MD5, qop=auth, nc=00000001, cnonce="c0"`;
  }

  #base(method: string, requestUri: string, extra: { name: string; value: string }[]): SipRequest {
    return {
      kind: 'request',
      method,
      requestUri,
      headers: [
        { name: 'Via', value: `SIP/2.0/WS page.invalid;branch=${newBranch()}` },
        { name: 'From', value: `<${this.grant.addressOfRecord}>;tag=${this.#tag}` },
        { name: 'To', value: `<${this.grant.addressOfRecord}>` },
        { name: 'Call-ID', value: this.#callId },
        { name: 'CSeq', value: `${this.#cseq} ${method}` },
        ...extra,
      ],
      body: '',
    };
  }

  #onSent(text: string): void {
    const parsed = parseMessage(Buffer.from(text));
    if (!parsed.ok) return;
    const message: SipMessage = parsed.message;
    if (message.kind === 'response') {
      this.responses.push(message);
      return;
    }
    this.requests.push(message);
    if (message.method === 'ACK' || (message.method === 'INVITE' && !this.answers)) return;
    const reply = makeReply(message, {
      status: 200,
      reasonPhrase: 'OK',
      toTag: this.#tag,
      extraHeaders: [
        { name: 'Contact', value: `<${this.contactUri}>` },
        { name: 'Content-Type', value: 'application/sdp' },
      ],
      body: message.method === 'INVITE' ? ANSWER_SDP : '',
    });
    queueMicrotask(() => this.socket.receive(serialise(reply)));
  }
}
