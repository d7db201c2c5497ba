import { ReceivedMeter } from '../audio/received-meter.ts';
import type { CallMediaRecord, ReceivedDigit } from '../calls/call-record.ts';
import { g711For, type RtpPacket, readRtp, TelephoneEventDecoder } from './rtp-format.ts';
import { levelOf } from './talk-player.ts';

/** above it a frame counts as sound */
const soundDbfs = -50;
/** heard frames wait here for `takeFrame`; two before the first is given out, against uneven arrival */
const queueStart = 2;
const queueLimit = 10;

export type ReceivedMedia = Omit<CallMediaRecord, 'packetsSent'>;

/** Takes the packets of one call apart and measures what they say. */
export class RtpReceiver {
  readonly #onDigit: (digit: ReceivedDigit) => void;
  readonly #meter = new ReceivedMeter();
  #queue: Int16Array[] = [];
  #isFilling = true;
  #eventPayloadType: number | null = null;
  readonly #events = new TelephoneEventDecoder();
  #answeredAtMs: number | null = null;
  #lastPacketAtMs: number | null = null;
  #lastAudioSequence: number | null = null;
  #counters = { packetsReceived: 0, packetsDropped: 0, longestGapMs: 0 };
  #firstPacketMs: number | null = null;
  #firstSoundMs: number | null = null;

  constructor(onDigit: (digit: ReceivedDigit) => void) {
    this.#onDigit = onDigit;
  }

  setEventPayloadType(payloadType: number | null): void {
    this.#eventPayloadType = payloadType;
  }

  /** @param nowMs monotonic, as for `receive` */
  markAnswered(nowMs: number): void {
    this.#answeredAtMs = nowMs;
    this.#lastPacketAtMs = null;
  }

  /** monotonic; null = nothing came since the answer */
  get lastPacketAtMs(): number | null {
    return this.#lastPacketAtMs;
  }

  /** @returns whether it was a packet of ours to take, so that its source may be believed (RFC 4961) */
  receive(packet: Uint8Array, nowMs: number): boolean {
    const rtp = readRtp(packet);
    const isEvent = rtp !== null && rtp.payloadType === this.#eventPayloadType;
    if (rtp === null || (rtp.payloadType !== 0 && rtp.payloadType !== 8 && !isEvent)) {
      this.#counters.packetsDropped += 1;
      return false;
    }
    this.#count(nowMs);
    if (isEvent) this.#takeEvent(rtp, nowMs);
    else if (rtp.sequenceNumber !== this.#lastAudioSequence) {
      this.#lastAudioSequence = rtp.sequenceNumber;
      this.#takeAudio(rtp.payloadType === 0 ? 0 : 8, rtp.payload, nowMs);
    }
    return true;
  }

  /** The next frame for whoever echoes or listens; null when none has come. */
  takeFrame(): Int16Array | null {
    if (this.#isFilling && this.#queue.length < queueStart) return null;
    const frame = this.#queue.shift() ?? null;
    this.#isFilling = frame === null;
    return frame;
  }

  snapshot(): ReceivedMedia {
    const dominant = this.#meter.dominant();
    return {
      ...this.#counters,
      firstPacketAfterAnswerMs: this.#firstPacketMs,
      firstSoundAfterAnswerMs: this.#firstSoundMs,
      levelDbfs: this.#meter.levelDbfs(),
      dominantHz: dominant?.hz ?? null,
      dominantLevelDbfs: dominant?.levelDbfs ?? null,
      windows: this.#meter.windows(),
    };
  }

  finish(): void {
    this.#meter.finish();
  }

  #count(nowMs: number): void {
    this.#counters.packetsReceived += 1;
    if (this.#answeredAtMs === null) return;
    this.#firstPacketMs ??= nowMs - this.#answeredAtMs;
    const gapMs = nowMs - (this.#lastPacketAtMs ?? nowMs);
    this.#counters.longestGapMs = Math.max(this.#counters.longestGapMs, gapMs);
    this.#lastPacketAtMs = nowMs;
  }

  #takeAudio(payloadType: 0 | 8, payload: Uint8Array, nowMs: number): void {
    const frame = g711For(payloadType).decode(payload);
    this.#meter.add(frame);
    this.#queue.push(frame);
    if (this.#queue.length > queueLimit) this.#queue.shift();
    if (this.#answeredAtMs === null || this.#firstSoundMs !== null) return;
    if (levelOf(frame) > soundDbfs) this.#firstSoundMs = nowMs - this.#answeredAtMs;
  }

  #takeEvent(packet: RtpPacket, nowMs: number): void {
    for (const { digit, durationMs } of this.#events.add(packet, nowMs)) {
      const atMs = Math.round(nowMs - (this.#answeredAtMs ?? nowMs));
      this.#onDigit({ digit, atMs, durationMs, via: 'rtp' });
    }
  }
}
