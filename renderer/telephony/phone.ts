import { createStore } from 'zustand/vanilla';
import { AppError } from '#shared/errors/index.ts';
import { type Clock, Disposables } from '#shared/util/index.ts';
import type { ContractClient, Stores } from '../stores/index.ts';
import { AgentLine } from './agent-line.ts';
import { AudioGraph } from './audio-graph.ts';
import { type LineWish, needsRestore, noWish, restoreDelayMs, withStatus } from './line-keeper.ts';
import { listDevices, type MicrophoneChoice } from './microphone.ts';
import { MicrophoneKeeper } from './microphone-keeper.ts';
import type { Phone, PhoneView } from './phone-port.ts';
import { Registration } from './registration.ts';

const qualityEveryMs = 2_000;
const registrationPatienceMs = 4_000;

export interface PhoneOptions {
  client: ContractClient;
  stores: Stores;
  clock: Clock;
  /** device and processing as the person chose them */
  microphoneChoice(): MicrophoneChoice;
  /** '' = the system's default */
  speakerId(): string;
  /** 0–1 */
  ringVolume(): number;
}

/** The softphone: registration, the agent line, microphone and loudspeaker. One for each window. */
export class Softphone implements Phone {
  readonly store = createStore<PhoneView>(() => ({
    registration: { kind: 'off' },
    line: { kind: 'none' },
    microphone: 'unasked',
    quality: null,
    microphones: [],
    speakers: [],
  }));
  readonly audio = new AudioGraph();
  readonly #options: PhoneOptions;
  readonly #registration: Registration;
  readonly #disposables = new Disposables();
  readonly #loudspeaker = new Audio();
  readonly #microphone: MicrophoneKeeper;
  readonly #line: AgentLine;
  #epoch: string | null = null;
  #wish: LineWish = noWish;
  #cancelRestore: (() => void) | null = null;

