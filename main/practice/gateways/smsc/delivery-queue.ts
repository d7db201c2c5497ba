import type { Clock } from '#shared/util/index.ts';
import {
  commandStatus,
  type PduFields,
  type PduTlvs,
  type SmppWire,
} from '../../../channels/sms/smpp/index.ts';

export interface Delivery {
  systemId: string | null;
  fields: PduFields;
  tlvs: PduTlvs;
  done(): void;
}

/** An ESME that takes deliveries. */
export interface Receiving {
  systemId: string;
  wire: SmppWire;
  underWay: number;
}

const window = 100;
const againAfterMs = 500;

/** What is to be delivered, offered again until it is acknowledged, by whichever bind of the login is there. */
export class DeliveryQueue {
  #clock: Clock;
  #withinMs: number;
  #waiting: Delivery[] = [];
  #receiving = new Set<Receiving>();
  #unacknowledged = 0;
  #stopped = false;

  constructor(clock: Clock, withinMs: number) {
    this.#clock = clock;
    this.#withinMs = withinMs;
  }

  get unacknowledged(): number {
    return this.#unacknowledged;
  }

  add(delivery: Delivery): void {
    this.#unacknowledged += 1;
    this.#waiting.push(delivery);
    this.#offer();
  }

  bound(receiving: Receiving): void {
    this.#receiving.add(receiving);
    this.#offer();
  }

  gone(receiving: Receiving): void {
    this.#receiving.delete(receiving);
  }

  stop(): void {
    this.#stopped = true;
    this.#waiting = [];
  }

  #offer(): void {
    const left: Delivery[] = [];
    for (const delivery of this.#waiting) {
      const receiving = this.#freeFor(delivery);
      if (receiving === undefined) left.push(delivery);
      else void this.#deliver(delivery, receiving);
    }
    this.#waiting = left;
  }

  #freeFor({ systemId }: Delivery): Receiving | undefined {
    for (const receiving of this.#receiving) {
      if (receiving.underWay >= window) continue;
      if (systemId === null || systemId === receiving.systemId) return receiving;
    }
    return undefined;
  }

  async #deliver(delivery: Delivery, receiving: Receiving): Promise<void> {
    receiving.underWay += 1;
    const { fields, tlvs } = delivery;
    const answer = await receiving.wire.request('deliver_sm', {
      withinMs: this.#withinMs,
      fields,
      tlvs,
    });
    receiving.underWay -= 1;
    if (answer.kind === 'answered' && answer.pdu.status === commandStatus.ok) {
      this.#unacknowledged -= 1;
      delivery.done();
      if (this.#waiting.length > 0) this.#offer();
      return;
    }
    this.#again(delivery);
  }

  #again(delivery: Delivery): void {
    this.#clock.setTimer(againAfterMs, () => {
      if (this.#stopped) return;
      this.#waiting.push(delivery);
      this.#offer();
    });
  }
}
