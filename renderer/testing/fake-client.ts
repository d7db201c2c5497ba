import type {
  CommandInput,
  CommandName,
  CommandOutput,
  EventData,
  EventName,
} from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { ConnectionState, ContractClient } from '../stores/index.ts';
import { contactAnswers } from './contact-answers.ts';
import { debtorAnswers } from './debtor-answers.ts';
import {
  aCampaign,
  aCard,
  anAgentStatus,
  anAppState,
  anId,
  aPrincipal,
  dispositions,
  missedCalls,
} from './fixtures.ts';
import { messageAnswers } from './message-answers.ts';
import { callbacks, searchHits } from './portfolio-fixtures.ts';

export type Answers = {
  [Name in CommandName]?: (
    input: CommandInput<Name>,
  ) => CommandOutput<Name> | Promise<CommandOutput<Name>>;
};

/** An engine that a test or the harness holds in its hand. Unanswered commands fail like unknown ones. */
export class FakeClient implements ContractClient {
  connection: ConnectionState;
  readonly healthUrl = 'http://127.0.0.1:0/health';
  readonly sent: { name: CommandName; input: unknown }[] = [];
  readonly answers: Answers;
  #connectionListeners = new Set<(state: ConnectionState) => void>();
  #resyncListeners = new Set<() => void>();
  #eventListeners = new Map<EventName, Set<(data: never) => void>>();

  constructor(answers: Answers = {}, connection: ConnectionState = connectedAs(aPrincipal())) {
    this.answers = answers;
    this.connection = connection;
  }

  onConnection(listener: (state: ConnectionState) => void): () => void {
    this.#connectionListeners.add(listener);
    return () => this.#connectionListeners.delete(listener);
  }

  onResync(listener: () => void): () => void {
    this.#resyncListeners.add(listener);
    return () => this.#resyncListeners.delete(listener);
  }

  async send<Name extends CommandName>(
    name: Name,
    input: CommandInput<Name>,
  ): Promise<CommandOutput<Name>> {
    this.sent.push({ name, input });
    if (this.connection.kind !== 'connected') throw new AppError('client.offline', 'not connected');
    const answer = this.answers[name];
    if (!answer) throw new AppError('contract.unknown-command', `no answer for ${name}`);
    return answer(input);
  }

  on<Name extends EventName>(name: Name, listener: (data: EventData<Name>) => void): () => void {
    const listeners = this.#eventListeners.get(name) ?? new Set();
    this.#eventListeners.set(name, listeners);
    listeners.add(listener as (data: never) => void);
    return () => listeners.delete(listener as (data: never) => void);
  }

  logIn(invitation: string): boolean {
    if (!invitation.includes('#login=')) return false;
    this.setConnection(connectedAs(aPrincipal()));
    return true;
  }

  emit<Name extends EventName>(name: Name, data: EventData<Name>): void {
    for (const listener of this.#eventListeners.get(name) ?? []) listener(data as never);
  }

  setConnection(state: ConnectionState): void {
    this.connection = state;
    for (const listener of this.#connectionListeners) listener(state);
    if (state.kind === 'connected') this.resync();
  }

  /** a login or a gap: everything is fetched again */
  resync(): void {
    for (const listener of this.#resyncListeners) listener();
  }
}

export function connectedAs(
  principal: ReturnType<typeof aPrincipal>,
  epoch = 'epoch-1',
): Extract<ConnectionState, { kind: 'connected' }> {
  return {
    kind: 'connected',
    since: 0,
    epoch,
    principal,
    storeKind: 'practice',
    capabilities: [],
  };
}

/** Answers enough for every screen, from the fixtures. */
export function fixtureAnswers(): Answers {
  const preferences: Record<string, unknown> = {};
  return {
    'app.snapshot': () => anAppState(),
    'app.get-preferences': () => ({ preferences }),
    'app.set-preference': ({ key, value }) => {
      preferences[key] = value;
      return {};
    },
    'agent.list': () => ({ agents: [anAgentStatus()] }),
    'agent.status': () => anAgentStatus(),
    'agent.not-ready': () => anAgentStatus(),
    'agent.leave': () => anAgentStatus({ workState: 'offline', line: 'down' }),
    'agent.today': () => ({
      calls: 41,
      conversations: 23,
      promises: 6,
      promisedMinor: [{ currency: 'PLN', amountMinor: 412_000 }],
      talkTimeMs: 6_840_000,
      callbacksDue: 2,
      missedInbound: 2,
    }),
    'preview.current': () => ({ offer: null }),
    'agent.closing': () => ({}),
    'call.current': () => ({ call: null, card: null }),
    'call.list-dispositions': () => ({ dispositions: [...dispositions] }),
    'call.list-missed': () => ({ items: [...missedCalls] }),
    'call.send-dtmf': () => ({}),
    'campaign.list': () => ({
      campaigns: [
        aCampaign(),
        aCampaign({ campaignId: anId(51), name: 'Energy 90+', status: 'paused' }),
      ],
    }),
    ...debtorAnswers(aCard),
    ...contactAnswers(),
    ...messageAnswers(),
    'search.find': ({ query }) => ({ hits: searchHits(query), tookMs: 4, complete: true }),
    'callback.list': () => ({ callbacks, dueNow: 2 }),
    'inbox.list': () => ({ threads: [], more: false, counts: {} as never }),
    'debtor.list': () => ({
      rows: [
        {
          debtorId: anId(10),
          displayName: 'Anna Kowalczyk-Wójcik',
          externalRef: 'NT-104-2231',
          city: 'Kraków',
          language: 'pl',
          balances: [{ amountMinor: 284_550, currency: 'PLN' }],
          debtCount: 3,
          oldestDaysPastDue: 74,
          phoneCount: 3,
          lastInteractionAt: null,
          synthetic: true,
        },
      ],
      total: 1,
    }),
  };
}
