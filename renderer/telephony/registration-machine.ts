import { assertNever } from '#shared/util/index.ts';

/**
 * Registration of the softphone with the engine.
 *
 *   off ──wanted──> ticket ──ticketReceived──> connecting ──socketOpened──> registering ──registered──> registered
 *                     ^                             │                           │                            │
 *                     └──healthAnswered── lost <────┴─────── socketClosed ──────┴────────────────────────────┘
 *                     └──retryDue── refused <── rejected (a ticket or a registration that the engine refuses)
 *
 * - `off`: not wanted, or no login
 * - `ticket`: asks the contract for a single-use ticket
 * - `connecting`: the WebSocket opens
 * - `registering`: REGISTER under way
 * - `registered`: calls can come
 * - `lost`: probes the health address; a WebSocket is opened only when it answers, because Chromium slows repeated
 *   WebSocket failures down (media path §6)
 * - `refused`: the engine is there and says no; tried again later
 * - `replaced`: another window of this person took the line; this one stays silent until it is wanted here again
 */
export type RegistrationState =
  | { kind: 'off' }
  | { kind: 'ticket' }
  | { kind: 'connecting' }
  | { kind: 'registering' }
  | { kind: 'registered' }
  | { kind: 'lost'; since: number }
  | { kind: 'refused'; code: string }
  | { kind: 'replaced' };

export type RegistrationEvent =
  | { type: 'wanted' }
  | { type: 'unwanted' }
  | { type: 'ticketReceived' }
  /** `reachable`: the engine answered and refused; else it could not be reached */
  | { type: 'ticketFailed'; at: number; reachable: boolean; code: string }
  | { type: 'socketOpened' }
  | { type: 'socketClosed'; at: number }
  | { type: 'registered' }
  | { type: 'rejected'; code: string }
  | { type: 'healthAnswered' }
  | { type: 'retryDue' }
  /** the engine closed the socket with code 4409 */
  | { type: 'replaced' };

export type RegistrationEffect =
  | 'fetchTicket'
  | 'openSocket'
  | 'closeSocket'
  | 'register'
  | 'startProbe'
  | 'stopProbe'
  | 'scheduleRetry';

export interface RegistrationStep {
  state: RegistrationState;
  effects: readonly RegistrationEffect[];
}

/** Events that do not belong to a state are late news of an earlier attempt; they are ignored. */
export function transitionRegistration(
  state: RegistrationState,
  event: RegistrationEvent,
): RegistrationStep {
  if (event.type === 'unwanted') return { state: { kind: 'off' }, effects: cleanup(state) };
  if (event.type === 'replaced' && hasSocket(state)) {
    return { state: { kind: 'replaced' }, effects: [] };
  }
  switch (state.kind) {
    case 'off':
    case 'replaced':
      if (event.type === 'wanted') return { state: { kind: 'ticket' }, effects: ['fetchTicket'] };
      break;
    case 'ticket':
      if (event.type === 'ticketReceived') {
        return { state: { kind: 'connecting' }, effects: ['openSocket'] };
      }
      if (event.type === 'ticketFailed') return ticketFailed(event);
      break;
    case 'connecting':
      if (event.type === 'socketOpened') {
        return { state: { kind: 'registering' }, effects: ['register'] };
      }
      if (event.type === 'socketClosed') return lost(event.at);
      break;
    case 'registering':
      if (event.type === 'registered') return { state: { kind: 'registered' }, effects: [] };
      if (event.type === 'rejected') return refused(event.code, ['closeSocket', 'scheduleRetry']);
      if (event.type === 'socketClosed') return lost(event.at);
      break;
    case 'registered':
      if (event.type === 'socketClosed') return lost(event.at);
      if (event.type === 'rejected') return refused(event.code, ['closeSocket', 'scheduleRetry']);
      break;
    case 'lost':
      if (event.type === 'healthAnswered') {
        return { state: { kind: 'ticket' }, effects: ['stopProbe', 'fetchTicket'] };
      }
      break;
    case 'refused':
      if (event.type === 'retryDue') return { state: { kind: 'ticket' }, effects: ['fetchTicket'] };
      break;
    default:
      assertNever(state, 'registration state');
  }
  return { state, effects: [] };
}

function ticketFailed(event: { at: number; reachable: boolean; code: string }): RegistrationStep {
  return event.reachable ? refused(event.code, ['scheduleRetry']) : lost(event.at);
}

function lost(since: number): RegistrationStep {
  return { state: { kind: 'lost', since }, effects: ['startProbe'] };
}

function refused(code: string, effects: RegistrationEffect[]): RegistrationStep {
  return { state: { kind: 'refused', code }, effects };
}

function hasSocket({ kind }: RegistrationState): boolean {
  return kind === 'connecting' || kind === 'registering' || kind === 'registered';
}

function cleanup(state: RegistrationState): RegistrationEffect[] {
  if (hasSocket(state)) return ['closeSocket'];
  return state.kind === 'lost' ? ['stopProbe'] : [];
}
