import type { Principal, ServerMessage } from '#shared/contract/index.ts';
import type { CommandMessage, Dispatcher } from './dispatch.ts';

/** How a logged-in connection reaches its client: a WebSocket, or a function in memory. */
export interface ClientTransport {
  /** hands a whole message over, in order; does nothing once closed */
  send(text: string): void;
  /** @param code WebSocket close code (RFC 6455 §7.4) */
  close(code: number, reason: string): void;
}

export interface ConnectionOptions {
  connectionId: string;
  principal: Principal;
  epoch: string;
  baseUrl: string | null;
  dispatcher: Dispatcher;
  transport: ClientTransport;
}

/** One client after its login: answers commands, numbers its events from 1. */
export class Connection {
  readonly connectionId: string;
  readonly principal: Principal;
  readonly #options: ConnectionOptions;
  #seq = 0;
  #closed = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.connectionId = options.connectionId;
    this.principal = options.principal;
  }

  /** Never rejects: every outcome is a reply. */
  async command(message: CommandMessage): Promise<void> {
    const { principal, connectionId } = this;
    const { baseUrl, dispatcher } = this.#options;
    const reply = await dispatcher.dispatch(message, {
      principal,
      connectionId,
      commandId: message.commandId ?? null,
      ...(baseUrl === null ? {} : { baseUrl }),
    });
    this.send(reply);
  }

  send(message: ServerMessage): void {
    if (!this.#closed) this.#options.transport.send(JSON.stringify(message));
  }

  /** @param dataJson the event's data as JSON text: written once for all connections */
  event(name: string, dataJson: string): void {
    if (this.#closed) return;
    this.#seq += 1;
    const head = `{"t":"event","epoch":${JSON.stringify(this.#options.epoch)},"seq":${this.#seq}`;
    this.#options.transport.send(`${head},"name":${JSON.stringify(name)},"data":${dataJson}}`);
  }

  close(code: number, reason: string): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#options.transport.close(code, reason);
  }
}
