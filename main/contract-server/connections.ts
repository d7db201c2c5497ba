import { type EventData, type EventName, events, type Principal } from '#shared/contract/index.ts';
import { assertNever, type Dispose, Emitter } from '#shared/util/index.ts';
import type { Connection } from './connection.ts';
import type { Logger } from './ports.ts';
import type { Audience, Publisher, Unbranded } from './types.ts';

export interface ConnectionChange {
  kind: 'opened' | 'closed';
  connectionId: string;
  principal: Principal;
}

/** Everyone who is logged in now, and the way to tell them something. */
export class Connections implements Publisher {
  readonly #connections = new Set<Connection>();
  readonly #changes: Emitter<ConnectionChange>;
  readonly #logger: Logger;
  readonly #checkEvents: boolean;

  constructor(logger: Logger, checkEvents: boolean) {
    this.#logger = logger;
    this.#checkEvents = checkEvents;
    this.#changes = new Emitter((error) =>
      logger.error('a listener for connections failed', { error: String(error) }),
    );
  }

  add(connection: Connection): void {
    this.#connections.add(connection);
    this.#announce('opened', connection);
  }

  remove(connection: Connection): void {
    if (this.#connections.delete(connection)) this.#announce('closed', connection);
  }

  onChange(listener: (change: ConnectionChange) => void): Dispose {
    return this.#changes.on(listener);
  }

  list(): { connectionId: string; principal: Principal }[] {
    return [...this.#connections].map(({ connectionId, principal }) => ({
      connectionId,
      principal,
    }));
  }

  /** Never throws: an event that does not fit the contract is logged and left out. */
  publish<Name extends EventName>(
    name: Name,
    data: Unbranded<EventData<Name>>,
    audience: Audience,
  ): void {
    if (this.#checkEvents) {
      const checked = events[name].safeParse(data);
      if (!checked.success) {
        this.#logger.error('event does not fit the contract', {
          name,
          issues: checked.error.issues.map((issue) => issue.path.join('.')),
        });
        return;
      }
    }
    const receivers = [...this.#connections].filter((one) => hears(one.principal, audience));
    if (receivers.length === 0) return;
    const json = JSON.stringify(data);
    for (const connection of receivers) connection.event(name, json);
  }

  closePerson(personId: string, code: number, reason: string): void {
    for (const connection of [...this.#connections]) {
      if (connection.principal.personId === personId) connection.close(code, reason);
    }
  }

  closeAll(code: number, reason: string): void {
    for (const connection of [...this.#connections]) connection.close(code, reason);
  }

  #announce(kind: ConnectionChange['kind'], connection: Connection): void {
    const { connectionId, principal } = connection;
    this.#changes.emit({ kind, connectionId, principal });
  }
}

function hears(principal: Principal, audience: Audience): boolean {
  switch (audience.kind) {
    case 'everyone':
      return true;
    case 'roles':
      return audience.roles.includes(principal.role);
    case 'person':
      return audience.personId === principal.personId;
    default:
      return assertNever(audience, 'audience');
  }
}
