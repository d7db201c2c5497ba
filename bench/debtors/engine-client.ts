import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import {
  type CommandInput,
  type CommandName,
  type CommandOutput,
  contractSubprotocol,
  contractVersion,
  type ServerMessage,
  type Token,
} from '#shared/contract/index.ts';

export interface Timed<Value> {
  value: Value;
  /** from handing the command to the socket until the whole reply has arrived here, before it is read */
  ms: number;
  /** of the reply */
  bytes: number;
}

/**
 * The round trip of a command that reads next to nothing, ms: what loopback, JSON and the loops of both sides take. It is
 * asked in turn with what is measured, so that the machine is as busy for the one as for the other.
 */
export async function trivialRoundTrip(client: EngineClient): Promise<number> {
  return (await client.time('access.me', {})).ms;
}

/**
 * A contract connection that measures. Round trips are timed in this process, around the socket: two trips over
 * loopback and this client's own turn are in them, reading the JSON of the reply is not.
 */
export class EngineClient {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (data: Buffer, arrivedMs: number) => void>();
  #nextId = 1;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => this.#onMessage(data, performance.now()));
    socket.on('close', () => this.#onClose());
  }

  /** @param token proves that this client may; the engine's own proof is not checked here */
  static async connect(url: string, token: Token): Promise<EngineClient> {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/contract`, contractSubprotocol);
    const [first] = (await once(socket, 'message')) as [Buffer];
    const { serverNonce } = JSON.parse(String(first)) as { serverNonce: string };
    const clientNonce = randomBytes(32).toString('hex');
    const proof = createHmac('sha256', Buffer.from(token.secretHex, 'hex'))
      .update('client')
      .update(Buffer.from(serverNonce, 'hex'))
      .update(Buffer.from(clientNonce, 'hex'))
      .digest('hex');
    const { keyId } = token;
    const prove = { t: 'prove', kind: 'credential', keyId, clientNonce, proof };
    socket.send(JSON.stringify({ ...prove, version: contractVersion }));
    const [answer] = (await once(socket, 'message')) as [Buffer];
    const welcome = JSON.parse(String(answer)) as ServerMessage;
    if (welcome.t !== 'welcome') throw new Error(`the engine answered ${String(answer)}`);
    return new EngineClient(socket);
  }

  async send<Name extends CommandName>(
    name: Name,
    input: CommandInput<Name>,
  ): Promise<CommandOutput<Name>> {
    return (await this.time(name, input)).value;
  }

  time<Name extends CommandName>(
    name: Name,
    input: CommandInput<Name>,
  ): Promise<Timed<CommandOutput<Name>>> {
    const id = this.#nextId;
    this.#nextId += 1;
    const text = JSON.stringify({
      t: 'command',
      id,
      name,
      input,
      commandId: crypto.randomUUID(),
    });
    return new Promise((resolve, reject) => {
      const sentMs = performance.now();
      this.#waiting.set(id, (data, arrivedMs) => {
        const message = JSON.parse(String(data)) as ServerMessage;
        if (message.t === 'reply') {
          const value = message.value as CommandOutput<Name>;
          resolve({ value, ms: arrivedMs - sentMs, bytes: data.length });
        } else reject(new Error(`${name}: ${String(data)}`));
      });
      this.#socket.send(text);
    });
  }

  close(): void {
    this.#socket.close();
  }

  #onMessage(data: Buffer, arrivedMs: number): void {
    // the id stands in the first characters: events are not read at all
    const id = Number(/"id":(\d+)/.exec(data.toString('latin1', 0, 64))?.[1]);
    const take = this.#waiting.get(id);
    if (take === undefined) return;
    this.#waiting.delete(id);
    take(data, arrivedMs);
  }

  #onClose(): void {
    const gone = Buffer.from(JSON.stringify({ t: 'gone' }));
    for (const take of this.#waiting.values()) take(gone, 0);
    this.#waiting.clear();
  }
}
