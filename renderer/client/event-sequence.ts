import {
  type EventData,
  type EventName,
  events,
  type ServerMessage,
} from '#shared/contract/index.ts';

/** One event of the contract, with its name as the discriminant. */
export type ContractEvent = {
  [Name in EventName]: { name: Name; data: EventData<Name>; epoch: string; seq: number };
}[EventName];

type EventMessage = Extract<ServerMessage, { t: 'event' }>;

/** Follows the numbers of one connection's events. */
export class EventSequence {
  #last = 0;

  reset(seq: number): void {
    this.#last = seq;
  }

  /** @returns `gap` when events are missing before this one, `repeat` when it was seen */
  next(seq: number): 'next' | 'gap' | 'repeat' {
    if (seq <= this.#last) return 'repeat';
    const verdict = seq === this.#last + 1 ? 'next' : 'gap';
    this.#last = seq;
    return verdict;
  }
}

/**
 * Reads an event and drops fields that this client does not know.
 * @returns `unknown` for events of a newer engine, `unreadable` for one that does not fit: state must be fetched anew
 */
export function readEvent(message: EventMessage): ContractEvent | 'unknown' | 'unreadable' {
  if (!Object.hasOwn(events, message.name)) return 'unknown';
  const data = events[message.name as EventName].safeParse(message.data);
  if (!data.success) return 'unreadable';
  const { name, epoch, seq } = message;
  return { name, data: data.data, epoch, seq } as ContractEvent;
}
