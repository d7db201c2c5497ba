import type { Socket } from 'node:net';
import type { Clock } from '#shared/util/index.ts';
import { commandStatus } from './command-status.ts';
import {
  decodePdu,
  encodePdu,
  headerBytes,
  isAnswer,
  maxPduBytes,
  type Pdu,
  type PduFields,
  type PduTlvs,
} from './pdu.ts';

/** What became of a request. */
export type Answer =
  | { kind: 'answered'; pdu: Pdu }
  /** not one octet of it was handed to the network */
  | { kind: 'notWritten' }
  /** it may have arrived: no answer in time, or the connection ended */
  | { kind: 'noAnswer' };

export interface WireEnd {
  cause: 'closedByPeer' | 'closedByUs' | 'socketError' | 'badFrame';
  /** of the socket or of what could not be read; null when there is nothing to say */
  detail: string | null;
}

export interface WireParts {
  /** connected; the wire owns it from now on */
  socket: Socket;
  clock: Clock;
  /** a request of the other end, to be answered with `reply`; without a generic_nack, which comes as an answer */
  onRequest(pdu: Pdu): void;
  /** once; no request comes after it */
  onEnd(end: WireEnd): void;
}

export interface RequestOptions {
  withinMs: number;
  fields?: PduFields;
  tlvs?: PduTlvs;
  /** an answer in time, at once: before anything that came behind it is read */
  onAnswer?: (pdu: Pdu) => void;
  /** an answer that came after `noAnswer` was told, while the connection still stood */
  onLateAnswer?: (pdu: Pdu) => void;
}

interface Pending {
  settle(answer: Answer): void;
  onLateAnswer: ((pdu: Pdu) => void) | undefined;
  settled: boolean;
}

interface Unsent {
  command: string;
  options: RequestOptions;
  settle(answer: Answer): void;
}

/** Sequence numbers go from 1 to this and begin anew (SMPP 3.4 §3.2). */
const lastSequence = 0x7fffffff;
/** Of requests without an answer that are remembered for a late one. */
const maxLate = 2_000;

/**
 * PDUs over one connection: frames, sequence numbers, answers matched to requests. Both ends use it. A request is written
 * only while the socket takes it, so that what waits is certainly not sent when the connection ends.
 */
export class SmppWire {
  #parts: WireParts;
  #received: Buffer[] = [];
  #receivedBytes = 0;
  #pending = new Map<number, Pending>();
  #late: number[] = [];
  #unsent: Unsent[] = [];
  #sequence: number;
  #ended = false;
  #corked = false;
  #endedByUs = false;
  #lastReceivedAtMs: number;

