import { assertNever } from '#shared/util/index.ts';

/*
 *            open            connected          bound
 *   off ───────────► connecting ────► binding ────► bound
 *    ▲                  ▲  │ failed      │ failed     │ failed
 *    │ ended            │  ▼             ▼            ▼
 *   unbinding     retry └─ waiting ◄──────────────────┘
 *    ▲                                   close in any state: unbinding when bound, else off
 */
export type LinkState =
  /** nothing is open and nothing will be */
  | { kind: 'off' }
  /** TCP and TLS are being set up; `tries` failed before */
  | { kind: 'connecting'; tries: number }
  /** connected, the bind is not answered yet */
  | { kind: 'binding'; tries: number }
  /** requests may be made */
  | { kind: 'bound' }
  /** until it is tried again */
  | { kind: 'waiting'; tries: number; problem: LinkProblem }
  /** we take leave of the other end */
  | { kind: 'unbinding' };

/** Why there is no connection: a code of `gateway.*`, and the other end's own words. */
export interface LinkProblem {
  code: string;
  detail: string | null;
}

export type LinkEvent =
  | { kind: 'open' }
  | { kind: 'connected' }
  | { kind: 'bound' }
  /** to connect, to bind, or later: the connection is gone */
  | { kind: 'failed'; problem: LinkProblem }
  | { kind: 'retryDue' }
  | { kind: 'close' }
  /** our unbind is answered, or is waited for no longer */
  | { kind: 'ended' };

export type LinkEffect =
  | { kind: 'connect' }
  | { kind: 'bind' }
  | { kind: 'watch' }
  | { kind: 'retryAfter'; delayMs: number }
  | { kind: 'unbind' }
  /** close the socket, stop every timer */
  | { kind: 'letGo' };

const firstRetryMs = 1_000;
const longestRetryMs = 60_000;
/** Providers lock accounts that come with a wrong password again and again. */
const loginRetryMs = 30_000;
const loginProblems = ['gateway.login-refused', 'gateway.bad-certificate'];

/**
 * One connection to an SMSC, from opening to leaving, with what is to be done. Events that a state does not list are
 * ignored: they tell of a connection that was given up.
 * @param draw uniform in [0, 1): spreads the retries of many
 */
export function transitionLink(
  state: LinkState,
  event: LinkEvent,
  draw: number,
): { state: LinkState; effects: LinkEffect[] } {
  const ignored = { state, effects: [] };
  if (event.kind === 'close') return close(state);
  switch (state.kind) {
    case 'off':
      return event.kind === 'open' ? connecting(0) : ignored;
    case 'connecting':
      if (event.kind === 'failed') return wait(state.tries, event.problem, draw);
      if (event.kind !== 'connected') return ignored;
      return { state: { kind: 'binding', tries: state.tries }, effects: [{ kind: 'bind' }] };
    case 'binding':
      if (event.kind === 'failed') return wait(state.tries, event.problem, draw);
      if (event.kind !== 'bound') return ignored;
      return { state: { kind: 'bound' }, effects: [{ kind: 'watch' }] };
    case 'bound':
      return event.kind === 'failed' ? wait(0, event.problem, draw) : ignored;
    case 'waiting':
      return event.kind === 'retryDue' ? connecting(state.tries) : ignored;
    case 'unbinding':
      if (event.kind !== 'ended' && event.kind !== 'failed') return ignored;
      return { state: { kind: 'off' }, effects: [{ kind: 'letGo' }] };
    default:
      return assertNever(state);
  }
}

function connecting(tries: number): { state: LinkState; effects: LinkEffect[] } {
  return { state: { kind: 'connecting', tries }, effects: [{ kind: 'connect' }] };
}

function close(state: LinkState): { state: LinkState; effects: LinkEffect[] } {
  if (state.kind === 'off' || state.kind === 'unbinding') return { state, effects: [] };
  if (state.kind === 'bound')
    return { state: { kind: 'unbinding' }, effects: [{ kind: 'unbind' }] };
  return { state: { kind: 'off' }, effects: [{ kind: 'letGo' }] };
}

function wait(
  tries: number,
  problem: LinkProblem,
  draw: number,
): { state: LinkState; effects: LinkEffect[] } {
  const doubled = Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(tries, 10));
  const usualMs = loginProblems.includes(problem.code) ? Math.max(loginRetryMs, doubled) : doubled;
  // between half of it and all of it: engines that lost the same SMSC do not come back together
  const delayMs = Math.round(usualMs * (0.5 + draw / 2));
  return {
    state: { kind: 'waiting', tries: tries + 1, problem },
    effects: [{ kind: 'letGo' }, { kind: 'retryAfter', delayMs }],
  };
}
