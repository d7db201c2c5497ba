import type { Receipt } from '../../types.ts';
import { samePhone } from './addresses.ts';
import type { TakenMessage } from './receipt-ids.ts';
import { messageReference } from './submits.ts';

interface Awaited extends TakenMessage {
  to: string;
}

interface Unclaimed {
  phone: string;
  receipt: Receipt;
}

/** of messages, and of receipts that named none */
export const mostAwaited = 5_000;

/**
 * Messages whose answer did not come. An SMSC that took such a message names it in the receipt by an id that we never saw;
 * most give back our user_message_reference (§4.6.1), and then that and the phone say which it is. The receipt may come
 * before the message is known to be lost: both sides are kept until the other one comes.
 */
export class AwaitedMessages {
  #awaited = new ByReference<Awaited>();
  #unclaimed = new ByReference<Unclaimed>();

  /** @returns what was reported of it already, as a receipt that names it; null: nothing yet */
  add(message: TakenMessage, to: string): Receipt | null {
    const { messageId } = message;
    const reference = messageReference(messageId);
    this.#awaited.take(reference, (other) => other.messageId === messageId);
    this.#awaited.add(reference, { ...message, to });
    const [claimed] = this.#unclaimed.take(reference, ({ phone }) => samePhone(phone, to));
    return claimed === undefined ? null : named(claimed.receipt, message);
  }

  /** @returns the receipt as it is to be told: with the message that it is about, when exactly one fits */
  claim(receipt: Receipt, reference: number | undefined, phone: string): Receipt {
    if (reference === undefined || phone === '') return receipt;
    const fitting = this.#awaited.find(reference).filter(({ to }) => samePhone(to, phone));
    const [only] = fitting;
    if (fitting.length === 1 && only !== undefined) return named(receipt, only);
    this.#unclaimed.add(reference, { phone, receipt });
    return receipt;
  }

  delete(messageId: string): void {
    this.#awaited.take(messageReference(messageId), (other) => other.messageId === messageId);
  }
}

/** The receipt with the message that it is about. */
export function named(receipt: Receipt, { messageId, onePart }: TakenMessage): Receipt {
  return { ...receipt, messageId, ...(onePart ? { onePart } : {}) };
}

/** A few for each reference, the oldest dropped when there are too many in all. */
class ByReference<Item> {
  #items = new Map<number, Item[]>();
  #count = 0;

  add(reference: number, item: Item): void {
    this.#items.set(reference, [...this.find(reference), item]);
    this.#count += 1;
    if (this.#count <= mostAwaited) return;
    for (const [oldest, { length }] of this.#items) {
      this.#items.delete(oldest);
      this.#count -= length;
      return;
    }
  }

  find(reference: number): readonly Item[] {
    return this.#items.get(reference) ?? [];
  }

  /** Removes those that fit. */
  take(reference: number, fits: (item: Item) => boolean): Item[] {
    const items = this.find(reference);
    const taken = items.filter(fits);
    if (taken.length === 0) return [];
    const left = items.filter((item) => !fits(item));
    this.#count -= taken.length;
    if (left.length === 0) this.#items.delete(reference);
    else this.#items.set(reference, left);
    return taken;
  }
}