  /** @param sequence of the last request; only tests begin elsewhere than at 0 */
  constructor(parts: WireParts, sequence = 0) {
    this.#parts = parts;
    this.#sequence = sequence;
    this.#lastReceivedAtMs = parts.clock.monotonic();
    const { socket } = parts;
    socket.setNoDelay(true);
    socket.on('data', (bytes: Buffer) => this.#receive(bytes));
    socket.on('drain', () => this.#writeUnsent());
    socket.on('error', (error) => this.#end({ cause: 'socketError', detail: error.message }));
    socket.on('close', () =>
      this.#end({ cause: this.#endedByUs ? 'closedByUs' : 'closedByPeer', detail: null }),
    );
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** on the monotonic clock */
  get lastReceivedAtMs(): number {
    return this.#lastReceivedAtMs;
  }

  /** Never rejects. */
  request(command: string, options: RequestOptions): Promise<Answer> {
    const { socket } = this.#parts;
    if (this.#ended || this.#endedByUs || !socket.writable) {
      return Promise.resolve({ kind: 'notWritten' });
    }
    return new Promise((resolve) => {
      if (this.#unsent.length === 0 && !socket.writableNeedDrain) {
        this.#write(command, options, resolve);
      } else {
        this.#keep({ command, options, settle: resolve });
      }
    });
  }

  /** A refusal has a status and no fields. */
  reply(to: Pdu, status: number = commandStatus.ok, fields: PduFields = {}): void {
    if (this.#ended) return;
    const command = to.command === 'unknown' ? 'generic_nack' : `${to.command}_resp`;
    this.#send(encodePdu(command, to.sequence, { status, fields }));
  }

  /** Nothing more is read until `resume`; the other end is slowed down by TCP. */
  pause(): void {
    this.#parts.socket.pause();
  }

  resume(): void {
    this.#parts.socket.resume();
  }

  /** Lets go of what is written, then ends; requests under way get no answer. */
  end(): void {
    this.#endedByUs = true;
    this.#parts.socket.destroySoon();
  }

  /** Ends at once. */
  destroy(): void {
    this.#endedByUs = true;
    this.#parts.socket.destroy();
    this.#end({ cause: 'closedByUs', detail: null });
  }

  #keep(unsent: Unsent): void {
    const entry: Unsent = { ...unsent, settle: () => {} };
    const cancel = this.#parts.clock.setTimer(unsent.options.withinMs, () => {
      this.#unsent = this.#unsent.filter((other) => other !== entry);
      unsent.settle({ kind: 'notWritten' });
    });
    entry.settle = (answer) => {
      cancel();
      unsent.settle(answer);
    };
    this.#unsent.push(entry);
  }

  #writeUnsent(): void {
    const { socket } = this.#parts;
    while (!this.#ended && !socket.writableNeedDrain) {
      const next = this.#unsent.shift();
      if (next === undefined) return;
      this.#write(next.command, next.options, next.settle);
    }
  }

  #write(command: string, options: RequestOptions, settle: (answer: Answer) => void): void {
    const sequence = this.#nextSequence();
    const bytes = encodePdu(command, sequence, options);
    const cancel = this.#parts.clock.setTimer(options.withinMs, () => this.#tooLate(sequence));
    this.#pending.set(sequence, {
      settled: false,
      onLateAnswer: options.onLateAnswer,
      settle(answer) {
        cancel();
        if (answer.kind === 'answered') options.onAnswer?.(answer.pdu);
        settle(answer);
      },
    });
    this.#send(bytes);
  }

  #send(bytes: Buffer): void {
    const { socket } = this.#parts;
    if (!this.#corked) {
      this.#corked = true;
      socket.cork();
      process.nextTick(() => {
        this.#corked = false;
        socket.uncork();
      });
    }
    socket.write(bytes);
  }

  #nextSequence(): number {
    do {
      this.#sequence = this.#sequence >= lastSequence ? 1 : this.#sequence + 1;
    } while (this.#pending.has(this.#sequence));
    return this.#sequence;
  }

  #tooLate(sequence: number): void {
    const pending = this.#pending.get(sequence);
    if (pending === undefined) return;
    pending.settled = true;
    pending.settle({ kind: 'noAnswer' });
    this.#late.push(sequence);
    const forgotten = this.#late.length > maxLate ? this.#late.shift() : undefined;
    if (forgotten !== undefined) this.#pending.delete(forgotten);
  }

  #receive(bytes: Buffer): void {
    this.#lastReceivedAtMs = this.#parts.clock.monotonic();
    this.#received.push(bytes);
    this.#receivedBytes += bytes.length;
    try {
      this.#takeFrames();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#parts.socket.destroy();
      this.#end({ cause: 'badFrame', detail: error.message });
    }
  }

  #takeFrames(): void {
    if (this.#receivedBytes < headerBytes) return;
    let bytes = this.#received.length === 1 ? this.#received[0] : Buffer.concat(this.#received);
    while (bytes !== undefined && bytes.length >= headerBytes && !this.#ended) {
      const length = bytes.readUInt32BE(0);
      if (length < headerBytes || length > maxPduBytes) {
        throw new RangeError(`a PDU of ${length} octets`);
      }
      if (bytes.length < length) break;
      const frame = bytes.subarray(0, length);
      bytes = bytes.subarray(length);
      this.#take(decodePdu(frame));
    }
    this.#received = bytes === undefined || bytes.length === 0 ? [] : [bytes];
    this.#receivedBytes = bytes?.length ?? 0;
  }

  #take(pdu: Pdu): void {
    if (!isAnswer(pdu)) return this.#parts.onRequest(pdu);
    const pending = this.#pending.get(pdu.sequence);
    if (pending === undefined) return;
    this.#pending.delete(pdu.sequence);
    if (!pending.settled) return pending.settle({ kind: 'answered', pdu });
    this.#late = this.#late.filter((sequence) => sequence !== pdu.sequence);
    pending.onLateAnswer?.(pdu);
  }

  #end(end: WireEnd): void {
    if (this.#ended) return;
    this.#ended = true;
    const unsent = this.#unsent.splice(0);
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { settle } of unsent) settle({ kind: 'notWritten' });
    for (const { settle, settled } of pending) if (!settled) settle({ kind: 'noAnswer' });
    this.#parts.onEnd(end);
  }
}
