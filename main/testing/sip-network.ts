import type { Clock } from '#shared/util/index.ts';
import type { SipSocket } from '../telephony/sip/types.ts';

export interface SipPacket {
  from: { host: string; port: number };
  to: { host: string; port: number };
  text: string;
  atMs: number;
  /** start line: `INVITE sip:…` or `SIP/2.0 200 OK` */
  startLine: string;
  /** method of the request, or of the request that the response answers */
  method: string;
  /** null for a request */
  status: number | null;
}

/** What the network does with one packet; absent: delivers it after 1 ms. */
export type NetworkFault = (
  packet: SipPacket,
) => { drop?: true; delayMs?: number; copies?: number } | undefined;

const LATENCY_MS = 1;

/**
 * UDP sockets linked in memory, with a network between that may drop, delay (and so reorder) and duplicate. Every packet
 * that was handed to it is in `sent`, also the dropped ones.
 */
export class SipNetwork {
  readonly sent: SipPacket[] = [];
  readonly dropped: SipPacket[] = [];
  fault: NetworkFault = () => undefined;
  readonly #clock: Clock;
  readonly #sockets = new Map<string, SipSocket>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  socket(host: string, port = 5060): SipSocket {
    const socket: SipSocket = {
      localHost: host,
      localPort: port,
      onPacket: null,
      send: (bytes, toHost, toPort) =>
        this.#carry({ host, port }, { host: toHost, port: toPort }, bytes),
      close: async () => void this.#sockets.delete(`${host}:${port}`),
    };
    this.#sockets.set(`${host}:${port}`, socket);
    return socket;
  }

  /** Puts raw bytes on the network as if `from` had sent them. */
  inject(
    from: { host: string; port: number },
    to: { host: string; port: number },
    bytes: Uint8Array | string,
  ): void {
    this.#carry(from, to, typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
  }

  /** Packets whose start line begins so. */
  of(startLine: string): SipPacket[] {
    return this.sent.filter((packet) => packet.startLine.startsWith(startLine));
  }

  #carry(from: SipPacket['from'], to: SipPacket['to'], bytes: Uint8Array): void {
    const packet = describe(from, to, Buffer.from(bytes).toString('utf8'), this.#clock.monotonic());
    this.sent.push(packet);
    const fault = this.fault(packet);
    if (fault?.drop) {
      this.dropped.push(packet);
      return;
    }
    for (let copy = 0; copy < (fault?.copies ?? 1); copy += 1) {
      this.#clock.setTimer((fault?.delayMs ?? LATENCY_MS) + copy, () => {
        this.#sockets.get(`${to.host}:${to.port}`)?.onPacket?.(Uint8Array.from(bytes), from);
      });
    }
  }
}

function describe(
  from: SipPacket['from'],
  to: SipPacket['to'],
  text: string,
  atMs: number,
): SipPacket {
  const startLine = text.slice(0, text.indexOf('\r\n'));
  const status = /^SIP\/2\.0 (\d{3})/.exec(startLine)?.[1];
  return {
    from,
    to,
    text,
    atMs,
    startLine,
    method: /^CSeq:\s*\d+\s+(\S+)/im.exec(text)?.[1] ?? '',
    status: status === undefined ? null : Number(status),
  };
}
