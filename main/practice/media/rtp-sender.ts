import { frameSamples } from '../audio/tone.ts';
import {
  eventOfDigit,
  type G711Codec,
  g711For,
  writeRtp,
  writeTelephoneEvent,
} from './rtp-format.ts';

export interface RtpSenderOptions {
  ssrc: number;
  /** first values; random in life (RFC 3550 §5.1), fixed in tests */
  sequenceNumber: number;
  rtpTimestamp: number;
  send(packet: Uint8Array): void;
}

interface PressedDigit {
  digit: string;
  toneFrames: number;
  gapFrames: number;
}

/** the end of an event is sent three times (RFC 4733 §2.5.1.4) */
const endRepeats = 3;

/** One stream: a frame every 20 ms, telephone-events in place of audio while a key is pressed. */
export class RtpSender {
  readonly #options: RtpSenderOptions;
  #codec: G711Codec = g711For(8);
  #payloadType: 0 | 8 = 8;
  #eventPayloadType: number | null = null;
  #sequenceNumber: number;
  #rtpTimestamp: number;
  #isFirst = true;
  #digits: PressedDigit[] = [];
  #framesIntoDigit = 0;
  #eventStart = 0;
  packetsSent = 0;

  constructor(options: RtpSenderOptions) {
    this.#options = options;
    this.#sequenceNumber = options.sequenceNumber;
    this.#rtpTimestamp = options.rtpTimestamp;
  }

  setFormat(payloadType: 0 | 8, eventPayloadType: number | null): void {
    this.#payloadType = payloadType;
    this.#codec = g711For(payloadType);
    this.#eventPayloadType = eventPayloadType;
  }

  /** Queues keys; without negotiated telephone-events they are lost, as with a real telephone. */
  press(digits: string, toneMs: number, gapMs: number): void {
    if (this.#eventPayloadType === null) return;
    for (const digit of digits) {
      this.#digits.push({
        digit,
        toneFrames: Math.ceil(toneMs / 20),
        gapFrames: Math.ceil(gapMs / 20),
      });
    }
  }

  /** Sends what is due in these 20 ms; `frame` is dropped while a key is down. */
  sendFrame(frame: Int16Array): void {
    if (!this.#sendDigit()) {
      this.#write(this.#payloadType, this.#isFirst, this.#rtpTimestamp, this.#codec.encode(frame));
      this.#isFirst = false;
    }
    this.#rtpTimestamp = (this.#rtpTimestamp + frameSamples) >>> 0;
  }

  /** Time passes without a packet: the other end asked for silence. */
  skipFrame(): void {
    this.#rtpTimestamp = (this.#rtpTimestamp + frameSamples) >>> 0;
  }

  /** @returns whether an event took the place of audio */
  #sendDigit(): boolean {
    const pressed = this.#digits[0];
    if (pressed === undefined || this.#eventPayloadType === null) return false;
    if (this.#framesIntoDigit === 0) this.#eventStart = this.#rtpTimestamp;
    this.#framesIntoDigit += 1;
    if (this.#framesIntoDigit > pressed.toneFrames) return this.#rest(pressed);
    const isEnd = this.#framesIntoDigit === pressed.toneFrames;
    for (let count = 0; count < (isEnd ? endRepeats : 1); count += 1) {
      const payload = writeTelephoneEvent({
        event: eventOfDigit(pressed.digit) ?? 0,
        end: isEnd,
        volume: 10,
        duration: this.#framesIntoDigit * frameSamples,
      });
      const isStart = this.#framesIntoDigit === 1 && count === 0;
      this.#write(this.#eventPayloadType, isStart, this.#eventStart, payload);
    }
    return true;
  }

  #rest(pressed: PressedDigit): boolean {
    if (this.#framesIntoDigit >= pressed.toneFrames + pressed.gapFrames) {
      this.#digits.shift();
      this.#framesIntoDigit = 0;
    }
    return false;
  }

  #write(payloadType: number, marker: boolean, rtpTimestamp: number, payload: Uint8Array): void {
    const packet = writeRtp({
      payloadType,
      marker,
      sequenceNumber: this.#sequenceNumber,
      rtpTimestamp,
      ssrc: this.#options.ssrc,
      payload,
    });
    this.#sequenceNumber = (this.#sequenceNumber + 1) & 0xffff;
    this.packetsSent += 1;
    this.#options.send(packet);
  }
}
