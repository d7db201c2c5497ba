import { createStore } from 'zustand/vanilla';
import { AppError } from '#shared/errors/index.ts';
import { type Clock, Disposables } from '#shared/util/index.ts';
import type { ContractClient, Stores } from '../stores/index.ts';
import { AudioGraph } from './audio-graph.ts';
import { type LineWish, needsRestore, noWish, restoreDelayMs, withStatus } from './line-keeper.ts';
import { type LineEvent, transitionLine } from './line-machine.ts';
import { type LineCounters, qualityBetween, readCounters } from './line-quality.ts';
import { captureMicrophone, failureOf, listDevices, type MicrophoneChoice } from './microphone.ts';
import type { Phone, PhoneView } from './phone-port.ts';
import { Registration } from './registration.ts';
import type { IncomingInvite, LineDialog } from './sip-agent.ts';

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
  #microphone: MediaStream | null = null;
  #dialog: LineDialog | null = null;
  #invite: IncomingInvite | null = null;
  #epoch: string | null = null;
  #wish: LineWish = noWish;
  #cancelRestore: (() => void) | null = null;
  #counters: LineCounters | null = null;

  constructor(options: PhoneOptions) {
    this.#options = options;
    this.#registration = new Registration({
      client: options.client,
      clock: options.clock,
      captured: () => this.#capture(),
      onState: (registration) => {
        this.store.setState({ registration });
        if (registration.kind === 'replaced') this.#giveUpLine();
        this.#restoreSoon();
      },
      onInvite: (invite) => this.#onInvite(invite),
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
    this.#line({ type: 'discarded' });
    this.#registration.dispose();
    this.#releaseMicrophone();
  }

  async goReady(): Promise<void> {
    this.audio.wake();
    this.#registration.dispatch({ type: 'wanted' });
    await this.#capture();
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
    this.#releaseMicrophone();
    await this.#capture().catch(() => {
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
    if (this.#microphone === null) return;
    this.#releaseMicrophone();
    await this.#adoptMicrophone();
  }

  /** The connection of the line, for tests. */
  get peerConnection(): RTCPeerConnection | null {
    return this.#dialog?.peerConnection ?? null;
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
      this.#line({ type: 'discarded' });
      if (this.#wish.wantsReady) this.#wish = { ...this.#wish, restoring: true };
      this.#registration.forgetEngine();
    }
    this.#epoch = connection.epoch;
  }

  #giveUpLine(): void {
    this.#wish = noWish;
    this.#line({ type: 'discarded' });
    this.#releaseMicrophone();
  }

  #onInvite(invite: IncomingInvite): void {
    this.#invite = invite;
    this.#line({ type: 'inviteArrived', nonce: invite.nonce });
    this.#invite = null;
  }

  #line(event: LineEvent): void {
    const { state, effects } = transitionLine(this.store.getState().line, event);
    this.store.setState({ line: state });
    for (const effect of effects) {
      if (effect === 'reject') this.#invite?.reject();
      if (effect === 'dispose') this.#disposeDialog();
      if (effect === 'accept') this.#accept();
    }
  }

  #accept(): void {
    const invite = this.#invite;
    if (!invite) return;
    const dialog = invite.accept(
      (established) => {
        if (this.#dialog !== established) return;
        this.#play(established);
        this.#line({ type: 'established' });
      },
      () => {
        if (this.#dialog === dialog) this.#line({ type: 'ended' });
      },
    );
    this.#dialog = dialog;
  }

  #disposeDialog(): void {
    const dialog = this.#dialog;
    this.#dialog = null;
    this.#counters = null;
    dialog?.dispose();
    this.audio.listen('remote', null);
    this.#loudspeaker.srcObject = null;
    this.store.setState({ quality: null });
  }

  #play(dialog: LineDialog): void {
    const stream = dialog.remoteStream;
    if (!stream) return;
    this.#loudspeaker.srcObject = stream;
    this.#loudspeaker.play().catch(() => {
      // a page nobody has touched yet may not sound; the click on "ready" comes before any call
    });
    this.audio.listen('remote', stream);
    void this.#applySpeaker();
  }

  async #applySpeaker(): Promise<void> {
    await this.#loudspeaker.setSinkId?.(this.#options.speakerId()).catch(() => {
      // the chosen loudspeaker is gone: the system's default goes on
    });
  }

  /** @throws AppError `phone.no-microphone`; the state says why */
  async #capture(): Promise<MediaStream> {
    const present = this.#microphone;
    if (present?.getAudioTracks().some((track) => track.readyState === 'live')) return present;
    try {
      const stream = await captureMicrophone(this.#options.microphoneChoice());
      this.#microphone = stream;
      this.store.setState({ microphone: 'ready' });
      this.audio.listen('microphone', stream);
      for (const track of stream.getAudioTracks()) {
        track.addEventListener('ended', () => this.#onMicrophoneLost(stream));
      }
      void this.#listDevices();
      return stream;
    } catch (error) {
      this.store.setState({ microphone: failureOf(error) });
      throw new AppError('phone.no-microphone', 'no microphone', { cause: error });
    }
  }

  /** Unplugged while in use: another one may be there. */
  #onMicrophoneLost(stream: MediaStream): void {
    if (this.#microphone !== stream) return;
    this.#microphone = null;
    this.#adoptMicrophone().catch(() => {
      // the state says that there is none; the screen asks for one
    });
  }

  /** Captures anew and puts the new track under the line that stands. */
  async #adoptMicrophone(): Promise<void> {
    const stream = await this.#capture();
    const [track] = stream.getAudioTracks();
    const sender = this.#dialog?.peerConnection?.getSenders()[0];
    sender?.track?.stop();
    await sender?.replaceTrack(track?.clone() ?? null);
  }

  #releaseMicrophone(): void {
    const stream = this.#microphone;
    this.#microphone = null;
    this.audio.listen('microphone', null);
    for (const track of stream?.getTracks() ?? []) track.stop();
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
    this.#line({ type: 'requested', nonce });
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
      await this.#capture();
      await this.#sendReady();
    } catch {
      // tried again below; the status bar shows that the line is down
    }
    if (this.store.getState().microphone === 'ready') this.#restoreSoon();
  }

  async #measure(): Promise<void> {
    const connection = this.#dialog?.peerConnection;
    if (!connection || this.store.getState().line.kind !== 'up') return;
    const now = await readCounters(connection);
    if (this.#dialog?.peerConnection !== connection) return;
    this.store.setState({ quality: qualityBetween(this.#counters, now) });
    this.#counters = now;
  }
}

/** 128 random bits in hex: what the engine must show with its INVITE. */
function newNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
