import type { Clock, Random } from '#shared/util/index.ts';
import type { SipSocket } from '../../telephony/sip/index.ts';
import { drawMs, type Impairment } from '../scenario/index.ts';

/**
 * How a bad network treats one packet: the delays after which copies of it arrive, none when it is lost. Also used
 * for RTP.
 */
export function fateOf(impairment: Impairment, random: Random): number[] {
  if (random.next() * 100 < impairment.lossPercent) return [];
  const copies = random.next() * 100 < impairment.duplicatePercent ? 2 : 1;
  return Array.from({ length: copies }, () => drawMs(impairment.delayMs, random));
}

/** Runs `deliver` for each copy, at once when there is no delay, so that a good network keeps the order. */
export function passThrough(
  impairment: Impairment,
  random: Random,
  clock: Clock,
  deliver: () => void,
): void {
  for (const delayMs of fateOf(impairment, random)) {
    if (delayMs === 0) deliver();
    else clock.setTimer(delayMs, deliver);
  }
}

export interface ImpairedSocketOptions {
  inner: SipSocket;
  impairment: Impairment;
  random: Random;
  clock: Clock;
}

/** Loses, repeats and delays SIP packets in both directions; `setUp(false)` is a carrier that has gone away. */
export class ImpairedSocket implements SipSocket {
  onPacket: SipSocket['onPacket'] = null;
  readonly #options: ImpairedSocketOptions;
  #up = true;

  constructor(options: ImpairedSocketOptions) {
    this.#options = options;
    options.inner.onPacket = (packet, from) => {
      this.#pass(() => this.onPacket?.(packet, from));
    };
  }

  get localHost(): string {
    return this.#options.inner.localHost;
  }

  get localPort(): number {
    return this.#options.inner.localPort;
  }

  setUp(up: boolean): void {
    this.#up = up;
  }

  send(packet: Uint8Array, host: string, port: number): void {
    this.#pass(() => this.#options.inner.send(packet, host, port));
  }

  close(): Promise<void> {
    return this.#options.inner.close();
  }

  #pass(deliver: () => void): void {
    const { impairment, random, clock } = this.#options;
    passThrough(impairment, random, clock, () => {
      if (this.#up) deliver();
    });
  }
}
