import {
  header,
  headers,
  makeReply,
  newBranch,
  parseMessage,
  type SipMessage,
  type SipRequest,
  type SipResponse,
  serialise,
} from '../telephony/sip/message/index.ts';
import type { SipSocket } from '../telephony/sip/types.ts';

/**
 * A peer without any logic of its own: a test reads what arrived and says byte for byte what goes back. For what a well
 * behaved endpoint would never send.
 */
export class ScriptedPeer {
  readonly received: SipMessage[] = [];
  /** raw, with keep-alives */
  readonly packets: string[] = [];
  /** answers at once when set; return null to stay silent */
  respond: (request: SipRequest) => SipResponse | null = () => null;
  readonly #socket: SipSocket;
  readonly #to: { host: string; port: number };

  constructor(socket: SipSocket, to: { host: string; port: number }) {
    this.#socket = socket;
    this.#to = to;
    socket.onPacket = (bytes) => this.#onPacket(bytes);
  }

  requests(method: string): SipRequest[] {
    return this.received.filter(
      (message): message is SipRequest => message.kind === 'request' && message.method === method,
    );
  }

  responses(status: number): SipResponse[] {
    return this.received.filter(
      (message): message is SipResponse => message.kind === 'response' && message.status === status,
    );
  }

  /** The newest request of this method; fails the test when there is none. */
  last(method: string): SipRequest {
    const request = this.requests(method).at(-1);
    if (!request) throw new Error(`no ${method} arrived`);
    return request;
  }

  send(message: SipMessage | string): void {
    const text = typeof message === 'string' ? message : serialise(message);
    this.#socket.send(Buffer.from(text, 'utf8'), this.#to.host, this.#to.port);
  }

  #onPacket(bytes: Uint8Array): void {
    this.packets.push(Buffer.from(bytes).toString('utf8'));
    const parsed = parseMessage(bytes);
    if (!parsed.ok) return;
    this.received.push(parsed.message);
    if (parsed.message.kind !== 'request') return;
    const response = this.respond(parsed.message);
    if (response) this.send(response);
  }
}

export interface PeerReply {
  toTag?: string;
  contact?: string | null;
  sdp?: string;
  extraHeaders?: { name: string; value: string }[];
}

/** A response as a carrier would write it: tag `bob`, its Contact, and SDP when given. */
export function peerReply(
  request: SipRequest,
  status: number,
  options: PeerReply = {},
): SipResponse {
  const contact = options.contact === undefined ? '<sip:bob@10.0.0.2:5060>' : options.contact;
  return makeReply(request, {
    status,
    reasonPhrase: 'Scripted',
    toTag: options.toTag ?? 'bob',
    extraHeaders: [
      ...(contact === null ? [] : [{ name: 'Contact', value: contact }]),
      ...(options.sdp ? [{ name: 'Content-Type', value: 'application/sdp' }] : []),
      ...(options.extraHeaders ?? []),
    ],
    body: options.sdp ?? '',
  });
}

/** A request of the peer's inside the dialog that our INVITE opened. */
export function peerRequest(
  invite: SipRequest,
  method: string,
  cseq: number,
  extra: { headers?: { name: string; value: string }[]; body?: string; toTag?: string } = {},
): SipRequest {
  return {
    kind: 'request',
    method,
    requestUri: /<(.*)>/.exec(header(invite, 'Contact') ?? '')?.[1] ?? 'sip:firm@10.0.0.1',
    headers: [
      { name: 'Via', value: `SIP/2.0/UDP 10.0.0.2:5060;branch=${newBranch()};rport` },
      { name: 'Max-Forwards', value: '70' },
      { name: 'From', value: `${header(invite, 'To') ?? ''};tag=${extra.toTag ?? 'bob'}` },
      { name: 'To', value: header(invite, 'From') ?? '' },
      { name: 'Call-ID', value: header(invite, 'Call-ID') ?? '' },
      { name: 'CSeq', value: `${cseq} ${method}` },
      { name: 'Contact', value: '<sip:bob@10.0.0.2:5060>' },
      ...(extra.headers ?? []),
    ],
    body: extra.body ?? '',
  };
}

/** A request outside any dialog. */
export function freshRequest(
  method: string,
  requestUri: string,
  extra: { headers?: { name: string; value: string }[]; body?: string; without?: string[] } = {},
): SipRequest {
  const branch = newBranch();
  const all = [
    { name: 'Via', value: `SIP/2.0/UDP 10.0.0.2:5060;branch=${branch};rport` },
    { name: 'Max-Forwards', value: '70' },
    { name: 'From', value: '<sip:+48600000001@carrier.example>;tag=t1' },
    { name: 'To', value: `<${requestUri}>` },
    { name: 'Call-ID', value: `call-${branch}` },
    { name: 'CSeq', value: `1 ${method}` },
    { name: 'Contact', value: '<sip:bob@10.0.0.2:5060>' },
    ...(extra.headers ?? []),
  ];
  const kept = all.filter((item) => !extra.without?.includes(item.name));
  return { kind: 'request', method, requestUri, headers: kept, body: extra.body ?? '' };
}

export { header, headers };
