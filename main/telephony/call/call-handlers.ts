import type { DebtorCard } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Agents } from '../../agents/index.ts';
import type { Handlers, Unbranded } from '../../contract-server/types.ts';
import type { Store } from '../../store/types.ts';
import type { InboundCalls } from './inbound.ts';
import { findMissed, listMissed } from './inbound-queries.ts';
import { inboundWrites } from './inbound-writes.ts';
import type { CallView, LiveCalls } from './live-calls.ts';
import type { Recorder } from './recorder.ts';

export interface CallHandlersOptions {
  store: Store;
  calls: LiveCalls;
  inbound: InboundCalls;
  recorder: Recorder;
  agents: Agents;
  /** the last view of a call that has ended but has no outcome yet */
  endedCall(callId: string): CallView | null;
  card(debtorId: string): Unbranded<DebtorCard> | null;
}

/** Verbs on calls that are up, and the work list of missed ones. */
export function createCallHandlers(options: CallHandlersOptions): Handlers {
  const { calls, inbound, recorder, store } = options;
  return {
    'call.hang-up': async (input, { principal }) => {
      const call = calls.own(input.callId, principal.personId);
      await calls.hangUp(input.callId, 'agent');
      return call.view;
    },
    'call.hold': (input, { principal }) => calls.hold(input.callId, principal.personId),
    'call.resume': (input, { principal }) => calls.resume(input.callId, principal.personId),
    'call.mute': (input, { principal }) =>
      calls.mute(input.callId, principal.personId, input.muted),
    'call.send-dtmf': async (input, { principal }) => {
      await calls.sendDtmf(input.callId, principal.personId, input.digits);
      return {};
    },
    'call.confirm-recording-consent': async (input, { principal }) => {
      const call = calls.own(input.callId, principal.personId);
      await recorder.confirmConsent(input.callId);
      return call.view;
    },
    'call.answer': async (input, { principal }) => {
      await inbound.answer(input.callId, principal.personId);
      return requireView(calls, input.callId);
    },
    'call.reject': async (input, { principal }) => {
      const view = requireView(calls, input.callId);
      await inbound.reject(input.callId, principal.personId);
      return calls.find(input.callId)?.view ?? view;
    },
    'call.current': (_input, { principal }) => currentCall(options, principal.personId),
    'call.list-live': () => ({ calls: calls.list().map((call) => call.view) }),
    'call.list-missed': (input) => ({ items: listMissed(store.read, input.includeResolved) }),
    'call.resolve-missed': async (input, { principal }) => {
      if (findMissed(store.read, input.missedInboundId) === null)
        throw new AppError('contract.not-found', 'no such entry');
      await store.write(inboundWrites, 'inbound.resolve', {
        missedInboundId: input.missedInboundId,
        personId: principal.personId,
      });
      const resolved = findMissed(store.read, input.missedInboundId);
      if (resolved === null) throw new AppError('contract.not-found', 'no such entry');
      return resolved;
    },
  };
}

function requireView(calls: LiveCalls, callId: string): CallView {
  const call = calls.find(callId);
  if (!call) throw new AppError('call.gone', 'the caller has gone');
  return call.view;
}

/** What this agent has before them: a call that is up, or one whose outcome is still to be recorded. */
function currentCall(options: CallHandlersOptions, personId: string) {
  const live = options.calls.ofPerson(personId)?.view ?? null;
  const state = options.agents.state(personId);
  const view = live ?? ('callId' in state ? options.endedCall(state.callId) : null);
  const debtorId = view?.debtorId ?? null;
  return { call: view, card: debtorId === null ? null : options.card(debtorId) };
}
