import {
  type ClientMessage,
  type CommandDefinition,
  type CommandName,
  commands,
} from '#shared/contract/index.ts';
import { type ErrorData, failed, ok, type Result } from '#shared/errors/index.ts';
import type { Clock } from '#shared/util/index.ts';

type CommandMessage = Extract<ClientMessage, { t: 'command' }>;

interface Pending {
  message: CommandMessage;
  /** null for a name that this client does not know: the engine says what it thinks of it */
  definition: CommandDefinition | null;
  /** epoch of the engine that it went to; null while it waits for a connection */
  sentTo: string | null;
  settle(result: Result<unknown>): void;
  cancelTimer(): void;
}

/**
 * Commands without an answer yet. After a reconnect they go out again with the same `commandId`, which makes the repeat
 * harmless. Those that act on a live call go to the same engine only: see `live` in `shared/contract/define.ts`.
 */
export class PendingCommands {
  readonly #clock: Clock;
  readonly #pending = new Map<number, Pending>();
  #nextId = 1;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @returns the id under which the command waits, and its result */
  add(
    name: CommandName,
    input: unknown,
    options: { commandId: string; timeoutMs: number },
  ): { id: number; result: Promise<Result<unknown>> } {
    const id = this.#nextId++;
    const definition = definitionOf(name);
    const message: CommandMessage = { t: 'command', id, name, input };
    if (definition?.changes) message.commandId = options.commandId;
    const result = new Promise<Result<unknown>>((settle) => {
      const cancelTimer = this.#clock.setTimer(options.timeoutMs, () => {
        this.#settle(id, failed(clientError('contract.timeout', 'no answer in time')));
      });
      this.#pending.set(id, { message, definition, sentTo: null, settle, cancelTimer });
    });
    return { id, result };
  }

  /** Sends one command, if it still waits. */
  send(id: number, epoch: string, write: (message: CommandMessage) => void): void {
    const pending = this.#pending.get(id);
    if (!pending) return;
    if (pending.definition?.live && pending.sentTo !== null && pending.sentTo !== epoch) {
      const why = 'the engine restarted before it answered';
      this.#settle(id, failed(clientError('contract.engine-restarted', why)));
      return;
    }
    pending.sentTo = epoch;
    write(pending.message);
  }

  sendAll(epoch: string, write: (message: CommandMessage) => void): void {
    for (const id of [...this.#pending.keys()]) this.send(id, epoch, write);
  }

  succeed(id: number, value: unknown): void {
    const pending = this.#pending.get(id);
    if (!pending) return;
    // Unknown fields of a newer engine are dropped here; a missing one is a fault of the engine, not of the caller.
    const parsed = pending.definition?.output.safeParse(value) ?? {
      success: true as const,
      data: value,
    };
    this.#settle(
      id,
      parsed.success
        ? ok(parsed.data)
        : failed(
            clientError('contract.bad-output', 'the reply does not fit the contract', {
              command: pending.message.name,
              paths: parsed.error.issues.slice(0, 20).map((issue) => issue.path.join('.')),
            }),
          ),
    );
  }

  fail(id: number, error: ErrorData): void {
    this.#settle(id, failed(error));
  }

  failAll(code: string): void {
    const error = clientError(code, 'not connected to the engine');
    for (const id of [...this.#pending.keys()]) this.#settle(id, failed(error));
  }

  #settle(id: number, result: Result<unknown>): void {
    const pending = this.#pending.get(id);
    if (!pending) return;
    this.#pending.delete(id);
    pending.cancelTimer();
    pending.settle(result);
  }
}

function definitionOf(name: string): CommandDefinition | null {
  return Object.hasOwn(commands, name) ? commands[name as CommandName] : null;
}

export function clientError(
  code: string,
  message: string,
  details: Record<string, unknown> = {},
): ErrorData {
  return { code, message, details, retryable: code !== 'contract.bad-output' };
}
