import { EmitterImpl, type Transport, TransportState } from 'sip.js';

/** Close code with which the engine says that another window of this person registered. */
export const replacedCloseCode = 4409;

export interface SocketTransportOptions {
  onClosed(code: number): void;
}

/**
 * SIP over a WebSocket (RFC 7118) for sip.js. Unlike the library's own transport it can open another socket at another
 * address, so that user agent, dialog and media outlive the socket.
 */
export class SocketTransport implements Transport {
  readonly protocol: string = 'WS';
  readonly stateChange = new EmitterImpl<TransportState>();
  onConnect: (() => void) | undefined;
  onDisconnect: ((error?: Error) => void) | undefined;
  onMessage: ((message: string) => void) | undefined;
  state = TransportState.Disconnected;
  readonly #options: SocketTransportOptions;
  #url = '';
  #socket: WebSocket | null = null;

  constructor(_logger: unknown, options: SocketTransportOptions) {
    this.#options = options;
  }

  /** Where the next `connect` goes: a ticket is good for one socket. */
  aim(url: string): void {
    this.#url = url;
  }

  isConnected(): boolean {
    return this.state === TransportState.Connected;
  }

  connect(): Promise<void> {
    this.#drop();
    this.#move(TransportState.Connecting);
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(this.#url, 'sip');
      this.#socket = socket;
      socket.addEventListener('open', () => {
        if (this.#socket !== socket) return;
        this.#move(TransportState.Connected);
        this.onConnect?.();
        resolve();
      });
      socket.addEventListener('message', ({ data }) => {
        if (this.#socket === socket && typeof data === 'string') this.onMessage?.(data);
      });
      socket.addEventListener('close', ({ code }) => {
        reject(new Error(`the SIP socket closed with ${code}`));
        if (this.#socket === socket) this.#closed(code);
      });
    });
  }

  async disconnect(): Promise<void> {
    this.#drop();
  }

  async dispose(): Promise<void> {
    this.#drop();
  }

  send(message: string): Promise<void> {
    if (!this.isConnected() || !this.#socket) {
      return Promise.reject(new Error('no SIP socket is open'));
    }
    this.#socket.send(message);
    return Promise.resolve();
  }

  #closed(code: number): void {
    const wasConnected = this.isConnected();
    this.#socket = null;
    this.#move(TransportState.Disconnected);
    if (wasConnected) this.onDisconnect?.(new Error(`closed with ${code}`));
    this.#options.onClosed(code);
  }

  /** Lets go of a socket without telling anyone: it was our wish. */
  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    if (this.state !== TransportState.Disconnected) {
      const wasConnected = this.isConnected();
      this.#move(TransportState.Disconnected);
      if (wasConnected) this.onDisconnect?.();
    }
  }

  #move(state: TransportState): void {
    if (this.state === state) return;
    this.state = state;
    this.stateChange.emit(state);
  }
}
