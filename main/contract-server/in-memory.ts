import {
  type CommandInput,
  type CommandName,
  type CommandOutput,
  type Principal,
  serverMessage,
} from '#shared/contract/index.ts';
import { type ErrorData, failed, ok, type Result } from '#shared/errors/index.ts';
import type { Dispose, IdSource } from '#shared/util/index.ts';
import { Emitter } from '#shared/util/index.ts';
import { Connection } from './connection.ts';
import type { Connections } from './connections.ts';
import type { Dispatcher } from './dispatch.ts';

export interface InMemoryEvent {
  epoch: string;
  seq: number;
  name: string;
  data: unknown;
}

/** A client inside the engine's own process. It says who it is: only code of ours can get one. */
export interface InMemoryClient {
  send<Name extends CommandName>(
    name: Name,
    input: CommandInput<Name>,
    options?: { commandId?: string },
  ): Promise<Result<CommandOutput<Name>>>;
  onEvent(listener: (event: InMemoryEvent) => void): Dispose;
  readonly closed: boolean;
  close(): void;
}

export interface InMemoryOptions {
  principal: Principal;
  epoch: string;
  idSource: IdSource;
  dispatcher: Dispatcher;
  connections: Connections;
}

/** Everything goes through JSON text, so that a value that would not survive the WebSocket fails here too. */
export function connectInMemory(options: InMemoryOptions): InMemoryClient {
  const events = new Emitter<InMemoryEvent>();
  const waiting = new Map<number, (result: Result<unknown, ErrorData>) => void>();
  let nextId = 1;
  let closed = false;

  const connection = new Connection({
    ...options,
    connectionId: options.idSource.next(),
    baseUrl: null,
    transport: { send: receive, close: onClosed },
  });
  options.connections.add(connection);

  function receive(text: string): void {
    const message = serverMessage.parse(JSON.parse(text));
    if (message.t === 'event') events.emit(message);
    if (message.t === 'reply') settle(message.id, ok(message.value));
    if (message.t === 'error') settle(message.id, failed(message.error));
  }

  function settle(id: number, result: Result<unknown, ErrorData>): void {
    waiting.get(id)?.(result);
    waiting.delete(id);
  }

  function onClosed(): void {
    closed = true;
    options.connections.remove(connection);
    for (const id of [...waiting.keys()]) settle(id, failed(notConnected()));
  }

  return {
    send(name, input, sendOptions = {}) {
      if (closed) return Promise.resolve(failed(notConnected()));
      const id = nextId++;
      const commandId = sendOptions.commandId ?? options.idSource.next();
      const copy: unknown = JSON.parse(JSON.stringify(input));
      return new Promise((resolve) => {
        waiting.set(id, resolve as (result: Result<unknown, ErrorData>) => void);
        void connection.command({ t: 'command', id, name, input: copy, commandId });
      });
    },
    onEvent: (listener) => events.on(listener),
    get closed() {
      return closed;
    },
    close: () => connection.close(1000, 'closed'),
  };
}

function notConnected(): ErrorData {
  return {
    code: 'contract.not-connected',
    message: 'the connection is closed',
    details: {},
    retryable: true,
  };
}