  constructor(options: PhoneOptions) {
    this.#options = options;
    this.#registration = new Registration({
      client: options.client,
      clock: options.clock,
      captured: () => this.#microphone.capture(),
      onState: (registration) => {
        this.store.setState({ registration });
        if (registration.kind === 'replaced') this.#giveUpLine();
        this.#restoreSoon();
      },
      onInvite: (invite) => this.#line.onInvite(invite),
    });
    this.#line = new AgentLine({
      onState: (line) =>
        this.store.setState(line.kind === 'up' ? { line } : { line, quality: null }),
      onRemote: (stream) => this.#play(stream),
    });
    this.#microphone = new MicrophoneKeeper({
      choice: options.microphoneChoice,
      onState: (microphone) => this.store.setState({ microphone }),
      onStream: (stream) => {
        this.audio.listen('microphone', stream);
        if (stream) void this.#listDevices();
      },
      onLost: () =>
        this.#changeMicrophone().catch(() => {
          // the state says that there is none; the screen asks for one
        }),
    });
    this.#loudspeaker.autoplay = true;
  }

  /**
   * Follows the engine. Registration waits for the first "ready": a second window of the same person would otherwise
   * take the line away from the first by merely being opened.
   */
  start(): void {
    const { client, stores } = this.#options;
    const follow = (): void => this.#onConnection();
    this.#disposables.add(client.onConnection(follow));
    this.#disposables.add(
      stores.agent.subscribe(({ own }, before) => {
        if (own === before.own || own === null) return;
        // a line that another window of this person holds says nothing about this one
        if (this.store.getState().line.kind === 'none' && !this.#wish.wantsReady) return;
        this.#wish = withStatus(this.#wish, own);
        this.#restoreSoon();
      }),
    );
    const devices = (): void => void this.#listDevices();
    navigator.mediaDevices?.addEventListener('devicechange', devices);
    this.#disposables.add(() =>
      navigator.mediaDevices?.removeEventListener('devicechange', devices),
    );
    const interval = setInterval(() => void this.#measure(), qualityEveryMs);
    this.#disposables.add(() => clearInterval(interval));
    devices();
    follow();
  }

  dispose(): void {
    this.#disposables.dispose();
    this.#cancelRestore?.();
    this.#line.dispatch({ type: 'discarded' });
    this.#registration.dispose();
    this.#microphone.release();
  }

  async goReady(): Promise<void> {
    this.audio.wake();
    this.#registration.dispatch({ type: 'wanted' });
    await this.#microphone.capture();
    await this.#registered();
    this.#wish = { ...this.#wish, wantsReady: true };
    await this.#sendReady();
  }

  async notReady(): Promise<void> {
    this.#wish = noWish;
    await this.#options.client.send('agent.not-ready', {});
  }

  async leave(): Promise<void> {
    await this.#options.client.send('agent.leave', {});
    this.#giveUpLine();
  }

  async retryMicrophone(): Promise<void> {
    this.#microphone.release();
    await this.#changeMicrophone().catch(() => {
      // the state says what is wrong
    });
    this.#restoreSoon();
  }

  levelDbfs(direction: 'microphone' | 'remote'): number {
    return this.audio.levelDbfs(direction);
  }

  startRinging(): void {
    this.audio.startRinging(this.#options.ringVolume());
  }

  stopRinging(): void {
    this.audio.stopRinging();
  }

  async applyAudioChoices(): Promise<void> {
    await this.#applySpeaker();
    if (!this.#microphone.held) return;
    this.#microphone.release();
    await this.#changeMicrophone();
  }

  /** The connection of the line, for tests. */
  get peerConnection(): RTCPeerConnection | null {
    return this.#line.peerConnection;
  }

  /** for tests: what a network does to the SIP socket */
  dropSocket(): void {
    this.#registration.dropSocket();
  }

  #onConnection(): void {
    const { connection } = this.#options.client;
    if (connection.kind === 'refused') {
      this.#giveUpLine();
      this.#registration.dispatch({ type: 'unwanted' });
      return;
    }
    if (connection.kind !== 'connected') return;
    if (this.#epoch !== null && this.#epoch !== connection.epoch) {
      this.#line.dispatch({ type: 'discarded' });
      if (this.#wish.wantsReady) this.#wish = { ...this.#wish, restoring: true };
      this.#registration.forgetEngine();
    }
    this.#epoch = connection.epoch;
  }

  #giveUpLine(): void {
    this.#wish = noWish;
    this.#line.dispatch({ type: 'discarded' });
    this.#microphone.release();
  }

  #play(stream: MediaStream | null): void {
    this.audio.listen('remote', stream);
    this.#loudspeaker.srcObject = stream;
    if (stream === null) return;
    this.#loudspeaker.play().catch(() => {
      // a page nobody has touched yet may not sound; the click on "ready" comes before any call
    });
    void this.#applySpeaker();
  }

  async #applySpeaker(): Promise<void> {
    await this.#loudspeaker.setSinkId?.(this.#options.speakerId()).catch(() => {
      // the chosen loudspeaker is gone: the system's default goes on
    });
  }

  async #changeMicrophone(): Promise<void> {
    await this.#line.replaceMicrophone(await this.#microphone.capture());
  }

  async #listDevices(): Promise<void> {
    this.store.setState(await listDevices());
  }

  /** @throws AppError `phone.not-registered` after some seconds */
  #registered(): Promise<void> {
    if (this.#registration.state.kind === 'registered') return Promise.resolve();
    return new Promise((resolve, reject) => {
      const done = (): void => {
        stopTimer();
        stopListening();
      };
      const stopTimer = this.#options.clock.setTimer(registrationPatienceMs, () => {
        done();
        reject(new AppError('phone.not-registered', 'no registration', { retryable: true }));
      });
      const stopListening = this.store.subscribe(({ registration }) => {
        if (registration.kind !== 'registered') return;
        done();
        resolve();
      });
    });
  }

  /** Asks for the line under the nonce it has, or a new one. */
  async #sendReady(): Promise<void> {
    const { line } = this.store.getState();
    const nonce = line.kind === 'none' ? newNonce() : line.nonce;
    this.#line.dispatch({ type: 'requested', nonce });
    const status = await this.#options.client.send('agent.ready', { nonce });
    this.#options.stores.agent.setState((view) => ({ ...view, own: status }));
  }

  /** Puts a lost line back without a click: at once, then more patiently. */
  #restoreSoon(): void {
    if (this.#cancelRestore) return;
    const { own } = this.#options.stores.agent.getState();
    if (!needsRestore(this.#wish, own, this.#registration.state.kind === 'registered')) return;
    this.#cancelRestore = this.#options.clock.setTimer(restoreDelayMs(this.#wish.attempts), () => {
      this.#cancelRestore = null;
      void this.#restore();
    });
  }

  async #restore(): Promise<void> {
    const { own } = this.#options.stores.agent.getState();
    if (!needsRestore(this.#wish, own, this.#registration.state.kind === 'registered')) return;
    this.#wish = { ...this.#wish, attempts: this.#wish.attempts + 1 };
    try {
      await this.#microphone.capture();
      await this.#sendReady();
    } catch {
      // tried again below; the status bar shows that the line is down
    }
    if (this.store.getState().microphone === 'ready') this.#restoreSoon();
  }

  async #measure(): Promise<void> {
    const quality = await this.#line.measure();
    if (quality) this.store.setState({ quality });
  }
}

/** 128 random bits in hex: what the engine must show with its INVITE. */
function newNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
