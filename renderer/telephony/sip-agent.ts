import {
  type Invitation,
  Registerer,
  type Session,
  SessionState,
  UserAgent,
  type UserAgentOptions,
  Web,
} from 'sip.js';
import { SocketTransport } from './socket-transport.ts';

/** What the contract's `access.sip-ticket` gives. */
export interface SipLogin {
  sipUrl: string;
  addressOfRecord: string;
  user: string;
  secret: string;
}

export interface SipAgentEvents {
  onSocketOpened(): void;
  onSocketClosed(code: number): void;
  onRegistered(): void;
  onRejected(status: number): void;
  onInvite(invite: IncomingInvite): void;
}

export interface LineDialog {
  readonly peerConnection: RTCPeerConnection | null;
  readonly remoteStream: MediaStream | null;
  /** lets go of handlers and media without a BYE */
  dispose(): void;
}

/** An INVITE that nobody has answered yet. */
export interface IncomingInvite {
  /** header `X-Dialdesk-Line` */
  readonly nonce: string | null;
  reject(): void;
  /** @param onEnded BYE, or media that could not be set up; once */
  accept(onEstablished: (dialog: LineDialog) => void, onEnded: () => void): LineDialog;
}

const iceGatheringTimeoutMs = 200;

/**
 * One user agent of sip.js: the only file (with its transport) that knows the library. It lives as long as the engine
 * that it registered with; sockets come and go under it (settings: media path §6).
 */
export class SipAgent {
  readonly #events: SipAgentEvents;
  readonly #userAgent: UserAgent;
  #registerer: Registerer | null = null;
  #disposed = false;

  /** @param captured the microphone; each dialog gets a copy of its track, because sip.js stops what it is given */
  constructor(login: SipLogin, captured: () => Promise<MediaStream>, events: SipAgentEvents) {
    this.#events = events;
    const uri = UserAgent.makeURI(login.addressOfRecord);
    if (!uri) throw new Error('the address of record is not a SIP URI');
    const options: UserAgentOptions = {
      uri,
      authorizationUsername: login.user,
      authorizationPassword: login.secret,
      transportConstructor: SocketTransport,
      transportOptions: { onClosed: (code: number) => this.#onClosed(code) },
      contactParams: { transport: 'ws' },
      gracefulShutdown: false,
      reconnectionAttempts: 0,
      sendInitialProvisionalResponse: false,
      logBuiltinEnabled: false,
      logLevel: 'error',
      sessionDescriptionHandlerFactory: Web.defaultSessionDescriptionHandlerFactory(async () =>
        copyOf(await captured()),
      ),
      sessionDescriptionHandlerFactoryOptions: {
        iceGatheringTimeout: iceGatheringTimeoutMs,
        // the default is a public STUN server
        peerConnectionConfiguration: { iceServers: [] },
      },
      delegate: { onInvite: (invitation) => this.#onInvite(invitation) },
    };
    this.#userAgent = new UserAgent(options);
  }

  /** Opens a socket for this login: the first one, or one in the place of a dead one. */
  connect(login: SipLogin): void {
    this.#renewRegisterer();
    this.#userAgent.configuration.authorizationPassword = login.secret;
    const transport = this.#userAgent.transport as SocketTransport;
    transport.aim(login.sipUrl);
    const opened = this.#userAgent.isConnected()
      ? Promise.resolve()
      : this.#userAgent.state === 'Started'
        ? transport.connect()
        : this.#userAgent.start();
    opened.then(
      () => {
        if (!this.#disposed) this.#events.onSocketOpened();
      },
      () => {
        // the transport has told its close already
      },
    );
  }

  /** Sends REGISTER with the Contact of this user agent, which is what a line hangs on. */
  register(): void {
    this.#registerer
      ?.register({
        requestDelegate: {
          onAccept: () => {
            if (!this.#disposed) this.#events.onRegistered();
          },
          onReject: ({ message }) => {
            if (!this.#disposed) this.#events.onRejected(message.statusCode ?? 0);
          },
        },
      })
      .catch(() => {
        if (!this.#disposed) this.#events.onRejected(0);
      });
  }

  /**
   * A registerer repeats the credentials of its last REGISTER, which belong to the former ticket and would be refused.
   * The old one is let go while no socket is open, so that its "unregister" reaches nobody.
   */
  #renewRegisterer(): void {
    if (this.#userAgent.isConnected()) return;
    void this.#registerer?.dispose();
    // renewed with two minutes to spare: a busy machine, or a page in the background, has late timers
    this.#registerer = new Registerer(this.#userAgent, { expires: 600, refreshFrequency: 80 });
  }

  disconnect(): void {
    void this.#userAgent.transport.disconnect();
  }

  /** Lets go of everything at once; what it would send nobody hears, or the socket's close says as well. */
  dispose(): void {
    this.#disposed = true;
    void this.#userAgent.transport.disconnect();
    this.#userAgent.stop().catch(() => {
      // sip.js tries to end dialogs over a socket that is closed
    });
  }

  #onClosed(code: number): void {
    if (!this.#disposed) this.#events.onSocketClosed(code);
  }

  #onInvite(invitation: Invitation): void {
    const nonce = invitation.request.getHeader('X-Dialdesk-Line') ?? null;
    this.#events.onInvite({
      nonce,
      reject: () => {
        invitation.reject({ statusCode: 603 }).catch(() => {
          // cancelled meanwhile
        });
      },
      accept: (onEstablished, onEnded) => accept(invitation, onEstablished, onEnded),
    });
  }
}

function accept(
  invitation: Invitation,
  onEstablished: (dialog: LineDialog) => void,
  onEnded: () => void,
): LineDialog {
  let over = false;
  const end = (): void => {
    if (over) return;
    over = true;
    onEnded();
  };
  const dialog: LineDialog = {
    get peerConnection() {
      return handlerOf(invitation)?.peerConnection ?? null;
    },
    get remoteStream() {
      return handlerOf(invitation)?.remoteMediaStream ?? null;
    },
    dispose() {
      over = true;
      handlerOf(invitation)?.close();
      invitation.dispose().catch(() => {
        // there is no socket to say goodbye over
      });
    },
  };
  invitation.stateChange.addListener((state) => {
    if (over) return;
    if (state === SessionState.Established) {
      watch(handlerOf(invitation)?.peerConnection, end);
      onEstablished(dialog);
    }
    if (state === SessionState.Terminated) end();
  });
  invitation.accept().catch(end);
  return dialog;
}

/** ICE that failed (after some 17 s) does not come back: the line has to be built anew. */
function watch(peerConnection: RTCPeerConnection | undefined, onFailed: () => void): void {
  peerConnection?.addEventListener('connectionstatechange', () => {
    if (peerConnection.connectionState === 'failed') onFailed();
  });
}

function handlerOf(session: Session): Web.SessionDescriptionHandler | undefined {
  return session.sessionDescriptionHandler as Web.SessionDescriptionHandler | undefined;
}

function copyOf(stream: MediaStream): MediaStream {
  return new MediaStream(stream.getAudioTracks().map((track) => track.clone()));
}
