import { samePhone } from './addresses.ts';
import { messageReference } from './submits.ts';

interface Awaited {
  messageId: string;
  to: string;
}

const maxAwaited = 5_000;

/**
 * Messages of one part whose answer did not come. An SMSC that took such a message names it in the receipt by an id that we
 * never saw; some give back our user_message_reference, and then that and the phone say which it is.
 */
export class AwaitedMessages {
  #byReference = new Map<number, Awaited[]>();
  #count = 0;

  add(messageId: string, to: string): void {
    const reference = messageReference(messageId);
    const same = this.#byReference.get(reference) ?? [];
    if (same.some((other) => other.messageId === messageId)) return;
    this.#byReference.set(reference, [...same, { messageId, to }]);
    this.#count += 1;
    if (this.#count > maxAwaited) this.#dropOldest();
  }

  /** @returns null unless exactly one fits */
  find(reference: number | undefined, phone: string): string | null {
    if (reference === undefined) return null;
    const fitting = (this.#byReference.get(reference) ?? []).filter(({ to }) =>
      samePhone(to, phone),
    );
    return fitting.length === 1 ? (fitting[0]?.messageId ?? null) : null;
  }

  delete(messageId: string): void {
    const reference = messageReference(messageId);
    const same = this.#byReference.get(reference);
    if (same === undefined) return;
    const others = same.filter((other) => other.messageId !== messageId);
    this.#count -= same.length - others.length;
    if (others.length === 0) this.#byReference.delete(reference);
    else this.#byReference.set(reference, others);
  }

  #dropOldest(): void {
    for (const [reference, { length }] of this.#byReference) {
      this.#byReference.delete(reference);
      this.#count -= length;
      return;
    }
  }
}
