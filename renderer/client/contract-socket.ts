import {
  type ClientMessage,
  contractSubprotocol,
  type ServerMessage,
  serverMessage,
} from '#shared/contract/index.ts';

/** The part of the standard WebSocket that is used; browsers and Node have the same. */
export interface SocketLike {
  send(text: string): void;
  close(code?: number): void;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: unknown) => void) | null;
  onerror: ((event: unknown) => void) | null;
}
export type OpenSocket = (url: string, subprotocol: string) => SocketLike;

export const openWebSocket: OpenSocket = (url, subprotocol) =>
  new WebSocket(url, subprotocol) as SocketLike;

/**
 * One WebSocket to the engine. Messages are handled one after another, each after the one before has been dealt with:
 * nothing that follows a `welcome` is looked at until the engine's proof was checked.
 */
export class ContractSocket {
  readonly #socket: SocketLike;
  #queue: ServerMessage[] = [];
  #busy = false;
  #ended = false;

  constructor(
    open: OpenSocket,
    url: string,
    handle: (message: ServerMessage) => Promise<void> | void,
    onClosed: () => void,
  ) {
    this.#socket = open(url, contractSubprotocol);
    this.#socket.onmessage = ({ data }) => this.#receive(data, handle, onClosed);
    this.#socket.onclose = () => this.#end(onClosed);
    // Always followed by `close`; the reason is not told to pages.
    this.#socket.onerror = () => {};
  }

  send(message: ClientMessage): void {
    if (!this.#ended) this.#socket.send(JSON.stringify(message));
  }

  /** Ends it without telling: who closes knows. */
  close(): void {
    this.#ended = true;
    this.#queue = [];
    this.#socket.close();
  }

  #receive(
    data: unknown,
    handle: (message: ServerMessage) => Promise<void> | void,
    onClosed: () => void,
  ): void {
    if (this.#ended) return;
    const message = parse(data);
    if (message === null) {
      this.#end(onClosed);
      this.#socket.close();
      return;
    }
    this.#queue.push(message);
    if (!this.#busy) void this.#drain(handle, onClosed);
  }

  async #drain(
    handle: (message: ServerMessage) => Promise<void> | void,
    onClosed: () => void,
  ): Promise<void> {
    this.#busy = true;
    try {
      for (let next = this.#queue.shift(); next && !this.#ended; next = this.#queue.shift()) {
        const done = handle(next);
        if (done) await done;
      }
    } catch {
      // Only the login awaits; without it there is no connection.
      this.#end(onClosed);
      this.#socket.close();
    } finally {
      this.#busy = false;
    }
  }

  #end(onClosed: () => void): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#queue = [];
    onClosed();
  }
}

/** @returns null for anything that is no message of the protocol */
function parse(data: unknown): ServerMessage | null {
  if (typeof data !== 'string') return null;
  try {
    const parsed = serverMessage.safeParse(JSON.parse(data));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
