import { leads, type Principal, type RulesSettings } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Agents } from '../../../agents/index.ts';
import type { Handlers } from '../../../contract-server/types.ts';
import type { Store } from '../../../store/types.ts';
import type { CallView, LiveCalls } from '../live-calls.ts';
import type { Recorder } from '../recorder.ts';
import { identityQuestions, isEnough } from './identity-questions.ts';
import type { PartyEvent } from './party-machine.ts';
import { type PartyView, partyOfCall } from './party-rows.ts';
import { partyWrites } from './party-writes.ts';

export interface PartyHandlersOptions {
  store: Store;
  calls: LiveCalls;
  agents: Agents;
  recorder: Recorder;
  /** the last view of a call that has ended but has no outcome yet */
  endedCall(callId: string): CallView | null;
  /** what this firm asks */
  identification(): RulesSettings['identification'];
  /** the history of this debtor has a new line */
  onDebtorChanged(debtorId: string): void;
}

/** Who is on the line, as the agent of the call (or a lead) says. */
export function createPartyHandlers(options: PartyHandlersOptions): Handlers {
  const { store, recorder } = options;
  const questionsOf = ({ debtorId }: CallView) =>
    debtorId === null
      ? { needed: 0, questions: [] }
      : identityQuestions(store.read, debtorId, options.identification());
  return {
    'call.identity-questions': ({ callId }, { principal }) =>
      questionsOf(callWith(options, callId, principal)),

    'call.identify': ({ callId, checks }, context) => {
      const call = callWith(options, callId, context.principal);
      const questions = questionsOf(call);
      if (!isEnough(questions, checks))
        throw new AppError('call.not-enough-checks', 'too few answers matched', {
          details: { needed: questions.needed },
        });
      const asked = questions.questions.map(({ check }) => check);
      const matched = asked.filter((check) => checks.includes(check));
      return apply(options, call, { type: 'identified', checks: matched }, context);
    },

    'call.third-person': ({ callId, relation, refusesContact }, context) => {
      const call = callWith(options, callId, context.principal);
      const event = { type: 'thirdPerson', relation: relation || null } as const;
      return apply(options, call, event, context, { refusesContact });
    },

    'call.reset-party': ({ callId }, context) =>
      apply(options, callWith(options, callId, context.principal), { type: 'reset' }, context),

    'call.reveal-debt': ({ callId, reason }, context) => {
      const call = callWith(options, callId, context.principal);
      return apply(options, call, { type: 'revealed' }, context, { reason });
    },

    'call.refuse-recording': ({ callId }, { principal }) => {
      const view = options.calls.find(callId)?.view;
      if (view === undefined || !isFor(view, principal)) throw unknownCall();
      return recorder.refuse(callId, principal.personId);
    },
  };
}

/**
 * A call that this person may say it of: their own, or anybody's for a lead; while they talk, and until its outcome is
 * recorded.
 * @throws AppError `call.unknown`, `call.not-now` while nobody has answered
 */
function callWith(options: PartyHandlersOptions, callId: string, principal: Principal): CallView {
  const live = options.calls.find(callId)?.view ?? null;
  const due = options.agents.holderOf(callId) !== null;
  const view = live ?? (due ? options.endedCall(callId) : null);
  if (view === null || !isFor(view, principal)) throw unknownCall();
  if (view.joinedAt === null) throw new AppError('call.not-now', 'nobody has answered yet');
  return view;
}

function isFor(view: CallView, { personId, role }: Principal): boolean {
  return view.personId === personId || leads.some((lead) => lead === role);
}

function unknownCall(): AppError {
  return new AppError('call.unknown', 'this call is not with you');
}

async function apply(
  options: PartyHandlersOptions,
  { callId, debtorId, contactPointId, number }: CallView,
  event: PartyEvent,
  { principal, commandId }: { principal: Principal; commandId: string | null },
  more: { reason?: string; refusesContact?: boolean } = {},
): Promise<PartyView> {
  const call = { callId, debtorId, contactPointId, number };
  await options.store.write(
    partyWrites,
    'party.apply',
    { call, event, personId: principal.personId, ...more },
    { priority: 'call', ...(commandId === null ? {} : { commandId }) },
  );
  // Read again: the reply of a command that is repeated may be older than the row.
  const party = partyOfCall(options.store.read, callId);
  options.calls.update(callId, { party });
  if (debtorId !== null) options.onDebtorChanged(debtorId);
  return party;
}
