import type {
  CommandInput,
  CommandName,
  CommandOutput,
  EventData,
  EventName,
} from '#shared/contract/index.ts';
import { parseLoginFragment } from '#shared/contract/index.ts';
import { fromErrorData } from '#shared/errors/index.ts';
import { type Clock, Emitter } from '#shared/util/index.ts';
import {
  type ContractClientOptions,
  type ContractEvent,
  createContractClient,
  type ContractClient as EngineClient,
} from '../client/index.ts';
import type { ConnectionState, ContractClient } from '../stores/index.ts';

type Options = Pick<ContractClientOptions, 'credentialStore' | 'login' | 'url'> & { clock: Clock };

/**
 * The contract client as screens use it: listeners by event name, rejections instead of results, and a connection
 * that says since when.
 */
export function createScreenClient(options: Options): { client: ContractClient; start(): void } {
  const connections = new Emitter<ConnectionState>();
  const resyncs = new Emitter<void>();
  const events = new Map<EventName, Emitter<unknown>>();
  let engine: EngineClient;
  let connection: ConnectionState = { kind: 'connecting', since: options.clock.now() };

  const refresh = (): void => {
    const next = toConnection(engine, connection, options.clock.now());
    if (next === connection) return;
    connection = next;
    connections.emit(next);
  };
  engine = createContractClient({
    ...options,
    onStateChange: refresh,
    onEvent: (event: ContractEvent) => events.get(event.name)?.emit(event.data),
    onResync: () => {
      refresh();
      resyncs.emit();
    },
  });

  const client: ContractClient = {
    get connection() {
      return connection;
    },
    onConnection: (listener) => connections.on(listener),
    onResync: (listener) => resyncs.on(listener),
    async send<Name extends CommandName>(
      name: Name,
      input: CommandInput<Name>,
    ): Promise<CommandOutput<Name>> {
      const result = await engine.send(name, input);
      if (result.ok) return result.value;
      throw fromErrorData(result.error);
    },
    on<Name extends EventName>(name: Name, listener: (data: EventData<Name>) => void) {
      const emitter = events.get(name) ?? new Emitter<unknown>();
      events.set(name, emitter);
      return emitter.on(listener as (data: unknown) => void);
    },
    logIn(invitation) {
      const login = parseLoginFragment(invitation.slice(invitation.indexOf('#')));
      if (login) engine.start(login);
      return login !== null;
    },
    get healthUrl() {
      const url = new URL(typeof options.url === 'string' ? options.url : options.url());
      return `${url.protocol === 'wss:' ? 'https:' : 'http:'}//${url.host}/health`;
    },
  };
  return { client, start: () => engine.start() };
}

/** Attempts in between are one state for a person: there is no connection, since then. */
function toConnection(engine: EngineClient, before: ConnectionState, now: number): ConnectionState {
  const { state } = engine;
  switch (state.kind) {
    case 'idle':
    case 'stopped':
      return before;
    case 'ready':
      if (before.kind === 'connected' && before.epoch === state.epoch) return before;
      if (engine.engine === null) return before;
      return { kind: 'connected', since: now, ...engine.engine };
    case 'refused':
      return { kind: 'refused', since: now, code: state.code };
    case 'connecting':
    case 'proving':
    case 'lost': {
      const { lostSince } = state;
      if (lostSince === null || engine.engine === null) {
        return before.kind === 'connecting' ? before : { kind: 'connecting', since: now };
      }
      return before.kind === 'lost' && before.since === lostSince
        ? before
        : { kind: 'lost', since: lostSince };
    }
  }
}
