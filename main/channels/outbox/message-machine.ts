import type { MessageState } from '#shared/contract/index.ts';
import { assertNever } from '#shared/util/index.ts';

/**
 *            cancel                                receipt: failed
 *   queued ─────────▶ cancelled       ┌──────────────────────────────▶ failed
 *    │ ▲ │ expire ─▶ expired          │                expired ──────▶ expired ─┐
 *    │ │ └ reject ─▶ failed           │                                         │ (it came after all)
 *    │ └───────────┐                  │                                         ▼
 *    │ permit      │ postpone       sent ─────── receipt: delivered ────────▶ delivered ──▶ read
 *    ▼             │                  ▲  └────── receipt: read ─────────────────────────────▲
 *   permitted ─────┤ ─── accepted ────┤
 *    │             │ notTaken         │ accepted (asked), receipt
 *    └── lose ──▶ unknown ────────────┘
 *
 * - queued: waits for its instant, its gateway or the door; nobody has it, unless a report of an earlier try says so
 * - permitted: the door said yes and it is being handed over; what is under way when the engine dies becomes unknown
 * - unknown: it may have left; the gateway is asked, and it is handed over again only when it says that it never took it
 * - sent: the gateway took it; delivered, read: it says so; failed, expired: it says that it did not arrive
 * - cancelled: a person took it back before it left
 *
 * Reports come in any order and twice, so that one which is behind the state is ignored; a person's wish that comes too
 * late is refused.
 */
export type MessageEvent =
  /** the door said yes: it is handed over now */
  | 'permit'
  /** certainly not taken, or not yet allowed: later */
  | 'postpone'
  /** never to be handed over: the door, the gateway or its content says no */
  | 'reject'
  /** its time is over and nobody took it */
  | 'expire'
  /** the gateway took it */
  | 'accept'
  /** nobody can tell whether the gateway took it */
  | 'lose'
  /** the gateway, when asked, never took it */
  | 'notTaken'
  /** what the gateway reports */
  | 'reportDelivered'
  | 'reportRead'
  | 'reportFailed'
  | 'reportExpired'
  /** by a person */
  | 'cancel';

export type Transition =
  | { kind: 'moved'; state: MessageState }
  /** already so, or further */
  | { kind: 'ignored' }
  /** a person asked for what cannot be any more, or whoever sends it does not know its state */
  | { kind: 'refused'; code: string };

const ignored: Transition = { kind: 'ignored' };
const moved = (state: MessageState): Transition => ({ kind: 'moved', state });
const refused = (code: string): Transition => ({ kind: 'refused', code });
/** nobody may hand over what does not wait: whoever tries has an old view of it */
const NOT_WAITING = 'message.not-waiting';

export function transition(state: MessageState, event: MessageEvent): Transition {
  switch (state) {
    case 'queued':
      return fromQueued(event);
    case 'permitted':
      return fromPermitted(event);
    case 'unknown':
      return fromUnknown(event);
    case 'sent':
      return fromSent(event);
    case 'delivered':
      return event === 'reportRead' ? moved('read') : atEnd(event);
    case 'expired':
      return fromExpired(event);
    case 'read':
    case 'failed':
    case 'cancelled':
      return atEnd(event);
    default:
      return assertNever(state);
  }
}

function fromQueued(event: MessageEvent): Transition {
  switch (event) {
    case 'permit':
      return moved('permitted');
    case 'reject':
      return moved('failed');
    case 'expire':
      return moved('expired');
    case 'cancel':
      return moved('cancelled');
    case 'postpone':
      return moved('queued');
    // of an earlier try that the gateway said it never took
    case 'lose':
    case 'notTaken':
    case 'reportFailed':
    case 'reportExpired':
      return ignored;
    // it took it nevertheless: handing it over again would send it twice
    case 'accept':
      return moved('sent');
    case 'reportDelivered':
      return moved('delivered');
    case 'reportRead':
      return moved('read');
    default:
      return assertNever(event);
  }
}

function fromPermitted(event: MessageEvent): Transition {
  switch (event) {
    case 'accept':
      return moved('sent');
    case 'postpone':
      return moved('queued');
    case 'reject':
    case 'reportFailed':
      return moved('failed');
    case 'lose':
      return moved('unknown');
    case 'reportDelivered':
      return moved('delivered');
    case 'reportRead':
      return moved('read');
    case 'reportExpired':
      return moved('expired');
    case 'notTaken':
    case 'expire':
      return ignored;
    case 'permit':
      return refused(NOT_WAITING);
    case 'cancel':
      return refused('message.already-left');
    default:
      return assertNever(event);
  }
}

function fromUnknown(event: MessageEvent): Transition {
  switch (event) {
    case 'accept':
      return moved('sent');
    case 'notTaken':
      return moved('queued');
    case 'reportDelivered':
      return moved('delivered');
    case 'reportRead':
      return moved('read');
    case 'reportFailed':
      return moved('failed');
    case 'reportExpired':
      return moved('expired');
    case 'postpone':
    case 'reject':
    case 'expire':
    case 'lose':
      return ignored;
    case 'permit':
      return refused(NOT_WAITING);
    case 'cancel':
      return refused('message.already-left');
    default:
      return assertNever(event);
  }
}

function fromSent(event: MessageEvent): Transition {
  switch (event) {
    case 'reportDelivered':
      return moved('delivered');
    case 'reportRead':
      return moved('read');
    case 'reportFailed':
      return moved('failed');
    case 'reportExpired':
      return moved('expired');
    default:
      return atEnd(event);
  }
}

/** Some message centres give up and a phone has it all the same. */
function fromExpired(event: MessageEvent): Transition {
  if (event === 'reportDelivered') return moved('delivered');
  return event === 'reportRead' ? moved('read') : atEnd(event);
}

function atEnd(event: MessageEvent): Transition {
  if (event === 'cancel') return refused('message.already-left');
  return event === 'permit' ? refused(NOT_WAITING) : ignored;
}

/** Nothing more is expected of it by itself. */
export function isFinal(state: MessageState): boolean {
  return state === 'read' || state === 'failed' || state === 'expired' || state === 'cancelled';
}

/** The event of a report about a whole message; null: it changes no state. */
export function eventOfReport(
  state: 'accepted' | 'delivered' | 'read' | 'failed' | 'expired',
): MessageEvent {
  const events = {
    accepted: 'accept',
    delivered: 'reportDelivered',
    read: 'reportRead',
    failed: 'reportFailed',
    expired: 'reportExpired',
  } as const;
  return events[state];
}
