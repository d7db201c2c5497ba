import type { PeerConnection, Track } from 'node-datachannel';
import { AppError } from '#shared/errors/index.ts';
import { AGENT_TELEPHONE_EVENT, finishAgentOffer } from './agent-sdp.ts';
import type {
  AgentTransport,
  AgentTransportEvents,
  MakeAgentTransport,
} from './agent-transport.ts';

const GATHERING_LIMIT_MS = 3_000;
const LOOPBACK = new Set(['127.0.0.1', '::1']);
const LOST_STATES = new Set(['disconnected', 'failed', 'closed']);

type Library = typeof import('node-datachannel');

/** The native library, loaded when first asked for: the engine imports this area and must not load it. */
export function loadDataChannelLibrary(): Promise<Library> {
  return import('node-datachannel');
}

/**
 * libdatachannel behind `AgentTransport`. Its `cleanup()` is never called: it crashes while a connection is closing, and
 * the process ends anyway.
 */
export const makeDataChannelTransport: MakeAgentTransport = ({ lineId, hosts, events }) =>
  new DataChannelTransport(lineId, hosts, events);

class DataChannelTransport implements AgentTransport {
  readonly #lineId: string;
  readonly #hosts: readonly string[];
  readonly #events: AgentTransportEvents;
  #connection: PeerConnection | null = null;
  #track: Track | null = null;
  #closed = false;

  constructor(lineId: string, hosts: readonly string[], events: AgentTransportEvents) {
    this.#lineId = lineId;
    this.#hosts = hosts;
    this.#events = events;
  }

  async createOffer(): Promise<string> {
    const aloneHost = this.#hosts.find((host) => LOOPBACK.has(host)) ?? this.#hosts[0];
    if (aloneHost === undefined)
      throw new AppError('media.no-candidate', 'no agent host configured');
    // several addresses need the wildcard socket; with no interface up that finds none, and loopback must still work
    const sdp = this.#hosts.length === 1 ? null : await this.#gather(undefined);
    if (sdp?.includes('a=candidate')) return finishAgentOffer(sdp, this.#hosts);
    this.#dispose();
    return finishAgentOffer(await this.#gather(aloneHost), [aloneHost]);
  }

  acceptAnswer(answerSdp: string): void {
    try {
      this.#connection?.setRemoteDescription(answerSdp, 'answer');
    } catch (error) {
      throw new AppError('media.bad-answer', 'the answer was refused', { cause: error });
    }
  }

  send(bytes: Buffer): void {
    if (this.#closed || !this.#track?.isOpen()) return;
    try {
      this.#track.sendMessageBinary(bytes);
    } catch {
      // the track closed between the question and the call: `onLost` tells it
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#dispose();
  }

  async #gather(bindAddress: string | undefined): Promise<string> {
    const library = await loadDataChannelLibrary();
    const connection = new library.PeerConnection(this.#lineId, {
      iceServers: [],
      forceMediaTransport: true,
      disableAutoNegotiation: true,
      ...(bindAddress === undefined ? {} : { bindAddress }),
    });
    this.#connection = connection;
    this.#watch(connection);
    return await new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new AppError('media.no-candidate', 'gathering candidates took too long'));
      }, GATHERING_LIMIT_MS);
      connection.onGatheringStateChange((state) => {
        if (state !== 'complete') return;
        clearTimeout(timer);
        resolve(connection.localDescription()?.sdp ?? '');
      });
      this.#addTrack(library, connection);
      connection.setLocalDescription('offer');
    });
  }

  #addTrack(library: Library, connection: PeerConnection): void {
    const audio = new library.Audio('0', 'SendRecv');
    audio.addAudioCodec(0, 'PCMU');
    audio.addAudioCodec(8, 'PCMA');
    audio.addAudioCodec(AGENT_TELEPHONE_EVENT, 'telephone-event');
    const track = connection.addTrack(audio);
    this.#track = track;
    track.onOpen(() => this.#unlessClosed(() => this.#events.onOpen()));
    track.onMessage((bytes) => this.#unlessClosed(() => this.#events.onPacket(bytes)));
  }

  #watch(connection: PeerConnection): void {
    connection.onStateChange((state) => {
      if (connection !== this.#connection || !LOST_STATES.has(state)) return;
      this.#unlessClosed(() => {
        this.#closed = true;
        this.#events.onLost(state);
      });
    });
  }

  /** an exception in a native callback would end the process, and with it every other call */
  #unlessClosed(action: () => void): void {
    if (this.#closed) return;
    try {
      action();
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  }

  #dispose(): void {
    const connection = this.#connection;
    this.#connection = null;
    this.#track = null;
    connection?.close();
  }
}
