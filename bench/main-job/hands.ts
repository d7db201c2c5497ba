import type {
  CommandInput,
  CommandName,
  CommandOutput,
  LoginCode,
} from '#shared/contract/index.ts';
import {
  type ContractClient,
  type ContractEvent,
  createContractClient,
  memoryCredentialStore,
} from '../../renderer/client/index.ts';

/** A second connection of the person in the window: does what that person's hands would do, at a steady pace. */
export class Hands {
  /** engine's instant of each joined call, epoch ms, by call */
  readonly joinedAt = new Map<string, number>();
  readonly #client: ContractClient;
  readonly #talkMs: number;
  #personId = '';
  #wake = (): void => {};
  #disposed = new Set<string>();

  constructor(url: string, login: LoginCode, talkMs: number) {
    this.#talkMs = talkMs;
    this.#client = createContractClient({
      url: `${url.replace(/^http/, 'ws')}/contract`,
      credentialStore: memoryCredentialStore(),
      login,
      onEvent: (event) => this.#onEvent(event),
    });
    this.#client.start();
  }

  async send<Name extends CommandName>(
    name: Name,
    input: CommandInput<Name>,
  ): Promise<CommandOutput<Name>> {
    const result = await this.#client.send(name, input);
    if (!result.ok) throw new Error(`${name}: ${result.error.code} ${result.error.message}`);
    return result.value;
  }

  async learnWhoIAm(): Promise<void> {
    this.#personId = (await this.send('access.me', {})).personId;
  }

  /** Resolves when so many calls were joined, talked through and recorded, or the time for it is over. */
  async untilDone(calls: number, timeoutMs: number): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    while (this.#disposed.size < calls && performance.now() < deadline) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 1_000);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  close(): void {
    this.#client.stop();
  }

  #onEvent(event: ContractEvent): void {
    if (event.name === 'call.connected') {
      const { call } = event.data;
      if (call.personId !== this.#personId) return;
      this.joinedAt.set(call.callId, call.joinedAt ?? 0);
      setTimeout(() => void this.send('call.hang-up', { callId: call.callId }), this.#talkMs);
    } else if (event.name === 'agent.changed') {
      const { personId, workState, callId } = event.data;
      if (personId !== this.#personId || workState !== 'wrapUp' || callId === null) return;
      if (this.#disposed.has(callId)) return;
      this.#disposed.add(callId);
      void this.send('call.dispose', { callId, dispositionCode: 'refuses', next: 'ready' }).then(
        () => this.#wake(),
      );
    }
  }
}
