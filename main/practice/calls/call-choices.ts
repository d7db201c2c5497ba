import { type Choice, chooseBehaviour, digitsOf } from '../scenario/index.ts';
import type { CarrierContext } from './carrier-context.ts';

export interface CallChoice extends Choice {
  /** which call to this number it is, from 1 */
  nthCall: number;
}

/** An INVITE is repeated for 32 s (timer B), and again with credentials; after this nobody asks for its choice. */
const rememberMs = 180_000;

/**
 * What each call meets, chosen when its INVITE is first seen, which is before the endpoint, and kept for its repeats
 * until the endpoint reports the call.
 */
export class CallChoices {
  readonly #context: CarrierContext;
  readonly #choices = new Map<string, CallChoice>();

  constructor(context: CarrierContext) {
    this.#context = context;
  }

  /** @param number as it was called */
  meet(sipCallId: string, number: string): { choice: CallChoice; isNew: boolean } {
    const known = this.#choices.get(sipCallId);
    if (known) return { choice: known, isNew: false };
    const choice = this.#choose(number);
    this.#choices.set(sipCallId, choice);
    this.#context.clock.setTimer(rememberMs, () => this.#choices.delete(sipCallId));
    return { choice, isNew: true };
  }

  /** Takes the choice out, for the call that now begins. */
  take(sipCallId: string, number: string): CallChoice {
    const { choice } = this.meet(sipCallId, number);
    this.#choices.delete(sipCallId);
    return choice;
  }

  #choose(number: string): CallChoice {
    const { scenario, log } = this.#context;
    const nthCall = log.countCall(digitsOf(number));
    return { ...chooseBehaviour(scenario, number, nthCall), nthCall };
  }
}
