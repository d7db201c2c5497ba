import type { Clock } from '#shared/util/index.ts';
import { cseqOf, header, parseVia, type SipRequest, type SipResponse } from '../message/index.ts';
import type { DatagramSource } from './datagram-port.ts';
import { T1_MS, T2_MS, TRANSACTION_TIMEOUT_MS } from './timers.ts';

export interface ClientTransactionsWire {
  clock: Clock;
  /** puts a text on the network; rejects when the system refuses it, losses are ours to repair */
  transmit(text: string, to: DatagramSource): Promise<void>;
  /** sends once more; nobody waits for it */
  retransmit(text: string, to: DatagramSource): void;
}

/** What to do with a response: `pass` it to sip.js, or it was dealt with here. */
export type ResponseVerdict = 'pass' | 'absorbed' | 'unknown';

interface ClientRecord {
  text: string;
  request: SipRequest;
  destination: DatagramSource;
  invite: boolean;
  /** calling and proceeding repeat; completed only answers repeats */
  phase: 'calling' | 'proceeding' | 'completed';
  ackText: string | null;
  onResponse: ((response: SipResponse) => void) | null;
  stopRepeat: () => void;
  stopForget: () => void;
}

/**
 * The sending half of what sip.js leaves out on UDP: timers A and E (repeat until answered), and the ACK to a non-2xx
 * final that is repeated although sip.js has already forgotten the transaction (its timer D is zero).
 *
 *   calling ──1xx──> proceeding ──final──> completed ──32 s──> (forgotten)
 *      └──────────────final────────────────────^
 *
 * @see RFC 3261 §17.1.1.2, §17.1.2.2
 */
export class ClientTransactions {
  readonly #wire: ClientTransactionsWire;
  readonly #records = new Map<string, ClientRecord>();

  constructor(wire: ClientTransactionsWire) {
    this.#wire = wire;
  }

  /**
   * Sends a request and repeats it until something answers. Rejects, and forgets it, when the system refuses it.
   * @param onResponse for requests that are not sip.js's: responses go there and nowhere else
   */
  start(
    request: SipRequest,
    text: string,
    destination: DatagramSource,
    onResponse: ((response: SipResponse) => void) | null = null,
  ): Promise<void> {
    const record = this.#add(request, text, destination, onResponse);
    this.#repeatAfter(record, T1_MS, TRANSACTION_TIMEOUT_MS - T1_MS);
    return this.#wire.transmit(text, destination).catch((error: unknown) => {
      this.#forget(record);
      throw error;
    });
  }

  /** Listens for answers to an INVITE that an earlier run sent; sends nothing. */
  adopt(
    request: SipRequest,
    text: string,
    destination: DatagramSource,
    onResponse: (response: SipResponse) => void,
  ): void {
    this.#add(request, text, destination, onResponse);
  }

  /** Where the INVITE of this branch went: its CANCEL and its ACK must follow it. */
  destinationOf(branch: string, method: string): DatagramSource | null {
    return this.#records.get(keyOf(branch, method))?.destination ?? null;
  }

  requestOf(branch: string, method: string): SipRequest | null {
    return this.#records.get(keyOf(branch, method))?.request ?? null;
  }

  /** Remembers sip.js's ACK to a non-2xx final, to send it again with every repeat of that final. */
  rememberAck(branch: string, ackText: string): void {
    const record = this.#records.get(keyOf(branch, 'INVITE'));
    if (record) record.ackText = ackText;
  }

  receive(response: SipResponse): ResponseVerdict {
    const record = this.#records.get(responseKey(response));
    if (!record) return 'unknown';
    const repeated = record.phase === 'completed';
    if (response.status < 200) this.#onProvisional(record);
    else if (!repeated) this.#onFinal(record);
    if (record.onResponse) {
      record.onResponse(response);
      return 'absorbed';
    }
    if (!repeated || (record.invite && response.status < 300)) return 'pass';
    if (record.invite && record.ackText && response.status >= 300) {
      this.#wire.retransmit(record.ackText, record.destination);
    }
    return 'absorbed';
  }

  /** Stops repeating and forgets at once. */
  drop(branch: string, method: string): void {
    const record = this.#records.get(keyOf(branch, method));
    if (record) this.#forget(record);
  }

  dispose(): void {
    for (const record of this.#records.values()) {
      record.stopRepeat();
      record.stopForget();
    }
    this.#records.clear();
  }

  #add(
    request: SipRequest,
    text: string,
    destination: DatagramSource,
    onResponse: ((response: SipResponse) => void) | null,
  ): ClientRecord {
    const key = requestKey(request);
    const record: ClientRecord = {
      text,
      request,
      destination,
      invite: request.method === 'INVITE',
      phase: 'calling',
      ackText: null,
      onResponse,
      stopRepeat: () => {},
      stopForget: () => {},
    };
    this.#records.set(key, record);
    // An unanswered INVITE may ring for minutes after its 100; anything else is over after timer F.
    this.#forgetAfter(record, TRANSACTION_TIMEOUT_MS * 2);
    return record;
  }

  #onProvisional(record: ClientRecord): void {
    if (record.phase !== 'calling') return;
    record.phase = 'proceeding';
    if (!record.invite) return;
    record.stopRepeat();
    record.stopForget();
  }

  #onFinal(record: ClientRecord): void {
    record.phase = 'completed';
    record.stopRepeat();
    this.#forgetAfter(record, TRANSACTION_TIMEOUT_MS);
  }

  #repeatAfter(record: ClientRecord, delayMs: number, remainingMs: number): void {
    if (remainingMs <= 0) return;
    record.stopRepeat = this.#wire.clock.setTimer(delayMs, () => {
      this.#wire.retransmit(record.text, record.destination);
      const next = record.invite
        ? delayMs * 2
        : record.phase === 'proceeding'
          ? T2_MS
          : Math.min(delayMs * 2, T2_MS);
      this.#repeatAfter(record, next, remainingMs - next);
    });
  }

  #forgetAfter(record: ClientRecord, delayMs: number): void {
    record.stopForget();
    record.stopForget = this.#wire.clock.setTimer(delayMs, () => this.#forget(record));
  }

  #forget(record: ClientRecord): void {
    record.stopRepeat();
    record.stopForget();
    const key = requestKey(record.request);
    if (this.#records.get(key) === record) this.#records.delete(key);
  }
}

function keyOf(branch: string, method: string): string {
  return `${method} ${branch}`;
}

function requestKey(request: SipRequest): string {
  return keyOf(parseVia(header(request, 'Via') ?? '')?.branch ?? '', request.method);
}

function responseKey(response: SipResponse): string {
  const branch = parseVia(header(response, 'Via') ?? '')?.branch ?? '';
  return keyOf(branch, cseqOf(response)?.method ?? '');
}
