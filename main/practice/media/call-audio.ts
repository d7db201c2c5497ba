import { randomInt } from 'node:crypto';
import type { Clock } from '#shared/util/index.ts';
import { frameSamples } from '../audio/tone.ts';
import type { CallMediaRecord, ReceivedDigit } from '../calls/call-record.ts';
import type { RtpClock } from './rtp-clock.ts';
import { RtpReceiver } from './rtp-receiver.ts';
import { RtpSender } from './rtp-sender.ts';
import { type RtpNetwork, RtpSocket } from './rtp-socket.ts';
import {
  answeringDirection,
  type Codec,
  type Direction,
  payloadTypeOf,
  type RemoteAudio,
  writeSdp,
} from './sdp.ts';
import type { TalkPlayer } from './talk-player.ts';

export interface CallAudioOptions {
  network: RtpNetwork;
  clock: Clock;
  rtpClock: RtpClock;
  /** in order of preference */
  codecs: readonly Codec[];
  telephoneEvent: boolean;
  vanishedAfterMs: number;
  onDigit(digit: ReceivedDigit): void;
  onVanished(hasVanished: boolean): void;
}

const silence = new Int16Array(frameSamples);

/** The media of one call: its socket, its two streams, its SDP, and what the debtor plays. */
export class CallAudio {
  readonly #options: CallAudioOptions;
  readonly #socket: RtpSocket;
  readonly #sender: RtpSender;
  readonly #receiver: RtpReceiver;
  #stopBeat: (() => void) | null = null;
  #player: TalkPlayer | null = null;
  #remote: RemoteAudio | null = null;
  #version = 1;
  #answeredAtMs: number | null = null;
  #sendFromMs = 0;
  #hasVanished = false;

  static async open(options: CallAudioOptions): Promise<CallAudio> {
    return new CallAudio(options, await RtpSocket.open(options.network));
  }

  private constructor(options: CallAudioOptions, socket: RtpSocket) {
    this.#options = options;
    this.#socket = socket;
    this.#sender = new RtpSender({
      ssrc: randomInt(2 ** 32),
      sequenceNumber: randomInt(2 ** 16),
      rtpTimestamp: randomInt(2 ** 32),
      send: (packet) => socket.send(packet),
    });
    this.#receiver = new RtpReceiver(options.onDigit);
    socket.onPacket = (packet, from) => {
      if (this.#receiver.receive(packet, options.clock.monotonic())) socket.setRemote(from);
    };
  }

  /** Our offer, with all that we can do. */
  offer(): string {
    const { codecs, telephoneEvent } = this.#options;
    return this.#describe(codecs, telephoneEvent ? 101 : null, 'sendrecv');
  }

  /**
   * Takes the other end's description and answers it.
   * @returns null when it has no codec of ours
   */
  answer(remote: RemoteAudio): string | null {
    const codec = this.setRemote(remote);
    if (codec === null) return null;
    const direction = answeringDirection(remote.direction);
    return this.#describe([codec], this.#eventType(remote), direction);
  }

  /** Our re-offer of what was agreed, on hold or back. */
  reoffer(direction: Direction): string {
    const remote = this.#remote;
    const codec = remote === null ? undefined : this.#choose(remote);
    const eventType = remote === null ? null : this.#eventType(remote);
    return this.#describe(
      codec === undefined ? this.#options.codecs : [codec],
      eventType,
      direction,
    );
  }

  /** @returns the codec that both know, null when there is none */
  setRemote(remote: RemoteAudio): Codec | null {
    const codec = this.#choose(remote);
    if (codec === undefined) return null;
    this.#remote = remote;
    const eventType = this.#eventType(remote);
    this.#socket.setRemote({ host: remote.host, port: remote.port });
    this.#sender.setFormat(payloadTypeOf(codec), eventType);
    this.#receiver.setEventPayloadType(eventType);
    return codec;
  }

  /** What the far end hears from now on; null is silence. */
  play(player: TalkPlayer | null): void {
    this.#player = player;
    this.#stopBeat ??= this.#options.rtpClock.add(() => this.#beat());
  }

  /** @param sendAfterMs late media: nothing is sent until then */
  markAnswered(sendAfterMs: number): void {
    const now = this.#options.clock.monotonic();
    this.#answeredAtMs = now;
    this.#sendFromMs = now + sendAfterMs;
    this.#receiver.markAnswered(now);
  }

  press(digits: string, toneMs: number, gapMs: number): void {
    this.#sender.press(digits, toneMs, gapMs);
  }

  snapshot(): CallMediaRecord {
    return { packetsSent: this.#sender.packetsSent, ...this.#receiver.snapshot() };
  }

  close(): CallMediaRecord {
    this.#stopBeat?.();
    this.#receiver.finish();
    this.#socket.close();
    return this.snapshot();
  }

  #beat(): void {
    const now = this.#options.clock.monotonic();
    if (now < this.#sendFromMs) return;
    this.#watchFarEnd(now);
    const heard = this.#receiver.takeFrame();
    // A debtor whose caller has vanished holds the line, so that only the caller's own BYE ends the call.
    const frame = this.#hasVanished ? silence : (this.#player?.nextFrame(heard) ?? silence);
    const wanted = this.#remote?.direction ?? 'sendrecv';
    if (wanted === 'sendonly' || wanted === 'inactive') this.#sender.skipFrame();
    else this.#sender.sendFrame(frame);
  }

  #watchFarEnd(now: number): void {
    if (this.#answeredAtMs === null) return;
    const lastAt = this.#receiver.lastPacketAtMs ?? this.#answeredAtMs;
    const hasVanished = now - lastAt > this.#options.vanishedAfterMs;
    if (hasVanished === this.#hasVanished) return;
    this.#hasVanished = hasVanished;
    this.#options.onVanished(hasVanished);
  }

  #choose(remote: RemoteAudio): Codec | undefined {
    return this.#options.codecs.find((codec) => remote.codecs.includes(codec));
  }

  #eventType(remote: RemoteAudio): number | null {
    return this.#options.telephoneEvent ? remote.telephoneEventPayloadType : null;
  }

  #describe(codecs: readonly Codec[], eventType: number | null, direction: Direction): string {
    const { host, port } = this.#socket;
    const version = this.#version;
    this.#version += 1;
    return writeSdp({
      host,
      port,
      codecs,
      telephoneEventPayloadType: eventType,
      direction,
      version,
    });
  }
}
