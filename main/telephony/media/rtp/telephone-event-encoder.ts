import { eventOfDigit, writeTelephoneEvent } from './telephone-event.ts';

const FRAME_TICKS = 160;
const TONE_FRAMES = 6;
/** the last packet is sent three times (RFC 4733 §2.5.1.4) */
const END_PACKETS = 3;
const PAUSE_FRAMES = 3;
const VOLUME = 10;

export interface EventFrame {
  payload: Uint8Array;
  /** only on the first packet of an event */
  marker: boolean;
  /** frames since the event began: its timestamp is that much before now */
  framesSinceStart: number;
}

/**
 * Telephone-event packets for queued digits, one a frame: 120 ms of tone, three end packets, 60 ms of pause.
 * @see RFC 4733 §2.5.1
 */
export class TelephoneEventEncoder {
  #events: number[] = [];
  #frame = 0;

  /** Characters that are no DTMF digits are left out. */
  enqueue(digits: string): void {
    for (const digit of digits) {
      const event = eventOfDigit(digit);
      if (event !== null) this.#events.push(event);
    }
  }

  get busy(): boolean {
    return this.#events.length > 0;
  }

  /** The packet of this frame; null in a pause or when idle. While `busy`, audio must not be sent. */
  nextFrame(): EventFrame | null {
    const event = this.#events[0];
    if (event === undefined) return null;
    const frame = this.#frame;
    this.#frame += 1;
    if (frame >= TONE_FRAMES + END_PACKETS - 1) return this.#pause(frame);
    const end = frame >= TONE_FRAMES - 1;
    const duration = Math.min(frame + 1, TONE_FRAMES) * FRAME_TICKS;
    return {
      payload: writeTelephoneEvent({ event, end, volume: VOLUME, duration }),
      marker: frame === 0,
      framesSinceStart: frame,
    };
  }

  #pause(frame: number): null {
    if (frame < TONE_FRAMES + END_PACKETS - 1 + PAUSE_FRAMES - 1) return null;
    this.#events.shift();
    this.#frame = 0;
    return null;
  }
}
