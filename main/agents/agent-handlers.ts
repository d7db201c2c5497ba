import { AppError } from '#shared/errors/index.ts';
import type { Handlers } from '../contract-server/types.ts';
import type { Agents } from './agents.ts';
import type { WrapUpNotices } from './wrap-up-notices.ts';

/** How this area reaches the lines; `telephony` is behind it. */
export interface AgentLinePort {
  /** @returns false when this person has no softphone registered */
  open(personId: string, nonce: string): Promise<boolean>;
  close(personId: string): Promise<void>;
}

export interface AgentToday {
  calls: number;
  conversations: number;
  promises: number;
  promisedMinor: { currency: string; amountMinor: number }[];
  talkTimeMs: number;
  callbacksDue: number;
  missedInbound: number;
}

export interface AgentHandlersOptions {
  agents: Agents;
  lines: AgentLinePort;
  notices: WrapUpNotices;
  today(personId: string): AgentToday;
  /** a joined call of this person that still wants its outcome, from before a restart */
  undisposedCall(personId: string): string | null;
}

/** Commands of `agent.*`. */
export function createAgentHandlers(options: AgentHandlersOptions): Handlers {
  const { agents, lines } = options;
  /** who asked to be ready before the line was up */
  const wishes = new Set<string>();
  agents.on((event) => {
    if (event.type !== 'changed' || event.status.workState !== 'notReady') return;
    const { personId } = event.status;
    if (wishes.delete(personId)) becomeReady(options, personId);
  });
  return {
    'agent.ready': async (input, { principal }) => {
      const { personId } = principal;
      if (!(await lines.open(personId, input.nonce)))
        throw new AppError('agent.no-softphone', 'the softphone is not registered', {
          retryable: true,
        });
      if (agents.state(personId).kind === 'offline') wishes.add(personId);
      else becomeReady(options, personId);
      return agents.status(personId);
    },
    'agent.not-ready': (_input, { principal }) => {
      wishes.delete(principal.personId);
      if (agents.state(principal.personId).kind !== 'offline')
        agents.apply(principal.personId, { type: 'notReady' });
      return agents.status(principal.personId);
    },
    'agent.leave': async (_input, { principal }) => {
      const { personId } = principal;
      wishes.delete(personId);
      const { kind } = agents.state(personId);
      if (kind === 'talking' || kind === 'reserved')
        throw new AppError('agent.in-call', 'the call has to end first');
      await lines.close(personId);
      return agents.status(personId);
    },
    'agent.closing': (input, { principal }) => {
      options.notices.closing(principal.personId, input);
      return {};
    },
    'agent.status': (_input, { principal }) => agents.status(principal.personId),
    'agent.list': () => ({ agents: agents.list() }),
    'agent.today': (_input, { principal }) => options.today(principal.personId),
  };
}

/** First the outcome that a restart left open, then the next call. */
function becomeReady(options: AgentHandlersOptions, personId: string): void {
  const { agents } = options;
  const callId = options.undisposedCall(personId);
  const { kind } = agents.state(personId);
  if (callId !== null && (kind === 'notReady' || kind === 'ready'))
    agents.apply(personId, { type: 'resumeWrapUp', callId, autoReadyAt: null });
  agents.apply(personId, { type: 'ready' });
}
