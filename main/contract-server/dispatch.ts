import { createHash } from 'node:crypto';
import {
  type ClientMessage,
  type CommandDefinition,
  type CommandName,
  commands,
  generalErrors,
  type ServerMessage,
} from '#shared/contract/index.ts';
import { AppError, type ErrorData, InvariantError, toErrorData } from '#shared/errors/index.ts';
import type { Clock, IdSource } from '#shared/util/index.ts';
import type { RefusalAudit } from './limited-audit.ts';
import type { Logger } from './ports.ts';
import { ReplyCache } from './reply-cache.ts';
import type { Handlers, RequestContext } from './types.ts';

export type CommandMessage = Extract<ClientMessage, { t: 'command' }>;
export type ReplyMessage = Extract<ServerMessage, { t: 'reply' | 'error' }>;
type Outcome = { ok: true; value: unknown } | { ok: false; error: ErrorData };
type AnyHandler = (input: unknown, context: RequestContext) => unknown;

export interface DispatcherOptions {
  clock: Clock;
  idSource: IdSource;
  logger: Logger;
  refused: RefusalAudit;
  /** parses what handlers answer: on in tests and development */
  checkOutputs: boolean;
}

/**
 * Runs commands: role, input, handler, output, reply. Nothing throws across. Commands of one connection run
 * concurrently, also with each other; replies carry the command's id and may come in another order. A client that needs
 * an order waits for the first reply.
 */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #handlers = new Map<string, AnyHandler>();
  readonly #replies: ReplyCache<Outcome>;

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#replies = new ReplyCache(options.clock);
  }

  /** @throws InvariantError when a command has a handler already or is not in the contract */
  register(handlers: Handlers): void {
    for (const [name, handler] of Object.entries(handlers)) {
      if (!Object.hasOwn(commands, name)) throw new InvariantError(`no such command: ${name}`);
      if (this.#handlers.has(name)) throw new InvariantError(`two handlers for ${name}`);
      this.#handlers.set(name, handler as AnyHandler);
    }
  }

  /** Commands of the contract that nobody handles yet: empty in a complete engine. */
  missing(): CommandName[] {
    return (Object.keys(commands) as CommandName[]).filter((name) => !this.#handlers.has(name));
  }

  async dispatch(message: CommandMessage, context: RequestContext): Promise<ReplyMessage> {
    const outcome = await this.#answer(message, context);
    return outcome.ok
      ? { t: 'reply', id: message.id, ok: true, value: outcome.value }
      : { t: 'error', id: message.id, ok: false, error: outcome.error };
  }

  #answer(message: CommandMessage, context: RequestContext): Promise<Outcome> | Outcome {
    const handler = this.#handlers.get(message.name);
    if (!handler || !Object.hasOwn(commands, message.name)) return unknownCommand(message.name);
    const definition: CommandDefinition = commands[message.name as CommandName];
    if (!definition.roles.includes(context.principal.role)) return this.#refuse(message, context);
    const input = definition.input.safeParse(message.input);
    if (!input.success) return badInput(message.name, input.error.issues);
    const run = () => this.#run(message.name, definition, () => handler(input.data, context));
    return definition.changes ? this.#runOnce(message, context, run) : run();
  }

  #runOnce(
    message: CommandMessage,
    context: RequestContext,
    run: () => Promise<Outcome>,
  ): Promise<Outcome> | Outcome {
    if (context.commandId === null) return commandIdProblem(message.name, 'is missing');
    const key = `${context.principal.personId} ${context.commandId}`;
    const fingerprint = fingerprintOf(message);
    if (fingerprint === null) {
      return failure('contract.bad-input', 'nested too deep', { command: message.name });
    }
    const worthKeeping = (outcome: Outcome) => outcome.ok || !outcome.error.retryable;
    const outcome = this.#replies.run(key, fingerprint, run, worthKeeping);
    return outcome ?? commandIdProblem(message.name, 'was used for another command');
  }

  async #run(name: string, definition: CommandDefinition, work: () => unknown): Promise<Outcome> {
    try {
      const value = await work();
      if (this.#options.checkOutputs) definition.output.parse(value);
      return { ok: true, value };
    } catch (error) {
      return { ok: false, error: this.#failure(name, definition, error) };
    }
  }

  #failure(name: string, definition: CommandDefinition, error: unknown): ErrorData {
    if (error instanceof AppError) {
      const { logger, checkOutputs } = this.#options;
      if (checkOutputs && !isDeclared(definition, error.code)) {
        logger.warn('command failed with a code it does not declare', { name, code: error.code });
      }
      return toErrorData(error);
    }
    const id = this.#options.idSource.next();
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#options.logger.error('command failed', { name, id, error: text });
    return {
      code: 'internal',
      message: 'something went wrong in the engine',
      details: { id },
      retryable: false,
    };
  }

  #refuse(message: CommandMessage, context: RequestContext): Outcome {
    const { principal } = context;
    this.#options.refused(
      'access.command-refused',
      principal.personId,
      { command: message.name, role: principal.role },
      principal.personId,
    );
    return failure('access.refused', `${principal.role} may not use ${message.name}`, {
      command: message.name,
    });
  }
}

function isDeclared(definition: CommandDefinition, code: string): boolean {
  const general: readonly string[] = generalErrors;
  return general.includes(code) || (definition.errors ?? []).includes(code);
}

/**
 * A digest: the cache must not keep what people typed longer than it needs.
 * @returns null for an input that nests deeper than the stack can follow
 */
function fingerprintOf(message: CommandMessage): string | null {
  try {
    const text = `${message.name} ${JSON.stringify(message.input ?? null)}`;
    return createHash('sha256').update(text).digest('base64');
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function unknownCommand(name: string): Outcome {
  return failure('contract.unknown-command', 'no such command', { command: name });
}

function commandIdProblem(name: string, problem: string): Outcome {
  return failure('contract.bad-input', `commandId ${problem}`, { command: name });
}

/** Says where and why, never with the value itself: it may be a number or a note. */
function badInput(
  name: string,
  issues: readonly { path: PropertyKey[]; message: string; code?: string }[],
): Outcome {
  const list = issues.slice(0, 20).map(({ path, message, code }) => ({
    path: path.map(String).join('.'),
    code: code ?? 'custom',
    message: message.slice(0, 200),
  }));
  return failure('contract.bad-input', `bad input for ${name}`, { command: name, issues: list });
}

function failure(code: string, message: string, details: Record<string, unknown>): Outcome {
  return { ok: false, error: { code, message, details, retryable: false } };
}
