import { startFrameClock } from '../frame-clock.ts';
import { LineSender } from '../rtp/line-sender.ts';
import type { RtpPacket } from '../rtp/rtp-packet.ts';
import { TelephoneEventEncoder } from '../rtp/telephone-event-encoder.ts';
import { muLawToALaw, SILENT_FRAME } from '../sound/g711.ts';
import { ToneSource } from '../sound/tone-source.ts';
import { systemClock } from './system-clock.ts';

/** A peer that sends a frame every 20 ms: silence, or a tone. */
export class Talker {
  #tone: ToneSource | null = null;
  readonly #digits = new TelephoneEventEncoder();
  readonly #stop: () => void;
  paused = false;

  constructor(
    send: (packet: RtpPacket) => void,
    options: {
      ssrc: number;
      payloadType?: number;
      firstSequenceNumber?: number;
      firstTimestamp?: number;
    },
  ) {
    const payloadType = options.payloadType ?? 0;
    const sender = new LineSender({
      ssrc: options.ssrc,
      payloadType,
      firstSequenceNumber: options.firstSequenceNumber ?? 1_000,
      firstTimestamp: options.firstTimestamp ?? 50_000,
    });
    this.#stop = startFrameClock(systemClock, (_frameMs, skipped) => {
      const frame = this.#tone?.nextFrame() ?? SILENT_FRAME;
      const event = this.#digits.busy ? this.#digits.nextFrame() : null;
      const packet = sender.next(payloadType === 8 ? muLawToALaw(frame) : frame, skipped);
      if (this.paused) return;
      send(event ? asEvent(packet, event) : packet);
    });
  }

  /** null = silence */
  tone(frequencyHz: number | null, levelDbfs = -16): void {
    this.#tone =
      frequencyHz === null
        ? null
        : new ToneSource({ frequenciesHz: [frequencyHz], durationMs: 0, levelDbfs, loop: true });
  }

  press(digits: string): void {
    this.#digits.enqueue(digits);
  }

  stop(): void {
    this.#stop();
  }
}

function asEvent(
  packet: RtpPacket,
  event: { payload: Uint8Array; marker: boolean; framesSinceStart: number },
): RtpPacket {
  return {
    ...packet,
    payloadType: 101,
    payload: event.payload,
    marker: event.marker,
    rtpTimestamp: (packet.rtpTimestamp - event.framesSinceStart * 160) >>> 0,
  };
}
