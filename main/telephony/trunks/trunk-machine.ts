import type { RegistrationState } from '../sip/types.ts';

/**
 * What a trunk can do now. `connecting` until the carrier has answered for the first time; `registered` or
 * `reachable`: takes calls; `refused`: the carrier answered no; `unreachable`: it does not answer. Refused and unreachable are retried
 * by themselves with growing pauses.
 */
export type TrunkStateKind =
  | 'disabled'
  | 'connecting'
  | 'registered'
  | 'reachable'
  | 'refused'
  | 'unreachable';

export interface TrunkFailure {
  code: string;
  message: string;
  retryAt: number | null;
}

export interface TrunkStatus {
  kind: TrunkStateKind;
  failure: TrunkFailure | null;
}

export type TrunkEvent =
  | { type: 'registration'; state: RegistrationState }
  /** any response to OPTIONS, or to an INVITE */
  | { type: 'heard' }
  /** no response to OPTIONS or to an INVITE */
  | { type: 'silence'; retryAt: number | null }
  /** our own socket or name look-up failed */
  | { type: 'systemError'; code: string; retryAt: number | null };

export function nextTrunkStatus(status: TrunkStatus, event: TrunkEvent): TrunkStatus {
  if (status.kind === 'disabled') return status;
  switch (event.type) {
    case 'registration':
      return fromRegistration(status, event.state);
    case 'heard':
      // A registering trunk is up when its registration is, not when some packet came.
      return status.kind === 'registered' || status.kind === 'refused'
        ? status
        : { kind: 'reachable', failure: null };
    case 'silence':
      return {
        kind: 'unreachable',
        failure: { code: 'sip.no-answer', message: '', retryAt: event.retryAt },
      };
    case 'systemError':
      return {
        kind: 'unreachable',
        failure: { code: event.code, message: '', retryAt: event.retryAt },
      };
  }
}

function fromRegistration(status: TrunkStatus, state: RegistrationState): TrunkStatus {
  switch (state.kind) {
    case 'registered':
      return { kind: 'registered', failure: null };
    case 'registering':
      return status.kind === 'registered'
        ? status
        : { kind: 'connecting', failure: status.failure };
    case 'unregistered':
      return { kind: 'connecting', failure: null };
    case 'failed':
      return {
        kind: state.status === 0 || state.status === 408 ? 'unreachable' : 'refused',
        failure: {
          code: state.status === 0 ? 'sip.no-answer' : `sip.${state.status}`,
          message: state.reasonPhrase,
          retryAt: state.retryAt,
        },
      };
  }
}

export function takesCalls(kind: TrunkStateKind): boolean {
  return kind === 'registered' || kind === 'reachable';
}
