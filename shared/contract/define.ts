import type { z } from 'zod';
import type { Role } from '../domain/index.ts';

/** One command of the contract: who may use it, what goes in, what comes out, how it may fail. */
export interface CommandDefinition {
  roles: readonly Role[];
  /** true: changes something, so the client sends a `commandId` and a repeat answers the first reply */
  changes?: boolean;
  /**
   * true: acts on a live call or line, so it means nothing once the engine has restarted. The client repeats such a
   * command to the same engine only; after a restart it answers `contract.engine-restarted` by itself.
   */
  live?: boolean;
  /** strict object; unknown keys are an error reply */
  input: z.ZodType;
  output: z.ZodType;
  /** codes a caller is expected to handle, besides the general ones in `generalErrors` */
  errors?: readonly string[];
}

export type CommandMap = Record<string, CommandDefinition>;
export type EventMap = Record<string, z.ZodType>;

/** Keeps the literal types of a map of commands. */
export function defineCommands<const Commands extends CommandMap>(commands: Commands): Commands {
  return commands;
}

/** Keeps the literal types of a map of events (names in the past tense). */
export function defineEvents<const Events extends EventMap>(events: Events): Events {
  return events;
}

export const everyone = ['agent', 'lead', 'admin', 'machine'] as const;
export const people = ['agent', 'lead', 'admin'] as const;
export const leads = ['lead', 'admin', 'machine'] as const;
export const admins = ['admin', 'machine'] as const;

/** Codes that any command may answer. */
export const generalErrors = [
  'contract.unknown-command',
  'contract.bad-input',
  'contract.not-found',
  'access.refused',
  'internal',
] as const;
