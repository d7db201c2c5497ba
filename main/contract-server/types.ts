import type { z } from 'zod';
import type {
  CommandName,
  CommandOutput,
  EventData,
  EventName,
  ParsedInput,
  Principal,
} from '#shared/contract/index.ts';
import type { Role } from '#shared/domain/index.ts';

export interface RequestContext {
  principal: Principal;
  /** one for each WebSocket; a person may have several windows */
  connectionId: string;
  /** given by the client with commands that change something */
  commandId: string | null;
  /** address by which this client reached the engine, `http://127.0.0.1:4123`; absent in memory */
  baseUrl?: string;
}

/**
 * Runs one command. Input is validated and the role checked before. Expected failures are thrown as
 * AppError with a code that the contract declares; anything else is a bug and answered `internal`.
 */
export type Handler<Name extends CommandName> = (
  input: ParsedInput<Name>,
  context: RequestContext,
) => Promise<Output<Name>> | Output<Name>;

/** Ids of a reply need not be branded by the area that writes it: rows come from the store. */
type Output<Name extends CommandName> = Unbranded<CommandOutput<Name>>;
export type Unbranded<Value> = Value extends string & z.$brand
  ? string
  : Value extends string | number | boolean | null | undefined
    ? Value
    : Value extends readonly (infer Item)[]
      ? Unbranded<Item>[]
      : Value extends object
        ? { [Key in keyof Value]: Unbranded<Value[Key]> }
        : Value;

export type Handlers = { [Name in CommandName]?: Handler<Name> };

export type Audience =
  | { kind: 'everyone' }
  | { kind: 'roles'; roles: readonly Role[] }
  | { kind: 'person'; personId: string };

export interface Publisher {
  /** sends an event to every connection of the audience, after the commit that it announces */
  publish<Name extends EventName>(
    name: Name,
    data: Unbranded<EventData<Name>>,
    audience: Audience,
  ): void;
}
