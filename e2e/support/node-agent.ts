import {
  type Invitation,
  Registerer,
  type Session,
  type SessionDescriptionHandler,
  UserAgent,
} from 'sip.js';
import { WebSocket } from 'ws';
import type { CommandInput, CommandName, CommandOutput } from '#shared/contract/index.ts';
import { SoftphonePeer } from '../../main/telephony/media/test-support/softphone-peer.ts';
import {
  type ContractClient,
  type ContractEvent,
  createContractClient,
  memoryCredentialStore,
} from '../../renderer/client/index.ts';

export interface NodeAgentOptions {
  /** `http://127.0.0.1:…` of the engine */
  url: string;
  /** single-use code, or a token that is kept */
  login: { keyId: string; code: string };
  onEvent?(event: ContractEvent): void;
  /** the engine has started anew: its line and its calls are void (see `renewLine`) */
  onEngineRestart?(): void;
  /** connected, again or for the first time */
  onConnected?(): void;
}

/**
 * An agent without a browser: the contract client of the window, sip.js over WebSocket, and werift for media. For
 * tests of many agents, where a browser for each would measure the browsers.
 */
export class NodeAgent {
  readonly events: ContractEvent[] = [];
  peer: SoftphonePeer | null = null;
  talker: ReturnType<SoftphonePeer['talk']> | null = null;
  #client: ContractClient;
  #userAgent: UserAgent | null = null;
  #nonce = '';
  #waiting = new Set<() => void>();

  constructor(options: NodeAgentOptions) {
    this.#client = createContractClient({
      url: `${options.url.replace(/^http/, 'ws')}/contract`,
      credentialStore: memoryCredentialStore(),
      login: options.login,
      onEvent: (event) => {
        this.events.push(event);
        options.onEvent?.(event);
        for (const wake of this.#waiting) wake();
      },
      onStateChange: () => {},
      onResync: () => options.onConnected?.(),
      onEpochChange: () => options.onEngineRestart?.(),
    });
    this.#client.start();
  }

  async send<Name extends CommandName>(
    name: Name,
    input: CommandInput<Name>,
  ): Promise<CommandOutput<Name>> {
    const result = await this.#client.send(name, input);
    if (!result.ok)
      throw Object.assign(
        new Error(
          `${name}: ${result.error.code} ${result.error.message} ${JSON.stringify(result.error.details)}`,
        ),
        { code: result.error.code, details: result.error.details },
      );
    return result.value;
  }

  /** Registers the softphone and takes the line. */
  async goReady(): Promise<void> {
    await this.#register();
    this.#nonce = [...crypto.getRandomValues(new Uint8Array(16))]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('');
    await this.send('agent.ready', { nonce: this.#nonce });
    await this.until('agent ready', async () => {
      const { workState } = await this.send('agent.status', {});
      return workState !== 'offline' && workState !== 'notReady';
    });
  }

  /** As the page does after a restart of the engine: a new ticket, a new registration, a line under a new nonce. */
  async renewLine(): Promise<void> {
    this.#forgetLine();
    await this.goReady();
  }

  /** Waits until something holds; looked at after each event, and every 50 ms. */
  async until(
    what: string,
    holds: () => boolean | Promise<boolean>,
    timeoutMs = 20_000,
  ): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    while (!(await holds())) {
      if (performance.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${what}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(done, 50);
        const wakeUp = () => done();
        const waiting = this.#waiting;
        function done() {
          clearTimeout(timer);
          waiting.delete(wakeUp);
          resolve();
        }
        waiting.add(wakeUp);
      });
    }
  }

  /** The window is gone without a word: no BYE, no REGISTER, and no voice any more. */
  async dropSoftphone(): Promise<void> {
    this.talker?.stop();
    await this.#userAgent?.transport.disconnect().catch(() => {});
  }

  async close(): Promise<void> {
    await this.peer?.close();
    await this.#userAgent?.stop().catch(() => {});
    this.#client.stop();
  }

  /** The dialog died with its engine: there is nobody to say BYE to. */
  #forgetLine(): void {
    void this.peer?.close().catch(() => {});
    this.peer = null;
    this.talker = null;
    void this.#userAgent?.stop().catch(() => {});
    this.#userAgent = null;
  }

  async #register(): Promise<void> {
    const ticket = await this.send('access.sip-ticket', {});
    const uri = UserAgent.makeURI(ticket.addressOfRecord);
    if (!uri) throw new Error('the address of record is no URI');
    pretendToBeAPage();
    this.#userAgent = new UserAgent({
      uri,
      authorizationUsername: ticket.user,
      authorizationPassword: ticket.secret,
      transportOptions: { server: ticket.sipUrl, keepAliveInterval: 0, traceSip: false },
      logBuiltinEnabled: false,
      reconnectionAttempts: 0,
      gracefulShutdown: false,
      sendInitialProvisionalResponse: false,
      sessionDescriptionHandlerFactory: (session: Session) => this.#handler(session),
      delegate: { onInvite: (invitation) => this.#onInvite(invitation) },
    });
    await this.#userAgent.start();
    const registerer = new Registerer(this.#userAgent, { expires: 120 });
    await new Promise<void>((resolve, reject) => {
      registerer.stateChange.addListener((state) => {
        if (String(state) === 'Registered') resolve();
      });
      registerer
        .register({
          requestDelegate: {
            onReject: (r) => reject(new Error(`REGISTER ${r.message.statusCode}`)),
          },
        })
        .catch(reject);
    });
  }

  #onInvite(invitation: Invitation): void {
    if (invitation.request.getHeader('X-Dialdesk-Line') !== this.#nonce) {
      void invitation.reject();
      return;
    }
    void invitation.accept();
  }

  #handler(_session: Session): SessionDescriptionHandler {
    const peer = new SoftphonePeer();
    this.peer = peer;
    let answerSdp = '';
    return {
      close: () => void peer.close(),
      getDescription: async () => ({ body: answerSdp, contentType: 'application/sdp' }),
      hasDescription: (contentType) => contentType === 'application/sdp',
      holdModifier: (description: RTCSessionDescriptionInit) => Promise.resolve(description),
      rollbackDescription: async () => {},
      setDescription: async (sdp) => {
        answerSdp = await peer.answer(sdp);
        // As a microphone does: packets flow from the first moment on.
        this.talker = peer.talk();
      },
      sendDtmf: () => false,
    } as SessionDescriptionHandler;
  }
}

/** The engine lets only its own pages open `/sip`; Node's WebSocket cannot send an Origin, `ws` can. */
function pretendToBeAPage(): void {
  globalThis.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols, { origin: `http://${new URL(url).host}` });
    }
  } as unknown as typeof globalThis.WebSocket;
}
