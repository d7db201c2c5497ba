import type { Clock } from '#shared/util/index.ts';
import { behaviourOf } from '../behaviour.ts';

/** A message that a practice provider took. */
export interface TakenMessage {
  id: string;
  channel: 'sms' | 'mms';
  /** the sender's own id for it; null when it gave none */
  reference: string | null;
  /** E.164 */
  to: string;
  from: string | null;
  text: string;
  parts: number;
  /** epoch ms */
  takenAt: number;
  state: 'sent' | 'delivered' | 'failed' | 'expired';
  failure: 'unknownAddress' | 'refused' | null;
  stateAt: number;
  /** where its sender wants to be told */
  callbackUrl: string | null;
  /** names of media that were given or fetched */
  media: readonly string[];
}

/** An answer of a practice debtor. */
export interface DebtorAnswer {
  id: string;
  /** E.164 of the debtor */
  from: string;
  to: string | null;
  text: string;
  at: number;
  answers: TakenMessage;
}

export interface PhonesParts {
  clock: Clock;
  seed: number;
  /** makes ids as the provider does */
  newId(): string;
  onState?(message: TakenMessage): void;
  onAnswer?(answer: DebtorAnswer): void;
}

const MAX_KEPT = 20_000;

/** What stands behind one practice provider: the messages it took, and phones that behave as `behaviour.ts` says. */
export class ProviderPhones {
  readonly #parts: PhonesParts;
  readonly #taken = new Map<string, TakenMessage>();
  readonly #answers: DebtorAnswer[] = [];
  readonly #cancels = new Set<() => void>();

  constructor(parts: PhonesParts) {
    this.#parts = parts;
  }

  take(
    message: Pick<
      TakenMessage,
      'channel' | 'reference' | 'to' | 'from' | 'text' | 'parts' | 'callbackUrl' | 'media'
    > & { id?: string },
  ): TakenMessage {
    const { clock, seed, newId, onState, onAnswer } = this.#parts;
    const now = clock.now();
    const taken: TakenMessage = {
      ...message,
      id: message.id ?? newId(),
      takenAt: now,
      state: 'sent',
      failure: null,
      stateAt: now,
    };
    this.#taken.set(taken.id, taken);
    this.#forget();
    const { outcome, afterMs, failure, reply } = behaviourOf(taken.to, taken.text, seed);
    if (outcome !== 'silent') {
      this.#after(afterMs, () => {
        taken.state = outcome;
        taken.failure = failure;
        taken.stateAt = clock.now();
        onState?.(taken);
      });
    }
    if (reply !== null) {
      this.#after(reply.afterMs, () => {
        const answer: DebtorAnswer = {
          id: newId(),
          from: taken.to,
          to: taken.from,
          text: reply.text,
          at: clock.now(),
          answers: taken,
        };
        this.#answers.push(answer);
        onAnswer?.(answer);
      });
    }
    return taken;
  }

  find(id: string): TakenMessage | null {
    return this.#taken.get(id) ?? null;
  }

  findByReference(reference: string): TakenMessage | null {
    return this.list().find((message) => message.reference === reference) ?? null;
  }

  /** Oldest first. */
  list(): TakenMessage[] {
    return [...this.#taken.values()];
  }

  answers(): readonly DebtorAnswer[] {
    return this.#answers;
  }

  stop(): void {
    for (const cancel of this.#cancels) cancel();
    this.#cancels.clear();
  }

  #after(delayMs: number, run: () => void): void {
    const cancel = this.#parts.clock.setTimer(delayMs, () => {
      this.#cancels.delete(cancel);
      run();
    });
    this.#cancels.add(cancel);
  }

  #forget(): void {
    for (const oldest of this.#taken.keys()) {
      if (this.#taken.size <= MAX_KEPT) return;
      this.#taken.delete(oldest);
    }
    if (this.#answers.length > MAX_KEPT) this.#answers.splice(0, this.#answers.length - MAX_KEPT);
  }
}
