import type { Clock } from '#shared/util/index.ts';
import {
  cseqOf,
  header,
  parseVia,
  type SipMessage,
  type SipRequest,
  type SipResponse,
} from '../message/index.ts';
import type { DatagramSource } from './datagram-port.ts';
import { T1_MS, T2_MS, TRANSACTION_TIMEOUT_MS } from './timers.ts';

export interface ServerTransactionsWire {
  clock: Clock;
  /** sends once more; nobody waits for it */
  retransmit(text: string, to: DatagramSource): void;
  onRepeatAnswered(): void;
}

interface ServerRecord {
  request: SipRequest;
  source: DatagramSource;
  lastResponse: string | null;
  finalStatus: number | null;
  stopRepeat: () => void;
  stopForget: () => void;
}

/** A request that never gets an answer from above is forgotten after this. */
const UNANSWERED_MS = 10 * 60_000;
/** Beyond this the oldest are forgotten: a flood must not fill the memory. */
const MAX_RECORDS = 20_000;

/**
 * The receiving half of what sip.js leaves out on UDP: a repeated request is answered again for 32 s instead of running
 * into 481 (sip.js's timers I and J are zero), and a non-2xx final to INVITE is repeated until its ACK (timer G). The
 * repeats of a 2xx are sip.js's own.
 * @see RFC 3261 §17.2.1, §17.2.2, §17.2.3
 */
export class ServerTransactions {
  readonly #wire: ServerTransactionsWire;
  readonly #records = new Map<string, ServerRecord>();

  constructor(wire: ServerTransactionsWire) {
    this.#wire = wire;
  }

  /** True when the request is new and goes up; a repeat has been answered, or its answer is still being made. */
  receive(request: SipRequest, source: DatagramSource): boolean {
    if (request.method === 'ACK') {
      this.#records.get(keyOf(request, 'INVITE'))?.stopRepeat();
      return true;
    }
    const key = keyOf(request, request.method);
    const known = this.#records.get(key);
    if (!known) {
      this.#add(key, request, source);
      return true;
    }
    if (known.lastResponse !== null) {
      this.#wire.onRepeatAnswered();
      this.#wire.retransmit(known.lastResponse, known.source);
    }
    return false;
  }

  /** What is being answered, and where the answer goes: to where the request came from (RFC 3581 §4). */
  requestOf(response: SipMessage): { request: SipRequest; source: DatagramSource } | null {
    return this.#records.get(responseKey(response)) ?? null;
  }

  /**
   * Remembers what was answered, and repeats a refusal of an INVITE until its ACK.
   * @returns true when this final had been sent before: sip.js repeats its 2xx itself
   */
  answered(response: SipResponse, text: string): boolean {
    const record = this.#records.get(responseKey(response));
    if (!record) return false;
    record.lastResponse = text;
    if (response.status < 200) return false;
    if (record.finalStatus !== null) return true;
    record.finalStatus = response.status;
    this.#forgetAfter(responseKey(response), record, TRANSACTION_TIMEOUT_MS);
    const refusal = response.status >= 300 && cseqOf(response)?.method === 'INVITE';
    if (refusal) this.#repeatAfter(record, T1_MS, TRANSACTION_TIMEOUT_MS - T1_MS);
    return false;
  }

  dispose(): void {
    for (const record of this.#records.values()) {
      record.stopRepeat();
      record.stopForget();
    }
    this.#records.clear();
  }

  #add(key: string, request: SipRequest, source: DatagramSource): void {
    if (this.#records.size >= MAX_RECORDS) this.#forgetOldest();
    const record: ServerRecord = {
      request,
      source,
      lastResponse: null,
      finalStatus: null,
      stopRepeat: () => {},
      stopForget: () => {},
    };
    this.#records.set(key, record);
    this.#forgetAfter(key, record, UNANSWERED_MS);
  }

  #forgetOldest(): void {
    for (const [key, record] of this.#records) {
      record.stopRepeat();
      record.stopForget();
      this.#records.delete(key);
      return;
    }
  }

  #repeatAfter(record: ServerRecord, delayMs: number, remainingMs: number): void {
    if (remainingMs <= 0) return;
    record.stopRepeat = this.#wire.clock.setTimer(delayMs, () => {
      if (record.lastResponse !== null) {
        this.#wire.retransmit(record.lastResponse, record.source);
      }
      const next = Math.min(delayMs * 2, T2_MS);
      this.#repeatAfter(record, next, remainingMs - next);
    });
  }

  #forgetAfter(key: string, record: ServerRecord, delayMs: number): void {
    record.stopForget();
    record.stopForget = this.#wire.clock.setTimer(delayMs, () => {
      record.stopRepeat();
      if (this.#records.get(key) === record) this.#records.delete(key);
    });
  }
}

/** Top Via only: proxies on the way may repeat a request with other Vias below it. */
function keyOf(message: SipMessage, method: string): string {
  const via = parseVia(header(message, 'Via') ?? '');
  return `${method} ${via?.branch ?? ''} ${via?.sentBy ?? ''}`;
}

function responseKey(response: SipMessage): string {
  return keyOf(response, cseqOf(response)?.method ?? '');
}
