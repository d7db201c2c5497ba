import { AppError } from '#shared/errors/index.ts';
import type { Clock, IdSource } from '#shared/util/index.ts';
import type { Agents } from '../../agents/index.ts';
import type { Handler, Handlers } from '../../contract-server/types.ts';
import type { Store } from '../../store/types.ts';
import type { CallView, LiveCalls } from '../../telephony/call/index.ts';
import type { AttemptStart } from '../types.ts';
import type { Attempts } from './attempts.ts';
import { type Disposed, type DisposeInput, disposeWrites } from './dispose-writes.ts';

export interface AttemptHandlersOptions {
  store: Store;
  attempts: Attempts;
  agents: Agents;
  calls: LiveCalls;
  clock: Clock;
  idSource: IdSource;
  /** the trunk and the shown number of calls by hand; null when no trunk takes calls */
  manualRoute(): { trunkId: string; callerId: string } | null;
  /** who has this number, when the caller did not say */
  debtorOf(number: string): { debtorId: string; contactPointId: string } | null;
  contactPointOf(debtorId: string, number: string): string | null;
  onDisposed(disposed: Disposed): void;
}

const MANUAL_RING_MS = 60_000;
/** What one press on "extend" adds to wrap-up; a second press stops the timer. */
const EXTEND_MS = 120_000;

/** Calls by hand, and outcomes of all calls. */
export function createAttemptHandlers(options: AttemptHandlersOptions): Handlers {
  return {
    'call.place': placeCall(options),
    'call.dispose': async (input, { principal, commandId }) => {
      await dispose(
        options,
        {
          callId: input.callId,
          personId: principal.personId,
          dispositionCode: input.dispositionCode,
          note: input.note ?? null,
          promise:
            input.promise === undefined
              ? null
              : { ...input.promise, debtId: input.promise.debtId ?? null },
          callbackAt: input.callbackAt ?? null,
          automatic: false,
        },
        input.next,
        commandId,
      );
      return {};
    },
    'call.extend-wrap-up': (input, { principal }) => {
      const { agents, clock } = options;
      const state = agents.state(principal.personId);
      if (state.kind !== 'wrapUp' || state.callId !== input.callId)
        throw new AppError('call.unknown', 'no such wrap-up');
      const untouched = state.autoReadyAt !== null && state.autoReadyAt - clock.now() < EXTEND_MS;
      const autoReadyAt = untouched ? clock.now() + EXTEND_MS : null;
      agents.apply(principal.personId, { type: 'wrapUpExtended', autoReadyAt });
      return { autoReadyAt };
    },
  };
}

/** Records an outcome and lets the agent go on; also used when wrap-up runs out of time. */
export async function dispose(
  options: Pick<AttemptHandlersOptions, 'store' | 'agents' | 'onDisposed'>,
  input: DisposeInput,
  next: 'ready' | 'notReady',
  commandId: string | null,
): Promise<void> {
  const disposed = await options.store.write(disposeWrites, 'call.dispose', input, {
    priority: 'call',
    ...(commandId === null ? {} : { commandId }),
  });
  options.agents.apply(input.personId, { type: 'disposed', callId: input.callId, next });
  options.onDisposed(disposed);
}

function placeCall(options: AttemptHandlersOptions): Handler<'call.place'> {
  return async (input, { principal }): Promise<CallView> => {
    const start = manualStart(options, input, principal.personId);
    const { agents, attempts, calls } = options;
    const { kind } = agents.state(principal.personId);
    if (kind === 'offline') throw new AppError('call.no-line', 'go ready first: there is no line');
    if (kind !== 'ready' && kind !== 'notReady')
      throw new AppError('call.busy', `you are ${kind}`, { details: { workState: kind } });
    // The agent is taken before the door is asked, so that no pushed call comes in between.
    const callId = options.idSource.next();
    agents.apply(principal.personId, { type: 'reserve', callId });
    const started = await attempts.start(start, callId).catch((error: unknown) => {
      agents.apply(principal.personId, { type: 'released', callId });
      throw error;
    });
    if (!started.ok) {
      agents.apply(principal.personId, { type: 'released', callId });
      if (started.because === 'number') throw numberNotInUse();
      throw new AppError('contact-rules.refused', 'the rules do not allow this call now', {
        details: {
          blockedBy: started.blockedBy,
          nextAllowedAt: started.nextAllowedAt,
          overridable: started.overridable ?? false,
          override: started.override ?? null,
        },
      });
    }
    const call = calls.find(started.callId);
    if (!call) throw new AppError('call.gone', 'the call ended at once');
    return call.view;
  };
}

/** A number on a card that no network knows, or that nobody answered so often that it was retired. */
function refuseIfNotInUse(options: AttemptHandlersOptions, contactPointId: string): void {
  const point = options.store.read.get<{ status: string }>(
    'SELECT status FROM contactPoint WHERE id = ? AND deletedAt IS NULL',
    contactPointId,
  );
  if (point?.status === 'dead' || point?.status === 'retired') throw numberNotInUse();
}

function numberNotInUse(): AppError {
  return new AppError('call.number-not-in-use', 'this number is not in use any more');
}

function manualStart(
  options: AttemptHandlersOptions,
  input: { to: string; debtorId?: string | undefined; contactPointId?: string | undefined },
  personId: string,
): AttemptStart {
  const route = options.manualRoute();
  if (route === null) throw new AppError('call.no-trunk', 'no trunk takes calls now');
  if (input.contactPointId !== undefined) refuseIfNotInUse(options, input.contactPointId);
  const known = input.debtorId === undefined ? options.debtorOf(input.to) : null;
  const debtorId = input.debtorId ?? known?.debtorId ?? null;
  const contactPointId =
    input.contactPointId ??
    known?.contactPointId ??
    (debtorId === null ? null : options.contactPointOf(debtorId, input.to));
  return {
    mode: 'manual',
    debtorId,
    contactPointId,
    number: input.to,
    trunkId: route.trunkId,
    callerId: route.callerId,
    campaignId: null,
    entryId: null,
    personId,
    ringTimeoutMs: MANUAL_RING_MS,
    answerToAgentMaxMs: 2_000,
    recordCalls: true,
  };
}
