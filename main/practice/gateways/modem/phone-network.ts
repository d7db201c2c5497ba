import type { Clock } from '#shared/util/index.ts';
import { behaviourOf } from '../behaviour.ts';
import type { PracticeModemParts, SubmittedSms } from './modem-types.ts';
import { deliverPdus, reportPdu } from './practice-pdu.ts';

export interface PhoneNetworkParts
  extends Pick<PracticeModemParts, 'clock' | 'seed' | 'behaviour'> {
  /** a PDU for the card */
  deliver(pdu: string): void;
  report(pdu: string): void;
}

const STATUS = { delivered: 0x00, refused: 0x42, unknownAddress: 0x43, expired: 0x46 } as const;

/** The phones behind a modem: they take messages, are reported on, and answer. */
export class PhoneNetwork {
  readonly #parts: PhoneNetworkParts;
  readonly #clock: Clock;
  readonly #timers = new Set<() => void>();
  /** parts of long messages until all are there, by receiver and reference */
  readonly #incomplete = new Map<string, { reference: number; submit: SubmittedSms }[]>();
  #lastReference: number;

  constructor(parts: PhoneNetworkParts) {
    this.#parts = parts;
    this.#clock = parts.clock;
    this.#lastReference = parts.seed & 0xff;
  }

  /** @returns the name of the message, 0 … 255 */
  take(submit: SubmittedSms): number {
    this.#lastReference = (this.#lastReference + 1) & 0xff;
    const reference = this.#lastReference;
    const { part, to } = submit;
    const key =
      part === null ? `${to}/${reference}/alone` : `${to}/${part.reference}/${part.total}`;
    const known = [...(this.#incomplete.get(key) ?? []), { reference, submit }];
    if (known.length < (part?.total ?? 1)) this.#incomplete.set(key, known);
    else {
      this.#incomplete.delete(key);
      this.#arrive(to, known);
    }
    return reference;
  }

  receive({ from, text }: { from: string; text: string }): void {
    for (const pdu of deliverPdus(from, text, this.#clock.now())) this.#parts.deliver(pdu);
  }

  stop(): void {
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
  }

  #arrive(to: string, parts: { reference: number; submit: SubmittedSms }[]): void {
    const text = parts
      .sort((one, other) => (one.submit.part?.number ?? 1) - (other.submit.part?.number ?? 1))
      .map(({ submit }) => submit.text)
      .join('');
    const { behaviour = behaviourOf, seed } = this.#parts;
    const { outcome, afterMs, failure, reply } = behaviour(to, text, seed);
    if (outcome !== 'silent') {
      const status = outcome === 'failed' ? STATUS[failure ?? 'refused'] : STATUS[outcome];
      this.#later(afterMs, () => this.#reports(to, parts, status));
    }
    if (reply !== null) {
      this.#later(reply.afterMs, () => this.receive({ from: to, text: reply.text }));
    }
  }

  #reports(
    to: string,
    parts: readonly { reference: number; submit: SubmittedSms }[],
    status: number,
  ): void {
    for (const { reference, submit } of parts) {
      if (!submit.wantsReport) continue;
      this.#parts.report(reportPdu({ reference, to, status, at: this.#clock.now() }));
    }
  }

  #later(ms: number, run: () => void): void {
    const cancel = this.#clock.setTimer(ms, () => {
      this.#timers.delete(cancel);
      run();
    });
    this.#timers.add(cancel);
  }
}
